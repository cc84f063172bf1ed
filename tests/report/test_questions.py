"""In which order the questions stand."""

from __future__ import annotations

import pytest

from graders.report.model import Line
from graders.report.questions import questions
from graders.verdict import Status


def line(question: str) -> Line:
    """A criterion of this question."""
    return Line(
        id=f"{question}.x",
        question=question,
        title="x",
        points=1,
        earned=1,
        verdict=Status.PASS,
        diagnosis=None,
        feedback="",
    )


@pytest.mark.parametrize(
    ("rubric", "shown"),
    [
        (["1.2", "1.2", "1.1", "2"], ["1.1", "1.2", "2"]),
        (["1.10", "1.9", "bonus", "1"], ["1", "1.9", "1.10", "bonus"]),
        (["report", "answers", ""], ["report", "answers", ""]),
        (["2b", "2a"], ["2a", "2b"]),
    ],
)
def test_numbers_are_in_order_and_words_as_in_the_rubric(rubric: list[str], shown: list[str]) -> None:
    assert [one.name for one in questions(line(name) for name in rubric)] == shown
