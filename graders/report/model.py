"""The report of one submission: a published contract, see the README. Its JSON has no times and no paths."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, FiniteFloat

from graders.frozen import Frozen
from graders.language import Message
from graders.verdict import Status

Grading = Literal["graded", "ungradable"]


class BindingLine(Frozen):
    """Which of the student's names stands for an expected one, and why we think so."""

    expected: str
    found: str | None
    how: str


class Line(Frozen):
    """One criterion, scored; titles and feedback are in the language of the report. `manual`: a person decided.

    `comment` is a person's, and changes no verdict.
    """

    id: str
    question: str
    title: str
    points: FiniteFloat
    earned: FiniteFloat
    verdict: Status
    diagnosis: str | None
    feedback: str
    manual: bool = False
    comment: str = ""

    @property
    def said(self) -> str:
        """All that the student is told of it."""
        return "\n".join(filter(None, (self.feedback, self.comment)))


class Header(Frozen):
    """What is known of a submission before its verdicts are counted; an ungradable one says why."""

    assignment: str
    submission: str
    digest: str
    status: Grading = "graded"
    reason: Message | None = None
    bindings: tuple[BindingLine, ...] = ()
    flags: tuple[Message, ...] = ()
    environment: dict[str, str] = Field(default_factory=dict)
    surroundings: tuple[Message, ...] = ()


class Report(Frozen):
    """Verdicts × rubric. `flags` are for a person to look at; `surroundings` say what was done where something was not there.

    `score` is what counts: the points of the criteria without the `penalty` for lateness. `comment` is a person's.
    """

    model_config = ConfigDict(populate_by_name=True)

    schema_version: int = Field(default=1, alias="schema")
    assignment: str
    submission: str
    digest: str
    status: Grading
    reason: str | None = None
    score: FiniteFloat
    max_score: FiniteFloat
    pending: FiniteFloat
    penalty: FiniteFloat = 0.0
    comment: str = ""
    bindings: tuple[BindingLine, ...]
    criteria: tuple[Line, ...]
    flags: tuple[str, ...]
    environment: dict[str, str]
    surroundings: tuple[str, ...] = ()
