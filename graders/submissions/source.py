"""The source of a submission as chunks of Python: a notebook's cells, a script as a whole."""

from __future__ import annotations

import ast
import codecs
import json
import re
import tokenize
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath

from graders.language import Message, say
from graders.submissions.mending import mended, parses, readable_parts
from graders.submissions.naming import SOURCES, importance

# Parsed code takes a thousand times its length in memory; nobody writes this much for a lab.
MOST_SOURCE, MOST_SOURCES = 500_000, 1_000_000
# What editors save in. Python knows codecs that are none of it, and punycode takes minutes for a file.
ENCODINGS = re.compile(r"utf-?8(-sig)?|(ascii|us-ascii|latin|iso|cp|windows|mac|gb|big5|shift|euc|koi)[-_\w]*")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SKIPPED_CELL = re.compile(r"\s*%%(?!time|capture)")
MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2})$")


@dataclass(frozen=True)
class Source:
    """One file: its chunks (a notebook's cells; a script is one), why it could not be read, if so, and what is to be told."""

    file: str
    chunks: tuple[str, ...]
    problem: Message | None = None
    note: Message | None = None

    @property
    def module(self) -> str:
        """The name it is imported under."""
        return PurePosixPath(self.file).stem


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
        return Source(path, tuple(_cells(content)))
    except UnicodeDecodeError:
        return Source(path, (), say("it is no notebook: it is not text in UTF-8"))
    except (ValueError, RecursionError):
        return Source(path, (), say("it is no notebook: its JSON is damaged"))
    except (TypeError, AttributeError, KeyError):
        return Source(path, (), say("it is no notebook: it has no cells"))


def _script(path: str, written: str) -> Source:
    """A script is one chunk, unless Python refuses it as a whole."""
    if len(written) > MOST_SOURCE or parses(written):
        return Source(path, (written,))
    spelled, told = mended(written)
    return Source(path, (spelled,), note=told) if told else Source(path, tuple(readable_parts(written)))


def text(content: bytes) -> str:
    """Source text in the encoding that it declares, else UTF-8, else Latin-1; line ends as Python has them."""
    try:
        decoded = content.decode("utf-16" if content.startswith(UTF_16) else _declared(content))
    except (SyntaxError, ValueError, LookupError):
        decoded = content.decode("latin-1")
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _declared(content: bytes) -> str:
    encoding, _ = tokenize.detect_encoding(BytesIO(content).readline)
    return encoding if ENCODINGS.fullmatch(encoding.lower()) else "utf-8"


def _cells(content: bytes) -> Iterator[str]:
    notebook = json.loads(content)
    cells = (
        notebook["cells"]
        if "cells" in notebook
        else [cell for sheet in notebook["worksheets"] for cell in sheet["cells"]]
    )
    for cell in cells:
        if cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            yield without_magics("".join(source))


def without_magics(cell: str) -> str:
    """A cell as plain Python: lines for the shell or for IPython do nothing. A cell that is Python stays as it is."""
    if SKIPPED_CELL.match(cell):
        return ""
    if _statements(cell):
        return cell
    return "\n".join(MAGIC.sub(r"\1pass", line) for line in cell.split("\n"))


def trees(source: Source) -> list[list[ast.stmt]]:
    """The statements of each chunk."""
    return [_statements(chunk) for chunk in source.chunks]


@lru_cache(maxsize=64)
def _statements(chunk: str) -> list[ast.stmt]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_flat(ast.parse(chunk).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _flat(statements: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements at top level, those inside `if` and `try` included."""
    for statement in statements:
        yield statement
        if isinstance(statement, ast.If | ast.Try):
            yield from _flat([*statement.body, *statement.orelse])
