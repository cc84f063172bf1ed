"""Sandboxes to try things in, as every user that we can be and at every level that this machine has."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from isolated_side import LIGHT, WHO, Outside, Stage, outside, staged


@pytest.fixture(scope="session", params=WHO)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A process that forks sandboxes; as root also one that is an ordinary user."""
    yield from staged(request.param, LIGHT)


@pytest.fixture(params=["full", "partial"])
def level(request: pytest.FixtureRequest) -> str:
    """Both levels that isolate."""
    return str(request.param)


@pytest.fixture(name="outside")
def made_outside(stage: Stage) -> Iterator[Outside]:
    """What an attack looks for."""
    with outside(stage.user) as made:
        yield made
