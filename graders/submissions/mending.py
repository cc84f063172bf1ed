"""Source that Python refuses as a whole: mended where nothing but its spelling is wrong, else cut into what can be read."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence

from graders.language import Message, say

# What goes on with the statement before it, though it begins a line.
GOES_ON = re.compile(r"[)\]}#]|(else|elif|except|finally|case)\b")
TYPOGRAPHY = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u200b": ""}
)
PRINT = re.compile(r"(?m)^([^\S\n]*)print[^\S\n]+(?![=(])([^#\n]+?)[^\S\n]*$")
MOST_JOINED, MOST_BLOCKS = 40, 2_000


def parses(text: str) -> bool:
    """Whether Python reads it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def mended(text: str) -> tuple[str, Message | None]:
    """The same text in a spelling that Python reads, and what was wrong with it; else the text as it is."""
    for spelling, told in (
        (text.expandtabs(8), say("tabs and spaces are mixed in its indentation")),
        (text.expandtabs(4), say("tabs and spaces are mixed in its indentation")),
        (text.translate(TYPOGRAPHY), say("it holds quotes or spaces of a word processor, which Python refuses")),
        (PRINT.sub(r"\1print(\2)", text), say("it prints as Python 2 did")),
    ):
        if spelling != text and parses(spelling):
            return spelling, told
    return text, None


def readable_parts(text: str) -> Iterator[str]:
    """The statements at top level one by one, each behind as many empty lines as stood before it; what Python refuses too."""
    blocks = list(_blocks(text.split("\n")))[:MOST_BLOCKS]
    place = 0
    while place < len(blocks):
        many = _whole(blocks[place:])
        start = blocks[place][0]
        yield "\n" * start + "\n".join(line for _, lines in blocks[place : place + many] for line in lines)
        place += many


def _whole(blocks: Sequence[tuple[int, list[str]]]) -> int:
    """How many blocks make up one that Python reads: a text in quotes may begin lines of its own. One where none does."""
    lines: list[str] = []
    for count, (_, more) in enumerate(blocks[:MOST_JOINED], start=1):
        lines += more
        if parses("\n".join(lines)):
            return count
    return 1


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """(lines before it, its lines): from one line that begins at the margin to the next."""
    start, block = 0, list[str]()
    for number, line in enumerate(lines):
        begins = line[:1].strip() and not GOES_ON.match(line) and not (block and block[-1].startswith("@"))
        if begins and block:
            yield start, block
            start, block = number, []
        block.append(line)
    if block:
        yield start, block
