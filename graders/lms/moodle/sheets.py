"""CSV as Moodle writes it and reads it.

Moodle is PHP: it encloses what holds a space, and does not double a quote that stands after a backslash. A backslash at the
end of a field makes it read the rest of the file as one cell, so nothing of ours holds one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
ENCLOSED = re.compile(r'[,"\\\n\r\t ]')
SEPARATORS = (",", ";", "\t")
MOST_IN_A_CELL = 2**24

Table = list[list[str]]


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """The file, byte for byte as Moodle would have written these cells."""
    return (BYTE_ORDER_MARK + "".join(",".join(map(_cell, row)) + "\n" for row in rows)).encode()


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if ENCLOSED.search(text) else text


def tables(text: str) -> Iterable[Table]:
    """Every way to read a file: as Moodle wrote it, and as spreadsheets save it again; the likeliest first."""
    csv.field_size_limit(MOST_IN_A_CELL)
    for separator in SEPARATORS:
        for escape in (None, "\\"):
            lines = io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
            try:
                yield [row for row in csv.reader(lines, delimiter=separator, escapechar=escape) if any(row)]
            except csv.Error:
                continue


def ragged(table: Table) -> int | None:
    """The number of the first row that has another number of cells than the heading; None where all is even."""
    return next((place for place, row in enumerate(table, 1) if len(row) != len(table[0])), None)
