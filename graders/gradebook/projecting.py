"""`marks.json` beside each report: what is in force, as the report reads it. The gradebook is where it comes from.

A decision that only the file knows (its gradebook was lost) is taken into the gradebook: nothing of a teacher's is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from graders.engine.record import MARKS, read_marks
from graders.engine.whole import write
from graders.gradebook.book import Gradebook
from graders.gradebook.deciding import in_force
from graders.gradebook.tables import CommentRow, MarkRow
from graders.gradebook.trouble import TeachersFileError
from graders.language import say
from graders.report.marks import NOTHING, Lateness, Marks


def project(book: Gradebook, out: Path, names: Iterable[str]) -> list[str]:
    """Write what is in force; for whom it is not what it was."""
    listed = list(names)
    files = {name: _read(out / name) for name in listed}
    known = in_force(book, listed)
    if lost := {name: marks for name, marks in files.items() if _more(marks, known.get(name, NOTHING))}:
        adopt(book, lost)
        known = in_force(book, listed)
    return [name for name in listed if place(out / name, known.get(name, NOTHING), files[name])]


def _more(marks: Marks, known: Marks) -> bool:
    return bool(marks.marks.keys() - known.marks or marks.comments.keys() - known.comments)


def place(folder: Path, known: Marks, before: Marks) -> bool:
    """Write one file, with the lateness that was there; whether it changed."""
    now = known.model_copy(update={"late": before.late})
    if now == before:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / MARKS, now.model_dump_json(indent=1), lasting=True)
    return True


def readable_marks(out: Path, names: Iterable[str]) -> None:
    """TeachersFileError where what people decided cannot be read."""
    for name in names:
        _read(out / name)


def set_late(out: Path, names: Iterable[str], late: Mapping[str, Lateness]) -> None:
    """Write who is late."""
    for name in names:
        before = _read(out / name)
        if before.late != late.get(name):
            (out / name).mkdir(parents=True, exist_ok=True)
            now = before.model_copy(update={"late": late.get(name)})
            write(out / name / MARKS, now.model_dump_json(indent=1))


def adopt(book: Gradebook, files: Mapping[str, Marks]) -> None:
    """Take in what is decided in files, on criteria of which the gradebook knows nothing at all."""
    book.write(partial(_adopt, book, files))


def _adopt(book: Gradebook, files: Mapping[str, Marks], session: Session) -> None:
    for name, number in book.enrolled(session, list(files)).items():
        known = set(session.scalars(select(MarkRow.criterion).where(MarkRow.student_id == number)))
        said = set(session.scalars(select(CommentRow.criterion).where(CommentRow.student_id == number)))
        marks = {id: mark for id, mark in files[name].marks.items() if id not in known}
        comments = {id: one for id, one in files[name].comments.items() if id not in said}
        session.add_all([MarkRow(student_id=number, criterion=id, batch="", **dict(m)) for id, m in marks.items()])
        session.add_all(
            [CommentRow(student_id=number, criterion=id, batch="", **dict(c)) for id, c in comments.items()]
        )


def _read(folder: Path) -> Marks:
    try:
        return read_marks(folder)
    except (OSError, ValidationError) as error:
        raise TeachersFileError(
            say(
                "{path} cannot be read: it holds marks that people gave. Mend it, or delete it: what the gradebook "
                "knows is written there again.",
                path=str(folder / MARKS),
            )
        ) from error
