"""The space of a file that is replaced is kept, hidden beside it, for the one after it.

A disk that discards what it frees takes a millisecond a file for it, one file after another: two seconds for the pages
of a class of a thousand.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

FOLDER = ".spare"
_HERE, _EXCHANGE = -100, 2


def take(path: Path, into: Path) -> None:
    """Make what was kept of a file before `path` the file `into`; nothing where none was kept.

    Two never get the same. One that has another name too, in a backup of hard links, is not to be written over.
    """
    with suppress(OSError):
        os.rename(path.parent / FOLDER / path.name, into)
        told = into.lstat()
        if told.st_nlink > 1 or not stat.S_ISREG(told.st_mode):
            into.unlink()


def put(new: Path, path: Path) -> None:
    """`new` is at `path` from one moment to the next; what was there is kept, where the system can exchange two names."""
    if not _exchanged(new, path):
        os.replace(new, path)
        return
    kept = path.parent / FOLDER
    kept.mkdir(exist_ok=True)
    os.replace(new, kept / path.name)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two names have changed places: only Linux can, on most of its file systems, where there are two."""
    library = _library()
    return library is not None and library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0


@cache
def _library() -> ctypes.CDLL | None:
    """Where the call is, if the system has it."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "renameat2") else None
