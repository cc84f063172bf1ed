"""What a judge says of one criterion. A verdict knows a share of credit, never points."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from graders.frozen import Frozen
from graders.language import Message


class Status(StrEnum):
    """How a criterion ended; every one of them is about the student's work, none about ours."""

    PASS = "pass"
    PARTIAL = "partial"
    FAIL = "fail"
    ERROR = "error"
    TIMEOUT = "timeout"
    MISSING = "missing"
    PENDING = "pending"


class Verdict(Frozen):
    """Status, credit in [0, 1], the name of the mistake, what the student is told, what a person should look at."""

    status: Status
    credit: float = Field(ge=0, le=1)
    diagnosis: str | None = None
    feedback: tuple[Message, ...] = ()
    flags: tuple[Message, ...] = ()

    def with_notes(self, *notes: Message) -> Verdict:
        """The same with more to be told."""
        return self.model_copy(update={"feedback": (*self.feedback, *notes)})


def passed(*notes: Message) -> Verdict:
    """Full credit; the notes say which reading was seen, or what could be better."""
    return Verdict(status=Status.PASS, credit=1, feedback=notes)


def partial(credit: float, diagnosis: str, *feedback: Message) -> Verdict:
    """A share of the credit, and why not all of it."""
    return Verdict(status=Status.PARTIAL, credit=credit, diagnosis=diagnosis, feedback=feedback)


def failed(diagnosis: str, *feedback: Message) -> Verdict:
    """No credit, and the name of the mistake."""
    return Verdict(status=Status.FAIL, credit=0, diagnosis=diagnosis, feedback=feedback)


def together(*found: Verdict | None) -> Verdict | None:
    """The first of these mistakes, and what the others say: they were made independently."""
    wrong = [one for one in found if one]
    return wrong[0].with_notes(*(said for one in wrong[1:] for said in one.feedback)) if wrong else None


def pending() -> Verdict:
    """A person decides."""
    return Verdict(status=Status.PENDING, credit=0)
