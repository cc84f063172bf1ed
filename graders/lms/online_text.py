"""A text that a student typed into a platform's page: the HTML it was stored as, and what it says.

It may be an answer in words, and it may be a program that was pasted.
"""

from __future__ import annotations

import ast
import io
from functools import partial
from html.parser import HTMLParser

from graders.submissions.archive import MOST_FILE, Found
from graders.submissions.encoding import text

BREAKS = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 pre blockquote ul ol table".split())
UNSEEN = frozenset("head script style title".split())
NAME = "online_text"
DEFINING = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign)


class _Reader(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag in BREAKS and self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")
        if tag == "a":
            self.pieces += [f" {address} " for name, address in attrs if name == "href" and address]

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(self.unseen - (tag in UNSEEN), 0)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(data)


def words(html: str) -> str:
    """The text of a page, line by line; no-break spaces, which editors put for indentation, are spaces."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.pieces).replace("\xa0", " ").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def is_program(said: str) -> bool:
    """Whether it is Python that defines something; one line of words may be Python by chance."""
    try:
        body = ast.parse(said).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(isinstance(statement, DEFINING) for statement in body)


def retold(page: Found, *, may_be_code: bool) -> list[Found]:
    """The page once more as a text file, or as the program that it is; nothing where it says nothing."""
    with page.open() as file:
        said = words(text(file.read(MOST_FILE)))
    if not said.strip():
        return []
    content = said.encode()
    ending = ".py" if may_be_code and is_program(said) else ".txt"
    return [Found(NAME + ending, len(content), partial(io.BytesIO, content))]
