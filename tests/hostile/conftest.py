"""The classroom that every test of this folder shares: one warm template for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from graders.sandbox.layers import probe
from tests.hostile.stage import Classroom

# Concurrent test processes take slots of their own, away from those of a grading on the same machine.
FIRST_SLOT = 200


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """A process that grades; hostile work is run where this machine can isolate it, and nowhere else."""
    level = probe().level
    if level == "none":
        pytest.skip("this machine cannot isolate submissions")
    slot = FIRST_SLOT + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    made = Classroom(tmp_path_factory.mktemp("class"), level, slot)
    yield made
    made.stays_healthy()
    made.opener.close()
