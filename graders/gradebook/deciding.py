"""What people decide: marks and comments are added, and the last one of its kind is in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from graders.gradebook.book import Gradebook
from graders.gradebook.tables import CommentRow, MarkRow, Student
from graders.report.clean import visible
from graders.report.marks import Comment, Mark, Marks

Decided = MarkRow | CommentRow


class Decision(NamedTuple):
    """A share of the credit of a criterion, or None for the automatic verdict; why; who; one `batch` for one action."""

    criterion: str
    credit: float | None
    why: str
    who: str
    batch: str = ""


def decide(book: Gradebook, names: Sequence[str], decision: Decision) -> None:
    """The same decision for all of these students, or for none."""
    given = decision._replace(why=visible(decision.why), who=visible(decision.who))
    book.write(partial(_add, book, names, lambda: MarkRow(at=datetime.now(UTC), **given._asdict())))


def comment(book: Gradebook, names: Sequence[str], criterion: str, text: str, who: str, batch: str = "") -> None:
    """Say the same to all of these on a criterion or on the whole; no text takes back what was said."""
    said, by = visible(text.strip()), visible(who)
    row = partial(CommentRow, criterion=criterion, text=said, who=by, batch=batch)
    book.write(partial(_add, book, names, lambda: row(at=datetime.now(UTC))))


def _add(book: Gradebook, names: Sequence[str], row: Callable[[], Decided], session: Session) -> None:
    """A row for each of these."""
    for number in book.enrolled(session, names).values():
        made = row()
        made.student_id = number
        session.add(made)


def take_back(book: Gradebook, batch: str, who: str) -> list[str]:
    """Undo one action, marks or words: each of its students has again what was in force before it. Whose they are.

    What somebody decided since then stays.
    """
    with book.session() as session:
        rows: list[Decided] = [*_marks(book, session), *_comments(book, session)]
        acted = [row for row in rows if row.batch == batch]
        undone = [(row, same) for row in acted if (same := _same(session, row))[0].id == row.id]
        session.add_all([_restored(row, same[1] if len(same) > 1 else None, who) for row, same in undone])
        names = {number: name for name, number in book.students(session).items()}
        return [names[row.student_id] for row, _ in undone]


def in_force(book: Gradebook, names: Iterable[str] | None = None) -> dict[str, Marks]:
    """What counts now, for each student about whom anything was ever decided."""
    with book.session() as session:
        wanted = book.students(session, names)
        numbers = None if names is None else list(wanted.values())
        marks, comments = list(_marks(book, session, numbers)), list(_comments(book, session, numbers))
    touched = {row.student_id for row in marks} | {row.student_id for row in comments}
    return {
        name: Marks(marks=_given(marks, number), comments=_said(comments, number))
        for name, number in wanted.items()
        if number in touched
    }


def revision(book: Gradebook) -> tuple[int, int]:
    """It changes whenever anything is decided."""
    with book.session() as session:
        marks = select(func.max(MarkRow.id)).join(Student).where(Student.class_id == book.class_id)
        comments = select(func.max(CommentRow.id)).join(Student).where(Student.class_id == book.class_id)
        return session.scalar(marks) or 0, session.scalar(comments) or 0


def _marks(book: Gradebook, session: Session, numbers: Sequence[int] | None = None) -> Sequence[MarkRow]:
    query = select(MarkRow).join(Student).where(Student.class_id == book.class_id).order_by(MarkRow.id)
    rows = session.scalars(query if numbers is None else query.where(MarkRow.student_id.in_(numbers))).all()
    session.expunge_all()
    return rows


def _comments(book: Gradebook, session: Session, numbers: Sequence[int] | None = None) -> Sequence[CommentRow]:
    query = select(CommentRow).join(Student).where(Student.class_id == book.class_id).order_by(CommentRow.id)
    rows = session.scalars(query if numbers is None else query.where(CommentRow.student_id.in_(numbers))).all()
    session.expunge_all()
    return rows


def _given(rows: Iterable[MarkRow], number: int) -> Mapping[str, Mark]:
    last = {row.criterion: row for row in rows if row.student_id == number}
    return {
        id: Mark(credit=row.credit, why=row.why, who=row.who, at=row.at)
        for id, row in last.items()
        if row.credit is not None
    }


def _said(rows: Iterable[CommentRow], number: int) -> Mapping[str, Comment]:
    last = {row.criterion: row for row in rows if row.student_id == number}
    return {id: Comment(text=row.text, who=row.who, at=row.at) for id, row in last.items() if row.text}


def _same(session: Session, row: Decided) -> Sequence[Decided]:
    """What was decided on the same criterion of the same student, or said: the last two, the newest first."""
    kind: type[Any] = type(row)
    same = (kind.student_id == row.student_id, kind.criterion == row.criterion)
    return session.scalars(select(kind).where(*same).order_by(kind.id.desc()).limit(2)).all()


def _restored(row: Decided, before: Decided | None, who: str) -> Decided:
    """A row that says again what the one before said; nothing where there was none."""
    kept = {"student_id": row.student_id, "criterion": row.criterion, "batch": "", "who": visible(who)}
    if isinstance(row, CommentRow):
        return CommentRow(**kept, at=datetime.now(UTC), text=before.text if isinstance(before, CommentRow) else "")
    credit, why = (before.credit, before.why) if isinstance(before, MarkRow) else (None, "")
    return MarkRow(**kept, at=datetime.now(UTC), credit=credit, why=why)
