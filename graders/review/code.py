"""A student's files as a page shows them: lines of highlighted text, each with a place that can be linked to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from graders.report.clean import visible
from graders.report.model import Report
from graders.report.reading import Answer
from graders.submissions.encoding import text
from graders.submissions.source import Source, sources
from graders.submissions.submission import Submission

MOST_LETTERS, MOST_OTHERS = 200_000, 200
WRITTEN = (".md", ".txt", ".rst", ".tex")
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
    """The files in which names were found first, then other sources, then what is written in words."""
    used = [line.found.partition(":")[0] for line in report.bindings if line.found]
    read = sorted(sources(submission.files), key=lambda source: source.file not in used)
    words = sorted(path for path in submission.files if path.lower().endswith(WRITTEN))
    contents = [(source.file, list(_of_source(source, submission.files))) for source in read]
    contents += [(path, [("text", text(submission.files[path]))]) for path in words]
    panes = tuple(_pane(number, file, parts) for number, (file, parts) in enumerate(contents, start=1))
    known = {pane.file for pane in panes}
    others = [path for path in sorted(submission.files) if path not in known]
    return Shown(panes, tuple(others[:MOST_OTHERS]))


def _of_source(source: Source, files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Kind and text of each part, as it was written."""
    if source.cells:
        yield from ((cell.kind, cell.text) for cell in source.cells)
    else:
        yield "code", text(files[source.file]) if source.file in files else ""


def _pane(number: int, file: str, parts: Sequence[tuple[str, str]]) -> Pane:
    left, blocks = MOST_LETTERS, []
    for count, (kind, written) in enumerate(parts, start=1):
        blocks.append(Block(kind, count, tuple(_rows(f"f{number}c{count}", kind, written[:left]))))
        left = max(left - len(written), 0)
    return Pane(file, f"f{number}", tuple(blocks))


def _rows(prefix: str, kind: str, written: str) -> Iterator[Row]:
    clean = visible(written.expandtabs(4)).rstrip("\n")
    lines = clean.split("\n")
    coloured = highlight(clean, PYTHON, FORMATTER).rstrip("\n").split("\n") if kind == "code" else []
    whole = len(coloured) == len(lines)
    for number, line in enumerate(lines, start=1):
        html = Markup(coloured[number - 1]) if whole else Markup.escape(line)  # escaped by the highlighter
        yield Row(number, f"{prefix}l{number}", html, line)


def is_image(path: str) -> str | None:
    """The type of a picture that browsers show."""
    return IMAGES.get(PurePosixPath(path).suffix.lower())
