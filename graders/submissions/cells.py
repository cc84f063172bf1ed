"""The cells of a notebook, of format 3 or 4, as they were written. JSON that editors and downloads damage is mended."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graders.language import Message, say

# A comma before a closing bracket; strings are matched first, so that nothing inside one is a comma.
TRAILING = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])')
FIRST_CELL = re.compile(r'"cells"\s*:\s*\[')
SEPARATOR = re.compile(r"[\s,]*")
MARKERS = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """What a student wrote in one cell."""

    kind: Literal["code", "text"]
    text: str


class NotANotebookError(Exception):
    """The content is no notebook; the reason can be told."""

    def __init__(self, reason: Message) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


def cells(content: bytes) -> tuple[list[Cell], Message | None]:
    """The cells, and what had to be mended. NotANotebookError where there are none to be found."""
    try:
        written = content.decode(json.detect_encoding(content)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotANotebookError(say("it is no notebook: it is not text in UTF-8")) from error
    try:
        notebook, note = _read(written)
        return list(_cells(notebook)), note
    except (ValueError, RecursionError) as error:
        conflict = say("it is no notebook: it holds the marks of a merge conflict (<<<<<<<)")
        damaged = say("it is no notebook: its JSON is damaged")
        raise NotANotebookError(conflict if MARKERS.search(written) else damaged) from error
    except (TypeError, AttributeError, KeyError) as error:
        raise NotANotebookError(say("it is no notebook: it has no cells")) from error


def _read(written: str) -> tuple[Any, Message | None]:
    try:
        return json.loads(written), None
    except ValueError:
        mended = TRAILING.sub(lambda found: found[1] or "", written)
    try:
        return json.loads(mended, strict=False), say("its JSON was damaged, and could be mended")
    except ValueError:
        whole = list(_whole_cells(mended))
        if not whole:
            raise
    return {"cells": whole}, say("its JSON is damaged: {count} cells before the damage were read", count=len(whole))


def _whole_cells(written: str) -> Iterator[Any]:
    """The cells before the place where a file was cut."""
    start = FIRST_CELL.search(written)
    decoder, place = json.JSONDecoder(strict=False), start.end() if start else len(written)
    while place < len(written):
        try:
            cell, place = decoder.raw_decode(written, _after(written, place))
        except ValueError:
            return
        yield cell


def _after(written: str, place: int) -> int:
    separated = SEPARATOR.match(written, place)
    return separated.end() if separated else place


def _cells(notebook: Mapping[str, Any]) -> Iterator[Cell]:
    sheets: Sequence[Mapping[str, Any]] = [notebook] if "cells" in notebook else notebook["worksheets"]
    for cell in (cell for sheet in sheets for cell in sheet["cells"]):
        source = cell.get("source", cell.get("input", ""))
        text = "".join(source).replace("\r\n", "\n").replace("\r", "\n")
        yield Cell("code" if cell.get("cell_type") == "code" else "text", text)
