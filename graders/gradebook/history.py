"""What happened to one submission, in the order of time: its attempts, and what people decided between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from graders.gradebook.book import Gradebook
from graders.gradebook.tables import Attempt, CommentRow, MarkRow


@dataclass(frozen=True)
class Changed:
    """A criterion whose automatic verdict is another than in the attempt before."""

    criterion: str
    before: str
    after: str


@dataclass(frozen=True)
class Attempted:
    """A grading that found something new; `cause` says what was not as before."""

    at: datetime
    number: int
    cause: str
    status: str
    score: float
    max_score: float
    digest: str
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class Marked:
    """A person's mark on a criterion; None where the automatic verdict counts again."""

    at: datetime
    criterion: str
    credit: float | None
    why: str
    who: str


@dataclass(frozen=True)
class Commented:
    """A person's words; empty where they were taken back."""

    at: datetime
    criterion: str
    text: str
    who: str


Event = Attempted | Marked | Commented


def history(book: Gradebook, name: str) -> list[Event]:
    """All of it, the oldest first."""
    with book.session() as session:
        number = book.students(session, [name]).get(name)
        return sorted(_events(session, number), key=lambda event: event.at) if number is not None else []


def _events(session: Session, student: int) -> Iterator[Event]:
    attempts = session.scalars(select(Attempt).where(Attempt.student_id == student).order_by(Attempt.number)).all()
    yield from _attempts(attempts)
    for mark in session.scalars(select(MarkRow).where(MarkRow.student_id == student)):
        yield Marked(mark.at, mark.criterion, mark.credit, mark.why, mark.who)
    for row in session.scalars(select(CommentRow).where(CommentRow.student_id == student)):
        yield Commented(row.at, row.criterion, row.text, row.who)


def _attempts(attempts: Sequence[Attempt]) -> Iterator[Attempted]:
    for before, now in pairwise([None, *attempts]):
        assert now, "only the first of all pairs begins with nothing"
        yield Attempted(
            now.at, now.number, now.cause, now.status, now.score, now.max_score, now.digest, _changes(before, now)
        )


def _changes(before: Attempt | None, now: Attempt) -> tuple[Changed, ...]:
    was = {row.criterion: row.status for row in before.verdicts} if before else {}
    return tuple(
        Changed(row.criterion, was[row.criterion], row.status)
        for row in now.verdicts
        if row.criterion in was and was[row.criterion] != row.status
    )
