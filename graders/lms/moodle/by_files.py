"""Marks and feedback for Moodle by files: the worksheet and the zip, beside the reports."""

from __future__ import annotations

from pathlib import Path

from graders.language import say, translator
from graders.lms.graded import GradedClass
from graders.lms.left_out import LeftOut
from graders.lms.moodle.feedback import feedback_zip
from graders.lms.moodle.filling import filled
from graders.lms.moodle.steps import steps
from graders.lms.moodle.wishes import Wishes
from graders.lms.moodle.worksheet import read
from graders.lms.ready import ready
from graders.lms.trouble import ExchangeError
from graders.lms.written import Written

FEEDBACK = "feedback.zip"


def write(graded: GradedClass, sheet: Path, out: Path, wishes: Wishes) -> Written:
    """Fill the teacher's worksheet and pack the pages; nothing is written where no mark is ready."""
    left = LeftOut()
    worksheet = read(sheet)
    reports = list(ready(graded.reports, left, provisional=wishes.provisional))
    made = filled(worksheet, reports, left, translator(graded.language), replace=wishes.replace)
    if not made.rows:
        why = "".join(f"\n  {translator(graded.language)(note)}" for note in left.notes())
        raise ExchangeError(say("No mark is ready for {path}.{why}", path=str(sheet), why=why))
    out.mkdir(parents=True, exist_ok=True)
    files = {out / sheet.name: made.content, out / FEEDBACK: feedback_zip(made.graded)}
    for path, content in files.items():
        path.write_bytes(content)
    todo = list(steps(worksheet, made, out / sheet.name, out / FEEDBACK))
    return Written(list(files), made.rows, left.notes(), todo)
