"""The offline grading worksheet: the teacher's own file, which Moodle wrote and will read again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from graders.language import say
from graders.lms.moodle import headers
from graders.lms.moodle.headers import COMMENT, GRADE, GROUP, IDENTIFIER, LOCK, MODIFIED, MOST, NAME, SCALE
from graders.lms.moodle.sheets import Table, ragged, tables
from graders.lms.trouble import ExchangeError
from graders.submissions.encoding import text

MOST_BYTES = 64 * 2**20
NUMBER = re.compile(r"\D*?(\d{1,18})\s*")


@dataclass(frozen=True)
class Row:
    """One participant."""

    cells: Mapping[str, str]

    @property
    def number(self) -> int | None:
        """The participant's: of "Participant 7", in French "Participant7"."""
        match = NUMBER.fullmatch(self.cells[IDENTIFIER])
        return int(match[1]) if match else None

    @property
    def grade(self) -> Decimal | None:
        """The mark that stands there."""
        return _decimal(self.cells[GRADE])

    @property
    def most(self) -> Decimal | None:
        """The assignment's maximum."""
        return _decimal(self.cells[MOST])

    @property
    def locked(self) -> bool:
        """Whether Moodle would refuse a new mark."""
        return self.cells.get(LOCK, "") in headers.LOCKED


@dataclass(frozen=True)
class Worksheet:
    """Rows by column, and the headings as they stand in the file."""

    path: Path
    language: str
    headings: Mapping[str, str]
    rows: Sequence[Row]

    def has(self, column: str) -> bool:
        """Whether the file has it."""
        return column in self.headings

    @property
    def is_of_teams(self) -> bool:
        """Whether groups handed in: Moodle then names the group of each student."""
        return self.has(GROUP)

    @property
    def is_blind(self) -> bool:
        """Whether names are hidden."""
        return not self.has(NAME)


def read(path: Path) -> Worksheet:
    """Read a worksheet; ExchangeError says what is wrong with it and what to do."""
    with path.open("rb") as file:
        content = text(file.read(MOST_BYTES))
    found = [(table, language) for table in tables(content) if table for language in headers.HEADINGS]
    ours = [(table, language) for table, language in found if _is_worksheet(table[0], language)]
    if not ours:
        raise ExchangeError(
            say(
                "{path} is no grading worksheet of Moodle in French or English: it has no columns Identifier, Grade and "
                "Last modified (grade). In Moodle, open the assignment, then Submissions, and choose Download grading worksheet.",
                path=str(path),
            )
        )
    even = [one for one in ours if ragged(one[0]) is None]
    table, language = (even or ours)[0]
    return _checked(path, table, language)


def _is_worksheet(header: list[str], language: str) -> bool:
    return headers.places(header, language).keys() >= set(headers.NEEDED)


def _checked(path: Path, table: Table, language: str) -> Worksheet:
    row = ragged(table)
    if row is not None:
        raise ExchangeError(
            say(
                "{path}: row {row} has another number of cells than the heading, and Moodle would refuse the whole file. "
                "Download the worksheet again.",
                path=str(path),
                row=row,
            )
        )
    places = headers.places(table[0], language)
    if SCALE in places or MOST not in places:
        raise ExchangeError(
            say(
                "{path}: this assignment is not marked with points but with a scale, and a mark cannot be turned into a word "
                "of it. In the assignment's settings choose a grade of type Point.",
                path=str(path),
            )
        )
    rows = [Row({column: cells[place] for column, place in places.items()}) for cells in table[1:]]
    return Worksheet(path, language, {column: table[0][place] for column, place in places.items()}, rows)


def _decimal(cell: str) -> Decimal | None:
    """A number with a point or a comma; None where there is none."""
    try:
        number = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


__all__ = ["COMMENT", "GRADE", "GROUP", "IDENTIFIER", "LOCK", "MODIFIED", "MOST", "NAME", "Row", "Worksheet", "read"]
