"""What a grading found, kept as an attempt where it is not what the last one was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from graders.assignment import Assignment
from graders.engine.record import Record, read_record
from graders.gradebook.book import Gradebook
from graders.gradebook.tables import Attempt, Student, VerdictRow
from graders.language import Translate
from graders.report.clean import visible
from graders.report.model import Report
from graders.rubric import RubricLine
from graders.verdict import Verdict, pending

FIRST, FILES, VERDICTS, POINTS = "first", "files", "verdicts", "points"


def record(book: Gradebook, ours: Assignment, out: Path, reports: Sequence[Report], translate: Translate) -> int:
    """How many attempts are new."""
    return recorded(book, {one.submission: partial(_attempt, ours, out, one, translate) for one in reports})


def recorded(book: Gradebook, attempts: Mapping[str, Callable[[], Attempt]]) -> int:
    """Keep, of each student, what is not as it was."""
    return book.write(partial(_recorded, book, attempts))


def _recorded(book: Gradebook, attempts: Mapping[str, Callable[[], Attempt]], session: Session) -> int:
    students, before = book.enrolled(session, list(attempts)), _last(book, session)
    added = 0
    for name, made in attempts.items():
        attempt, last = made(), before.get(students[name])
        cause = _cause(last, attempt)
        if cause:
            attempt.student_id, attempt.cause = students[name], cause
            attempt.number = last.number + 1 if last else 1
            session.add(attempt)
            added += 1
    return added


def _last(book: Gradebook, session: Session) -> Mapping[int, Attempt]:
    """The last attempt of each student."""
    newest = select(func.max(Attempt.id)).join(Student).where(Student.class_id == book.class_id)
    query = select(Attempt).where(Attempt.id.in_(newest.group_by(Attempt.student_id)))
    return {one.student_id: one for one in session.scalars(query)}


def _cause(last: Attempt | None, now: Attempt) -> str:
    """What is not as before; empty where all is."""
    if last is None:
        return FIRST
    if last.digest != now.digest:
        return FILES
    if (last.judged, last.status, last.reason) != (now.judged, now.status, now.reason):
        return VERDICTS
    return POINTS if (last.score, last.max_score) != (now.score, now.max_score) else ""


def _attempt(ours: Assignment, out: Path, report: Report, translate: Translate) -> Attempt:
    """The automatic verdicts, without what people decided."""
    found = read_record(out / report.submission) if report.digest else None
    rows = list(_rows(ours.rubric, found, translate))
    return Attempt(
        digest=report.digest,
        judged=_digest(rows),
        status="graded" if found else "ungradable",
        reason=visible(report.reason or ""),
        score=round(sum(row.credit * row.points for row in rows), 4),
        max_score=report.max_score,
        environment=report.environment,
        at=datetime.now(UTC),
        verdicts=rows,
    )


def _rows(rubric: Sequence[RubricLine], found: Record | None, translate: Translate) -> Iterator[VerdictRow]:
    for place, line in enumerate(rubric):
        verdict = (found.verdicts.get(line.id) if found else None) or pending()
        yield VerdictRow(
            place=place,
            criterion=line.id,
            status=verdict.status.value,
            credit=verdict.credit,
            points=line.points,
            diagnosis=verdict.diagnosis and visible(verdict.diagnosis),
            feedback=_said(verdict, translate),
        )


def _said(verdict: Verdict, translate: Translate) -> str:
    return visible(" ".join(map(translate, verdict.feedback)))


def _digest(rows: Sequence[VerdictRow]) -> str:
    parts = [f"{row.criterion}\0{row.status}\0{row.credit}\0{row.diagnosis}\0{row.feedback}" for row in rows]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
