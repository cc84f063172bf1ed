"""What people decided about a submission: marks, comments, lateness. It lies beside the verdicts and wins over them.

`marks.json` is what is in force now; who decided what before is in the gradebook.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from pydantic import Field, FiniteFloat

from graders.frozen import Frozen
from graders.language import Message
from graders.verdict import Status, Verdict

# The criterion of a comment on the whole submission.
WHOLE = ""


class Mark(Frozen):
    """A share of the credit of one criterion, given by a person; the student is told why."""

    credit: float = Field(ge=0, le=1)
    why: str
    who: str
    at: datetime


class Comment(Frozen):
    """What a person says to the student."""

    text: str
    who: str
    at: datetime


class Lateness(Frozen):
    """How late, and what it costs: points a day, and the score below which it takes nothing."""

    days: int = Field(ge=0)
    per_day: FiniteFloat = Field(ge=0)
    floor: FiniteFloat = Field(default=0, ge=0)

    def taken(self, score: float) -> float:
        """The points that a score loses."""
        return round(min(self.days * self.per_day, max(score - self.floor, 0.0)), 4)


class Marks(Frozen):
    """By criterion, what is in force."""

    marks: Mapping[str, Mark] = {}
    comments: Mapping[str, Comment] = {}
    late: Lateness | None = None

    def verdict(self, criterion: str, judged: Verdict) -> Verdict:
        """The person's, where there is one."""
        mark = self.marks.get(criterion)
        return decided(mark, judged) if mark else judged

    def comment(self, criterion: str) -> str:
        """What is said on a criterion, or on the whole."""
        found = self.comments.get(criterion)
        return found.text if found else ""


NOTHING = Marks()


def decided(mark: Mark, judged: Verdict) -> Verdict:
    """A person's verdict. The mistake that was named stays named only where the person agrees that there is one."""
    status = Status.PASS if mark.credit == 1 else Status.FAIL if mark.credit == 0 else Status.PARTIAL
    diagnosis = None if status is Status.PASS else judged.diagnosis
    return Verdict(status=status, credit=mark.credit, diagnosis=diagnosis, feedback=as_written(mark.why))


def as_written(text: str) -> tuple[Message, ...]:
    """A person's words as a sentence: braces in them are no holes, and nothing in them is translated."""
    return (Message(text="{words}", values={"words": text}),) if text else ()


def days_late(handed_in: datetime, deadline: datetime, grace_minutes: float) -> int:
    """Days begun after the deadline; 0 within the grace."""
    seconds = (handed_in - deadline).total_seconds()
    return 0 if seconds <= 60 * grace_minutes else math.ceil(seconds / 86_400)
