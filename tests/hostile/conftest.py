"""The classroom that every test of this folder shares: one warm template for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from graders.sandbox.layers import probe
from tests.hostile.stage import Classroom

# Concurrent test processes take slots of their own, away from those of a grading on the same machine.
FIRST_SLOT = 200


# Where isolation decides what becomes of an attack, it is tried at the weaker level too.
EVERYWHERE = ("test_running",)
BEST = "the best there is"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """At which levels the classroom of a module is."""
    if "classroom" in metafunc.fixturenames:
        weaker = metafunc.module.__name__.endswith(EVERYWHERE)
        levels = [BEST, pytest.param("partial", marks=pytest.mark.slow)] if weaker else [BEST]
        metafunc.parametrize("classroom", levels, indirect=True, scope="session", ids=str)


@pytest.fixture(scope="session")
def classroom(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Classroom]:
    """A process that grades; hostile work is run where this machine can isolate it, and nowhere else."""
    layers = probe()
    level = layers.level if request.param == BEST else request.param
    if level == "none" or (level == "partial" and not (layers.landlock >= 6 and layers.seccomp)):
        pytest.skip("this machine cannot isolate submissions so")
    slot = FIRST_SLOT + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    made = Classroom(tmp_path_factory.mktemp("class"), level, slot)
    yield made
    made.stays_healthy()
    made.opener.close()
