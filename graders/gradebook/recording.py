"""What a grading found, kept as an attempt where it is not what the last one was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, lazyload

from graders.assignment import Assignment
from graders.engine.record import read_record
from graders.gradebook.book import Gradebook
from graders.gradebook.tables import Attempt, Student, VerdictRow
from graders.language import Translate
from graders.report.clean import visible
from graders.report.model import Report
from graders.rubric import RubricLine
from graders.verdict import Verdict, pending

FIRST, FILES, VERDICTS, POINTS = "first", "files", "verdicts", "points"
Row = Mapping[str, object]


@dataclass(frozen=True)
class Found:
    """An attempt, and its verdicts by column."""

    attempt: Attempt
    rows: Sequence[Row] = ()


def record(book: Gradebook, ours: Assignment, out: Path, reports: Sequence[Report], translate: Translate) -> int:
    """How many attempts are new."""
    return recorded(book, {one.submission: partial(_attempt, ours, out, one, translate) for one in reports})


def recorded(book: Gradebook, attempts: Mapping[str, Callable[[], Found]]) -> int:
    """Keep, of each student, what is not as it was."""
    return book.write(partial(_recorded, book, attempts))


def _recorded(book: Gradebook, attempts: Mapping[str, Callable[[], Found]], session: Session) -> int:
    students, before = book.enrolled(session, list(attempts)), _last(book, session)
    new: list[Found] = []
    for name, made in attempts.items():
        found, last = made(), before.get(students[name])
        if cause := _cause(last, found.attempt):
            found.attempt.student_id, found.attempt.cause = students[name], cause
            found.attempt.number = last.number + 1 if last else 1
            new.append(found)
    _add(session, new)
    return len(new)


def _add(session: Session, new: Sequence[Found]) -> None:
    """All in two statements: a class has tens of thousands of verdicts."""
    session.add_all([one.attempt for one in new])
    session.flush()
    rows = [{**row, "attempt_id": one.attempt.id} for one in new for row in one.rows]
    if rows:
        session.execute(insert(VerdictRow), rows)


def _last(book: Gradebook, session: Session) -> Mapping[int, Attempt]:
    """The last attempt of each student, without its verdicts."""
    newest = select(func.max(Attempt.id)).join(Student).where(Student.class_id == book.class_id)
    query = select(Attempt).where(Attempt.id.in_(newest.group_by(Attempt.student_id)))
    return {one.student_id: one for one in session.scalars(query.options(lazyload(Attempt.verdicts)))}


def _cause(last: Attempt | None, now: Attempt) -> str:
    """What is not as before; empty where all is."""
    if last is None:
        return FIRST
    if last.digest != now.digest:
        return FILES
    if (last.judged, last.status, last.reason) != (now.judged, now.status, now.reason):
        return VERDICTS
    return POINTS if (last.score, last.max_score) != (now.score, now.max_score) else ""


def _attempt(ours: Assignment, out: Path, report: Report, translate: Translate) -> Found:
    """The automatic verdicts, without what people decided."""
    found = read_record(out / report.submission) if report.digest else None
    judged = [(line, (found.verdicts.get(line.id) if found else None) or pending()) for line in ours.rubric]
    rows = [_row(place, line, verdict, translate) for place, (line, verdict) in enumerate(judged)]
    attempt = Attempt(
        digest=report.digest,
        judged=_digest(rows),
        status="graded" if found else "ungradable",
        reason=visible(report.reason or ""),
        score=round(sum(verdict.credit * line.points for line, verdict in judged), 4),
        max_score=report.max_score,
        environment=report.environment,
        at=datetime.now(UTC),
    )
    return Found(attempt, rows)


def _row(place: int, line: RubricLine, verdict: Verdict, translate: Translate) -> Row:
    return {
        "place": place,
        "criterion": line.id,
        "status": verdict.status.value,
        "credit": verdict.credit,
        "points": line.points,
        "diagnosis": verdict.diagnosis and visible(verdict.diagnosis),
        "feedback": visible(" ".join(map(translate, verdict.feedback))),
    }


def _digest(rows: Sequence[Row]) -> str:
    told = ("criterion", "status", "credit", "diagnosis", "feedback")
    parts = ["\0".join(str(row[column]) for column in told) for row in rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
