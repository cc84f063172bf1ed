"""Marks and feedback for Moodle by files: the worksheet and the zip, beside the reports."""

from __future__ import annotations

from pathlib import Path

from graders.language import Message, say, translator
from graders.lms.graded import GradedClass
from graders.lms.left_out import LeftOut
from graders.lms.moodle.feedback import feedback_zip
from graders.lms.moodle.filling import Filled, filled
from graders.lms.moodle.wishes import Wishes
from graders.lms.moodle.worksheet import Worksheet, read
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
    return Written(list(files), made.rows, left.notes(), _steps(worksheet, made, out / sheet.name, out / FEEDBACK))


def _steps(worksheet: Worksheet, made: Filled, sheet: Path, pages: Path) -> list[Message]:
    """What to do in Moodle, in the order that keeps it from skipping rows: a zip uploaded first makes every row look old."""
    box = say(
        "Moodle shows the marks before it saves them; if it shows fewer than {count}, go back and tick “Allow updating "
        "records that have been modified more recently in Moodle than in the spreadsheet.”",
        count=made.rows,
    )
    if not made.dated:
        box = say(
            "Tick “Allow updating records that have been modified more recently in Moodle than in the spreadsheet.”: "
            "the dates of this worksheet cannot be read."
        )
    language = say("in English") if worksheet.language == "en" else say("in French")
    steps = [
        say(
            "1. In Moodle, {language} as the worksheet is: the assignment, “Upload grading worksheet”, {path} "
            "(separator: comma, encoding: UTF-8). {box}",
            language=language,
            path=str(sheet),
            box=box,
        ),
        say("2. Then, and not before: “Upload multiple feedback files in a zip”, {path}", path=str(pages)),
    ]
    if made.zeros:
        zeros = say(
            "3. Moodle 5.2 takes a mark of 0 in a worksheet for no mark: there, enter the {count} by hand.",
            count=made.zeros,
        )
        return [*steps, zeros]
    return steps
