"""What a student wrote, to be read by people or compared: sources cell by cell, then what is written in words; bounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graders.report.clean import visible
from graders.submissions.encoding import text
from graders.submissions.source import Source, sources

MOST_LETTERS = 200_000
WORDS = (".md", ".txt", ".rst", ".tex")


class Part(NamedTuple):
    """A cell, or a whole file; `kind` is code or text."""

    kind: str
    text: str


class Written(NamedTuple):
    """One file."""

    file: str
    parts: Sequence[Part]


def written(files: Mapping[str, bytes], first: Sequence[str] = ()) -> list[Written]:
    """These sources first, then the others, then words."""
    read = sorted(sources(files), key=lambda source: source.file not in first)
    words = sorted(path for path in files if path.lower().endswith(WORDS))
    found = [Written(source.file, list(_bounded(_of_source(source, files)))) for source in read]
    return found + [Written(path, list(_bounded([Part("text", text(files[path]))]))) for path in words]


def _of_source(source: Source, files: Mapping[str, bytes]) -> list[Part]:
    """As it was written, not as it is read."""
    if source.cells:
        return [Part(cell.kind, cell.text) for cell in source.cells]
    return [Part("code", text(files[source.file]))]


def _bounded(parts: Sequence[Part]) -> Iterator[Part]:
    left = MOST_LETTERS
    for part in parts:
        yield Part(part.kind, visible(part.text[:left].expandtabs(4)).rstrip("\n"))
        left = max(left - len(part.text), 0)
