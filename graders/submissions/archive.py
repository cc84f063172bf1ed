"""Read a zip as hostile: names are checked, sizes are counted and not believed, nothing is extracted to disk."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from graders.language import Message, say

MOST_ENTRIES = 5_000
MOST_TOTAL = 200 * 2**20


def entries(path: Path, most: int, notes: list[Message]) -> Iterator[tuple[str, bytes | None]]:
    """(name, content) of each regular file; content is None where it is larger than `most` bytes."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _safe(archive, most, notes)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        notes.append(say("{path} cannot be read as a zip: {problem}", path=path.name, problem=str(error)[:200]))


def _safe(archive: zipfile.ZipFile, most: int, notes: list[Message]) -> Iterator[tuple[str, bytes | None]]:
    left = MOST_TOTAL
    for entry in archive.infolist()[:MOST_ENTRIES]:
        name = _safe_name(entry)
        if name is None:
            notes.append(say("{path} in the zip was left out: its name or kind is not safe.", path=entry.filename[:200]))
        elif not entry.is_dir():
            with archive.open(entry) as file:
                content = file.read(min(most, left) + 1)
            left -= len(content)
            yield name, content if len(content) <= most and left >= 0 else None


def _safe_name(entry: zipfile.ZipInfo) -> str | None:
    parts = entry.filename.replace("\\", "/").split("/")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    odd = any(part == ".." or "\0" in part for part in parts) or ":" in parts[0] or entry.filename.startswith("/")
    return None if odd or kind not in (0, stat.S_IFREG, stat.S_IFDIR) else "/".join(part for part in parts if part != ".")
