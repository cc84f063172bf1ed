"""The gradebook as CSV: the teacher's own export, of which the rows and the one column that get marks go back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from graders.language import say
from graders.lms.moodle.sheets import Table, ragged, tables
from graders.lms.trouble import ExchangeError
from graders.submissions.encoding import text

MOST_BYTES = 64 * 2**20
ID, LAST = "ID", "Section"
TITLED = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)


@dataclass(frozen=True)
class Gradebook:
    """Rows as they stand: the heading, what Canvas says above the students, the students; and which column gets marks."""

    path: Path
    heading: Sequence[str]
    above: Sequence[Sequence[str]]
    students: Sequence[Sequence[str]]
    column: int
    most: Decimal

    @property
    def id(self) -> int:
        """Which column holds the users' numbers."""
        return self.heading.index(ID)

    @property
    def about(self) -> range:
        """The columns that say who a student is."""
        return range(self.heading.index(LAST) + 1)


def read(path: Path, wanted: str | None) -> Gradebook:
    """Read an export; `wanted` is the assignment's title or number, and needed where there are several."""
    with path.open("rb") as file:
        found = [table for table in tables(text(file.read(MOST_BYTES))) if table and {ID, LAST} <= set(table[0])]
    if not found or all(ragged(table) is not None for table in found):
        raise ExchangeError(
            say(
                "{path} is no gradebook of Canvas: its heading has no columns ID and Section, or a row is cut. In Canvas, open "
                "Grades, and choose Export Entire Gradebook.",
                path=str(path),
            )
        )
    table = next(one for one in found if ragged(one) is None)
    place = table[0].index(ID)
    students = [row for row in table[1:] if row[place].strip().isdigit()]
    above = [row for row in table[1:] if row not in students]
    column = _column(path, table, wanted)
    return Gradebook(path, table[0], above, students, column, _most(path, above, table[0], column))


def number(cell: str) -> Decimal | None:
    """A mark, with a point or a comma; None where there is none."""
    try:
        found = Decimal(cell.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _column(path: Path, table: Table, wanted: str | None) -> int:
    titled = {place: match for place, title in enumerate(table[0]) if (match := TITLED.fullmatch(title))}
    found = [place for place, match in titled.items() if wanted in (None, match[0], match["title"], match["id"])]
    if len(found) == 1:
        return found[0]
    raise ExchangeError(
        say(
            "{path}: which column gets the marks is not clear. Say it by its number: --column {choices}",
            path=str(path),
            choices="|".join(f"{match['id']} ({match['title']})" for match in titled.values()) or "—",
        )
    )


def _most(path: Path, above: Sequence[Sequence[str]], heading: Sequence[str], column: int) -> Decimal:
    """The points possible, which stand in a row above the students."""
    known = [most for row in above if (most := number(row[column])) and most > 0]
    if not known:
        raise ExchangeError(
            say(
                "{path}: the column {column} has no points possible above the students. Give the assignment points in Canvas, "
                "and export the gradebook again.",
                path=str(path),
                column=heading[column],
            )
        )
    return known[0]
