"""A class with hostile submissions in it: nothing stays of them, and the others lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.hostile import CALLED, HOSTILE, course, make
from benchmarks.load import graded, grown
from graders.sandbox.layers import probe

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(probe().level != "full", reason="this machine cannot isolate submissions"),
]
EVERY = 3


def test_hostile_submissions_leave_nothing_and_take_nothing(tmp_path: Path) -> None:
    size = EVERY * len({**HOSTILE, **CALLED})
    found = graded(make(tmp_path / "class", size, 1 / EVERY), tmp_path, course(tmp_path))
    assert len(found.seconds) == size - len({**HOSTILE, **CALLED})
    assert found.lost == []
    assert found.left == []
    assert grown(found, size) == []
