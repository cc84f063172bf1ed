"""The source of a submission as chunks of Python, and what each chunk defines, found in the tree without running it."""

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
from typing import Literal

from graders.language import Message, say
from graders.submissions.naming import SOURCES, importance

# Parsed code takes a thousand times its length in memory; nobody writes this much for a lab.
MOST_SOURCE, MOST_SOURCES = 500_000, 1_000_000
# What editors save in. Python knows codecs that are none of it, and punycode takes minutes for a file.
ENCODINGS = re.compile(r"utf-?8(-sig)?|(ascii|us-ascii|latin|iso|cp|windows|mac|gb|big5|shift|euc|koi)[-_\w]*")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SKIPPED_CELL = re.compile(r"\s*%%(?!time|capture)")
MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2})$")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a signature."""

    name: str
    required: bool
    keyword_only: bool = False


@dataclass(frozen=True)
class Definition:
    """A function or a class where it stands; `bases` are the last names of what a class is made from."""

    name: str
    kind: Literal["function", "class"]
    file: str
    line: int
    parameters: tuple[Parameter, ...]
    bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """One file: its chunks (a notebook's cells; a script is one), and why it could not be read, if so."""

    file: str
    chunks: tuple[str, ...]
    problem: Message | None = None

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
        return Source(path, (text(content),))
    try:
        return Source(path, tuple(_cells(content)))
    except UnicodeDecodeError:
        return Source(path, (), say("it is no notebook: it is not text in UTF-8"))
    except (ValueError, RecursionError):
        return Source(path, (), say("it is no notebook: its JSON is damaged"))
    except (TypeError, AttributeError, KeyError):
        return Source(path, (), say("it is no notebook: it has no cells"))


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


def definitions(source: Source) -> Iterator[Definition]:
    """What the chunks define at their top level, in order; a chunk that does not parse defines nothing."""
    for chunk in source.chunks:
        for node in _statements(chunk):
            if definition := _definition(node, source.file):
                yield definition


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


def _definition(node: ast.stmt, file: str) -> Definition | None:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Definition(node.name, "function", file, node.lineno, _parameters(node.args))
    if isinstance(node, ast.ClassDef):
        init = next((n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
        taken = _parameters(init.args)[1:] if init else ()
        return Definition(node.name, "class", file, node.lineno, taken, tuple(_last_name(base) for base in node.bases))
    return None


def _last_name(base: ast.expr) -> str:
    """Module of torch.nn.Module; nothing of what is no name."""
    return base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    names = [*arguments.posonlyargs, *arguments.args]
    required = len(names) - len(arguments.defaults)
    positional = [Parameter(one.arg, place < required) for place, one in enumerate(names)]
    keywords = [
        Parameter(one.arg, default is None, keyword_only=True)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return (*positional, *keywords)
