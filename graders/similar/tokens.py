"""What was written as tokens: names that a student chooses are all alike, and so are strings and numbers; words stay words.

Commas and parentheses are left out: what only lays code out, a copy changes for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graders.submissions.written import Part, Written

TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*)"
    r"|(?P<string>[rbfuRBFU]{0,2}(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<own>self\s*\.\s*[^\W\d]\w*)"
    r"|(?P<attribute>\.\s*[^\W\d]\w*)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>[^\s\w(),;\\])"
)
WORD = re.compile(r"[^\W\d_]{2,}")
KEPT = frozenset(
    "and as assert async await break class continue def del elif else except finally for from global if import in is "
    "lambda nonlocal not or pass raise return try while with yield None True False range len enumerate zip print sum "
    "min max abs super list dict tuple set int float str sorted isinstance map any all".split()
)
# A run of this many tokens is told from others.
LEAST = 16
DEFINING = frozenset(("def", "class"))
ALIKE = {"string": "S", "number": "0", "own": "self.N"}


class Place(NamedTuple):
    """Where a token stands, all counted from 1."""

    file: int
    part: int
    line: int


class Token(NamedTuple):
    """What it counts as, and where."""

    text: str
    place: Place


def code_tokens(files: Sequence[Written]) -> Iterator[list[Token]]:
    """Each function by itself, wherever it stands, and what is between them: their order counts for nothing.

    What is too short to be told from others stays with what follows. Comments and what is only a string are no code.
    """
    for number, file in enumerate(files, start=1):
        piece = list[Token]()
        for place, part in _parts(file, "code"):
            for begins, token in _code(part.text, (number, place)):
                if begins and len(piece) >= LEAST:
                    yield piece
                    piece = []
                piece.append(token)
        yield piece


def word_tokens(files: Sequence[Written]) -> Iterator[list[Token]]:
    """What is written in words: each text cell and file, and the comments of each part."""
    for number, file in enumerate(files, start=1):
        for place, part in enumerate(file.parts, start=1):
            yield list(_words(part, (number, place)))


def _parts(file: Written, kind: str) -> Iterator[tuple[int, Part]]:
    return ((place, part) for place, part in enumerate(file.parts, start=1) if part.kind == kind)


def _code(text: str, place: tuple[int, int]) -> Iterator[tuple[bool, Token]]:
    """The tokens, and whether one begins a definition, or what comes after one."""
    within = False
    for kind, found, line, indented in _found(text):
        if kind != "comment" and not (kind == "string" and '"""' in found):
            begins = found in DEFINING
            ends = within and not indented
            within = begins or (within and not ends)
            yield begins or ends, Token(_counted(kind, found), Place(*place, line))


def _found(text: str) -> Iterator[tuple[str, str, int, bool]]:
    """Kind, text, line, and whether anything stands before it on the line."""
    line, end = 1, 0
    for found in TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        end = found.start()
        yield found.lastgroup or "", found[0], line, end > 0 and text[end - 1] != "\n"


def _counted(kind: str, found: str) -> str:
    if kind == "name":
        return found if found in KEPT else "N"
    return ALIKE.get(kind, found)


def _words(part: Part, place: tuple[int, int]) -> Iterator[Token]:
    if part.kind == "text":
        lines = list(enumerate(part.text.split("\n"), start=1))
    else:
        lines = [(line, found) for kind, found, line, _ in _found(part.text) if kind == "comment" or '"""' in found]
    for line, text in lines:
        yield from (Token(word.casefold(), Place(*place, line)) for word in WORD.findall(text))
