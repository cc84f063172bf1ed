"""A file on the disk is whole, or the one that was there before."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import get_ident

from graders.engine import spare


def write(path: Path, text: str, *, lasting: bool = False, often: bool = False) -> None:
    """The whole file, or the one that was there before; nothing where it is there already.

    A `lasting` one is there also after the machine has lost its power: for what nothing else could make again.
    What is written `often`, for each of a class, keeps its space.
    """
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return
    # Several may write the same file at once.
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        if often:
            spare.take(path, temporary)
        _fill(temporary, content)
        if lasting:
            _onto_disk(temporary)
        (spare.put if often else os.replace)(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    if lasting:
        _onto_disk(path.parent)


def _fill(path: Path, content: bytes) -> None:
    """Write a file, or write over it: its space is not given back first."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(content)
        file.truncate()


def _onto_disk(path: Path) -> None:
    """Wait until the disk has it; a folder can be opened for that where the system has the notion."""
    if path.is_dir() and sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
