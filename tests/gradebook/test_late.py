"""Late work: what the course's file says, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.gradebook.late import lateness
from graders.gradebook.trouble import TeachersFileError
from graders.report.marks import Lateness, days_late

DUE = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
FILE = """
[late]
deadline = 2026-11-20T23:59:00Z
grace_minutes = 30
per_day = 2
floor = 10
[late.deadlines]
dora = 2026-11-27
[handed_in]
alice = 2026-11-20T23:00:00Z
bob = 2026-11-21T00:20:00Z
carl = 2026-11-21T00:40:00Z
dora = 2026-11-26T10:00:00Z
emil = 2026-11-23T12:00:00Z
"""
NAMES = ["alice", "bob", "carl", "dora", "emil", "fay"]


def written(folder: Path, text: str) -> Path:
    """A folder of submissions with this file."""
    (folder / "course.toml").write_text(text)
    return folder


def test_who_is_late_and_by_how_many_days(tmp_path: Path) -> None:
    late = lateness(written(tmp_path, FILE), NAMES)
    assert {name: one.days for name, one in late.items()} == {"carl": 1, "emil": 3}
    assert late["emil"] == Lateness(days=3, per_day=2, floor=10)


def test_without_a_file_nobody_is_late(tmp_path: Path) -> None:
    assert lateness(tmp_path, NAMES) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[late]\nper_day = 2\n", "deadline"),
        ("[late]\ndeadline = 2026-11-20\nper_day = -1\n", "per_day"),
        ("[late]\ndeadline = 2026-11-20\nper_day = 1\nfloors = 1\n", "floors"),
        ("[late\n", "line 1"),
        ("[late]\ndeadline = 2026-11-20\nper_day = 1\n[handed_in]\nalcie = 2026-11-21\n", "alcie"),
    ],
)
def test_a_file_that_cannot_be_is_told(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(TeachersFileError) as caught:
        lateness(written(tmp_path, text), NAMES)
    assert any(told in str(value) for value in caught.value.message.values.values())


@pytest.mark.parametrize(("minutes", "days"), [(0, 0), (30, 0), (31, 1), (24 * 60, 1), (24 * 60 + 1, 2), (-5, 0)])
def test_each_day_begun_counts(minutes: int, days: int) -> None:
    assert days_late(DUE + timedelta(minutes=minutes), DUE, 30) == days


@given(st.floats(0, 20), st.integers(0, 400), st.floats(0, 20), st.floats(0, 20))
def test_lateness_takes_nobody_below_the_floor_and_raises_nobody(
    score: float, days: int, per_day: float, floor: float
) -> None:
    taken = Lateness(days=days, per_day=per_day, floor=floor).taken(score)
    assert taken >= 0
    assert score - taken >= min(score, floor) - 1e-4
