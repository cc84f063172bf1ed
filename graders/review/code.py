"""A student's files as a page shows them: lines of highlighted text, each with a place that can be linked to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from graders.report.model import Report
from graders.report.reading import Answer
from graders.submissions.submission import Submission
from graders.submissions.written import Part, Written, written

MOST_OTHERS = 200
IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
PYTHON, FORMATTER = PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True)


@dataclass(frozen=True)
class Row:
    """A line: its number, its place on the page, its HTML (escaped by the highlighter), and what stands there."""

    number: int
    place: str
    shown: Markup
    written: str


@dataclass(frozen=True)
class Block:
    """A cell, or a whole file; `kind` is code or text."""

    kind: str
    number: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Pane:
    """One file."""

    file: str
    place: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Shown:
    """A submission's files: those that are read on the page, and the names of the others."""

    panes: tuple[Pane, ...]
    others: tuple[str, ...]

    def place_of(self, answer: Answer) -> str:
        """Where the passage of an answer begins; empty where it is not found."""
        first = next((line.strip() for line in answer.text.splitlines() if line.strip()), "")
        return next((row.place for row in self._rows() if first and first in row.written), "")

    def place_of_name(self, found: str) -> str:
        """Where "file.py:name" is defined; empty where it is not found."""
        file, _, name = found.partition(":")
        last = name.split("[")[0].split(".")[-1]
        starts = (f"def {last}(", f"class {last}(", f"class {last}:", f"async def {last}(", f"{last} =")
        rows = (row for row in self._rows(file) if row.written.strip().startswith(starts))
        return next((row.place for row in rows), "")

    def _rows(self, file: str = "") -> Iterator[Row]:
        panes = (pane for pane in self.panes if file in ("", pane.file))
        return (row for pane in panes for block in pane.blocks for row in block.rows)


def shown(submission: Submission, report: Report) -> Shown:
    """Everything that is to be read, and the names of what is not."""
    read = in_order(submission, report)
    panes = tuple(_pane(number, one) for number, one in enumerate(read, start=1))
    known = {one.file for one in read}
    others = [path for path in sorted(submission.files) if path not in known]
    return Shown(panes, tuple(others[:MOST_OTHERS]))


def in_order(submission: Submission, report: Report) -> list[Written]:
    """What was written; the files in which names were found come first."""
    used = [line.found.partition(":")[0] for line in report.bindings if line.found]
    return written(submission.files, used)


def _pane(number: int, read: Written) -> Pane:
    blocks = (
        Block(part.kind, count, tuple(_rows(place(number, count), part)))
        for count, part in enumerate(read.parts, start=1)
    )
    return Pane(read.file, f"f{number}", tuple(blocks))


def place(file: int, block: int, line: int | None = None) -> str:
    """The name of a place on the page."""
    return f"f{file}c{block}" if line is None else f"f{file}c{block}l{line}"


def _rows(prefix: str, part: Part) -> Iterator[Row]:
    lines = part.text.split("\n")
    coloured = highlight(part.text, PYTHON, FORMATTER).rstrip("\n").split("\n") if part.kind == "code" else []
    whole = len(coloured) == len(lines)
    for number, line in enumerate(lines, start=1):
        # The highlighter escapes what it marks.
        html = Markup(coloured[number - 1]) if whole else escape(line)
        yield Row(number, f"{prefix}l{number}", html, line)


def is_image(path: str) -> str | None:
    """The type of a picture that browsers show."""
    return IMAGES.get(PurePosixPath(path).suffix.lower())
