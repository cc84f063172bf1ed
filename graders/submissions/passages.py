"""What a student wrote in words: text cells, comments, docstrings, and text files. Nothing of it is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graders.submissions.encoding import text
from graders.submissions.source import Source, walked

WORDS = (".md", ".txt", ".rst")
MOST_TEXT = 200_000
# What begins with a quote holds no comment: "# this".
TEXT_OR_COMMENT = re.compile(
    r"""(?s)(\"{3}|'{3})(?:\\.|.)*?(?:\1|\Z)"""
    r"""|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#[^\n]*"""
)
# Lines of signs that only draw a border.
RULE = re.compile(r"^[\W_]+$")


@dataclass(frozen=True)
class Passage:
    """A text and where it stands: the file, the code cell that it belongs to or stands before (0 in a script), the line."""

    file: str
    cell: int
    line: int
    text: str


def passages(sources: Iterable[Source], files: Mapping[str, bytes]) -> Iterator[Passage]:
    """All of them, file by file, in the order in which they stand."""
    for source in sources:
        yield from _of_notebook(source) if source.cells else _of_script(source)
    for name in sorted(files):
        if name.lower().endswith(WORDS) and len(files[name]) <= MOST_TEXT:
            for line, paragraph in _paragraphs(text(files[name])):
                yield Passage(name, 0, line, paragraph)


def _of_notebook(source: Source) -> Iterator[Passage]:
    number, parsed = 0, source.trees
    for cell in source.cells:
        if cell.kind == "code":
            yield from _placed(source.file, number + 1, [*_comments(cell.text), *_docstrings(parsed[number])])
            number += 1
        elif cell.text.strip():
            yield Passage(source.file, number + 1, 1, cell.text.strip())


def _of_script(source: Source) -> Iterator[Passage]:
    found = [*(one for chunk in source.chunks for one in _comments(chunk))]
    return _placed(source.file, 0, [*found, *(one for chunk in source.trees for one in _docstrings(chunk))])


def _placed(file: str, cell: int, found: Iterable[tuple[int, str]]) -> Iterator[Passage]:
    yield from (Passage(file, cell, line, one) for line, one in sorted(found) if not RULE.match(one))


def _comments(code: str) -> Iterator[tuple[int, str]]:
    """Comments that stand under each other are one text."""
    block, start, last = list[str](), 0, -1
    for line, comment in _tokens(code):
        if line != last + 1 and block:
            yield start, "\n".join(block)
            block = []
        start = start if block else line
        block, last = [*block, comment.lstrip("#! ").rstrip()], line
    if block:
        yield start, "\n".join(block)


def _tokens(code: str) -> Iterator[tuple[int, str]]:
    """Comments and their lines, also of code that Python refuses."""
    line, before = 1, 0
    for found in TEXT_OR_COMMENT.finditer(code):
        line, before = line + code.count("\n", before, found.start()), found.start()
        if found[0].startswith("#"):
            yield line, found[0]


def _docstrings(statements: Iterable[ast.stmt]) -> Iterator[tuple[int, str]]:
    """Docstrings, and texts that stand alone as a statement."""
    nodes = (node for statement in statements for node in walked(statement))
    for node in nodes:
        value = node.value if isinstance(node, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.lineno, value.value.strip()


def _paragraphs(written: str) -> Iterator[tuple[int, str]]:
    """Parts of a text between its headings."""
    line = 1
    for part in re.split(r"(?m)^(?=#|\d+(?:[.)]\d*)+ )", written):
        if part.strip():
            yield line, part.strip()
        line += part.count("\n")
