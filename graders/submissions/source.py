"""The source of a submission as chunks of Python: a notebook's cells, a script as a whole."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from graders.language import Message, say
from graders.submissions.cells import Cell, NotANotebookError, cells
from graders.submissions.encoding import text
from graders.submissions.magics import plain
from graders.submissions.mending import mended, readable_parts
from graders.submissions.naming import SOURCES, importance

# Parsed code takes a thousand times its length in memory; nobody writes this much for a lab.
MOST_SOURCE, MOST_SOURCES = 500_000, 1_000_000


@dataclass(frozen=True)
class Source:
    """One file: its chunks (a notebook's code cells; a script is one), why it could not be read, if so, and what is to be told.

    `cells` are those of a notebook as they were written, `skipped` the (number of the cell, line) that are not carried out.
    """

    file: str
    chunks: tuple[str, ...]
    problem: Message | None = None
    note: Message | None = None
    cells: tuple[Cell, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()

    @property
    def module(self) -> str:
        """The name it is imported under."""
        return PurePosixPath(self.file).stem

    @cached_property
    def trees(self) -> list[list[ast.stmt]]:
        """The statements of each chunk."""
        return [_statements(chunk) for chunk in self.chunks]

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of every chunk, in order."""
        return tuple(node for chunk in self.trees for statement in chunk for node in walked(statement))

    @cached_property
    def imported(self) -> frozenset[str]:
        """The last parts of the modules that it imports, or of the files that it runs."""
        imports = [node for node in self.nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        names = [alias.name for node in imports for alias in node.names]
        names += [node.module or "" for node in imports if isinstance(node, ast.ImportFrom)]
        return frozenset(name.rsplit(".", 1)[-1] for name in names) | {PurePosixPath(one).stem for one in self._run}

    @property
    def _run(self) -> list[str]:
        """The Python files that are named where something is called: %run common.py, exec(open("common.py").read())."""
        given = [one for call in self.nodes if isinstance(call, ast.Call) for one in call.args]
        said = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        return [word for text in said for word in text.split() if word.endswith(".py")]


def sources(files: Mapping[str, bytes]) -> list[Source]:
    """Every script and notebook, sorted by path."""
    wanted = [path for path in files if path.lower().endswith(SOURCES)]
    left, read = MOST_SOURCES, []
    for path in sorted(wanted, key=importance):
        source = _source(path, files[path])
        size = sum(map(len, source.chunks))
        if size > min(MOST_SOURCE, left):
            source, size = Source(path, (), say("there is too much code in it")), 0
        left -= size
        read.append(source)
    return sorted(read, key=lambda source: source.file)


def _source(path: str, content: bytes) -> Source:
    if not path.lower().endswith(".ipynb"):
        return _script(path, text(content))
    try:
        written, note = cells(content)
    except NotANotebookError as error:
        return Source(path, (), error.reason)
    read = [plain(cell.text) for cell in written if cell.kind == "code"]
    skipped = [(number, line) for number, (_, lines) in enumerate(read, start=1) for line in lines]
    spelled = [_mended(chunk) for chunk, _ in read]
    told = next((one for _, one in spelled if one), note)
    chunks = tuple(chunk for chunk, _ in spelled)
    return Source(path, chunks, note=note or told, cells=tuple(written), skipped=tuple(skipped))


def _mended(chunk: str) -> tuple[str, Message | None]:
    return (chunk, None) if len(chunk) > MOST_SOURCE or _parsed(chunk) is not None else mended(chunk)


def _script(path: str, written: str) -> Source:
    """A script is one chunk, unless Python refuses it as a whole."""
    if len(written) > MOST_SOURCE or _parsed(written) is not None:
        return Source(path, (written,))
    spelled, told = mended(written)
    return Source(path, (spelled,), note=told) if told else Source(path, tuple(readable_parts(written)))


def _statements(chunk: str) -> list[ast.stmt]:
    return list(_flat(_parsed(chunk) or ()))


@lru_cache(maxsize=64)
def _parsed(chunk: str) -> list[ast.stmt] | None:
    """What Python reads in it; None where it refuses it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(chunk).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


@lru_cache(maxsize=4096)
def walked(node: ast.AST) -> tuple[ast.AST, ...]:
    """A node and all below it. Many questions are put to the same trees."""
    return tuple(ast.walk(node))


def _flat(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements at top level, those inside `if` and `try` included."""
    for statement in statements:
        yield statement
        if isinstance(statement, ast.If | ast.Try):
            yield from _flat([*statement.body, *statement.orelse])
