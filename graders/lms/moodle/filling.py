"""Fill a worksheet: only the rows that get a mark, only the columns that Moodle reads or a person needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graders.language import Translate, say
from graders.lms.comments import escaped, html, others
from graders.lms.graded import Graded
from graders.lms.left_out import LeftOut
from graders.lms.marks import written as mark_written
from graders.lms.moodle import headers
from graders.lms.moodle.dates import iso
from graders.lms.moodle.pairing import Pair, pairs
from graders.lms.moodle.sheets import written
from graders.lms.moodle.worksheet import COMMENT, GRADE, GROUP, IDENTIFIER, MODIFIED, MOST, NAME, Worksheet

# The comments must not come first: Moodle would not see them.
COLUMNS = (IDENTIFIER, NAME, GROUP, GRADE, MOST, MODIFIED, COMMENT)
SHOWN_ONLY = (NAME, GROUP)


@dataclass(frozen=True)
class Filled:
    """The file to upload, and whose reports went into it."""

    content: bytes
    graded: Sequence[Graded]
    rows: int
    zeros: int
    dated: bool


def filled(
    worksheet: Worksheet, reports: Iterable[Graded], left: LeftOut, translate: Translate, *, replace: bool
) -> Filled:
    """The worksheet with the marks of these reports, in its order. A mark that stands there stays, unless `replace`."""
    order = {id(row): place for place, row in enumerate(worksheet.rows)}
    found = sorted(pairs(worksheet, reports, left), key=lambda pair: order[id(pair.row)])
    written_in = [pair for pair in found if _may(pair, left, replace=replace)]
    columns = [column for column in COLUMNS if worksheet.has(column)]
    table = [[worksheet.headings[column] for column in columns]]
    table += [[_cell(pair, column, translate) for column in columns] for pair in written_in]
    graded = {pair.graded.name: pair.graded for pair in written_in}
    dated = all(iso(pair.row.cells[MODIFIED]) for pair in written_in)
    zeros = sum(pair.mark == 0 for pair in written_in)
    return Filled(written(table), list(graded.values()), len(written_in), zeros, dated)


def _may(pair: Pair, left: LeftOut, *, replace: bool) -> bool:
    """Whether the row can take its mark; if not, why is said."""
    if pair.row.locked:
        left.add(say("Moodle says that the mark cannot be changed"), pair.graded.name)
    elif pair.mark is None:
        left.add(say("its row has no maximum that the mark fits under"), pair.graded.name)
    elif not replace and pair.row.grade not in (None, pair.mark):
        left.add(say("the worksheet holds another mark (--replace writes over it)"), pair.graded.name)
    else:
        return True
    return False


def _cell(pair: Pair, column: str, translate: Translate) -> str:
    cell = pair.row.cells[column]
    match column:
        case headers.GRADE:
            return mark_written(pair.mark) if pair.mark is not None else ""
        case headers.MODIFIED:
            return iso(cell) or cell
        case headers.COMMENT:
            return commented(cell, pair.graded, translate)
    return cell.replace("\\", "") if column in SHOWN_ONLY else cell


def commented(before: str, one: Graded, translate: Translate) -> str:
    """Our comment below what a teacher has written there."""
    theirs = others(before)
    return (f"<p>{escaped(theirs)}</p>" if theirs else "") + html(one.report, translate)
