"""What a teacher does in Moodle with a filled worksheet and a zip of pages.

In this order: a zip that is uploaded first makes every row of the worksheet look old, and Moodle skips what looks old.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graders.language import Message, say
from graders.lms.moodle.filling import Filled
from graders.lms.moodle.worksheet import Worksheet


def steps(worksheet: Worksheet, made: Filled, sheet: Path, pages: Path) -> Iterator[Message]:
    """A sentence a step, with the words that stand on Moodle's buttons."""
    language = say("in English") if worksheet.language == "en" else say("in French")
    yield say(
        "1. In Moodle, {language} as the worksheet is: the assignment, “Upload grading worksheet”, {path} "
        "(separator: comma, encoding: UTF-8). {box}",
        language=language,
        path=str(sheet),
        box=_box(made),
    )
    yield say("2. Then, and not before: “Upload multiple feedback files in a zip”, {path}", path=str(pages))
    if made.zeros:
        yield say(
            "3. Moodle 5.2 takes a mark of 0 in a worksheet for no mark: there, enter these marks by hand ({count}).",
            count=made.zeros,
        )


def _box(made: Filled) -> Message:
    """Whether to tick the box that lets older rows through."""
    if not made.dated:
        return say(
            "Tick “Allow updating records that have been modified more recently in Moodle than in the spreadsheet.”: "
            "the dates of this worksheet cannot be read."
        )
    return say(
        "Moodle shows the marks before it saves them; if it shows fewer than {count}, go back and tick “Allow updating "
        "records that have been modified more recently in Moodle than in the spreadsheet.”",
        count=made.rows,
    )
