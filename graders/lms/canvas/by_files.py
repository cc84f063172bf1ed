"""Marks for Canvas by file: the gradebook with one column, and only the students who get a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from graders.language import Message, say, translator
from graders.lms.canvas.downloaded import user
from graders.lms.canvas.gradebook import Gradebook, number, read
from graders.lms.graded import Graded, GradedClass
from graders.lms.left_out import LeftOut
from graders.lms.marks import scaled, written
from graders.lms.ready import ready
from graders.lms.trouble import ExchangeError
from graders.lms.written import Written

EXCUSED = "EX"


def write(
    graded: GradedClass, sheet: Path, wanted: str | None, out: Path, *, provisional: bool, replace: bool
) -> Written:
    """Fill the teacher's gradebook; nothing is written where no mark is ready."""
    left = LeftOut()
    book = read(sheet, wanted)
    rows = _rows(book, ready(graded.reports, left, provisional=provisional), left, replace=replace)
    if not rows:
        why = "".join(f"\n  {translator(graded.language)(note)}" for note in left.notes())
        raise ExchangeError(say("No mark is ready for {path}.{why}", path=str(sheet), why=why))
    out.mkdir(parents=True, exist_ok=True)
    (out / sheet.name).write_bytes(_content(book, rows))
    return Written([out / sheet.name], len(rows), left.notes(), _steps(out / sheet.name, len(rows)))


def _rows(book: Gradebook, reports: Iterable[Graded], left: LeftOut, *, replace: bool) -> list[list[str]]:
    """The rows of students, with their new marks."""
    students = {row[book.id].strip(): row for row in book.students}
    found = []
    for one in reports:
        row = students.get(user(one.name) or "")
        if row is None:
            left.add(say("not in the gradebook"), one.name)
        elif _stays(row[book.column], one, book, replace=replace):
            left.add(say("the gradebook holds another mark, or excuses them (--replace writes over marks)"), one.name)
        else:
            found.append([*_about(book, row), written(scaled(one.report, book.most))])
    return found


def _stays(cell: str, one: Graded, book: Gradebook, *, replace: bool) -> bool:
    before = number(cell)
    other = before is not None and before != scaled(one.report, book.most)
    return cell.strip().upper() == EXCUSED or (other and not replace)


def _about(book: Gradebook, row: Sequence[str]) -> list[str]:
    return [row[place] for place in book.about]


def _content(book: Gradebook, rows: Iterable[list[str]]) -> bytes:
    sheet = io.StringIO()
    above = ([*_about(book, row), row[book.column]] for row in (book.heading, *book.above))
    csv.writer(sheet, lineterminator="\n").writerows([*above, *rows])
    return sheet.getvalue().encode()


def _steps(path: Path, count: int) -> list[Message]:
    return [
        say(
            "In Canvas, Grades, Import: {path}. Canvas shows what would change before it saves: {count} marks, in one column.",
            path=str(path),
            count=count,
        )
    ]
