"""Fewer pages that a child writes to: what it makes is not put into the holes among what a template holds.

Python gives small objects the places that others of about their size left, wherever these are. After the imports there are
ten thousands of them on thousands of pages, and the kernel copies a page for a child that writes to it.
"""

from __future__ import annotations

SIZES = range(48, 513, 16)
# So many bytes of each size: more than the holes have.
ENOUGH = 400_000
EMPTY = b"".__sizeof__()

_filling: list[object] = []


def fill() -> None:
    """Fill them, for ever; new objects are then put side by side."""
    _filling.extend(float(number) for number in range(ENOUGH // 32))
    _filling.extend(bytes(size - EMPTY) for size in SIZES for _ in range(ENOUGH // size))
