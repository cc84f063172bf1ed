"""Fewer, larger pages for what a template holds: a fork copies a table entry for each page, and its end takes each apart."""

from __future__ import annotations

import ctypes
from pathlib import Path

MADV_COLLAPSE = 25


def collapse() -> None:
    """Let the kernel merge the pages of what this process has in memory of its own, where it can (Linux 6.1 and later)."""
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, permissions, *_, name = [*line.split(maxsplit=5), ""][:6]
        if permissions == "rw-p" and name.strip() in ("", "[heap]"):
            start, end = (int(one, 16) for one in place.split("-"))
            madvise(start, end - start, MADV_COLLAPSE)
