"""Numbers in printed text that stand in brackets: lists and arrays as Python shows them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?!\w)", re.IGNORECASE)
MOST_TEXT = 200_000


def groups(text: str) -> Iterator[list[float]]:
    """The numbers of each outermost pair of brackets, in order: [[1 2]\\n [3 4]] is 1, 2, 3, 4."""
    depth, start = 0, 0
    for place, letter in enumerate(text[:MOST_TEXT]):
        if letter == "[":
            start = place if depth == 0 else start
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
            if depth == 0:
                yield [float(one) for one in NUMBER.findall(text[start : place + 1])]


def shows(text: str, values: Sequence[float] | np.ndarray) -> bool:
    """Whether a text shows these numbers in brackets, in this order."""
    wanted = np.asarray(values, dtype=float).reshape(-1)
    return any(len(one) == len(wanted) and np.allclose(one, wanted, atol=1e-6) for one in groups(text))


def numbers(value: object) -> np.ndarray | None:
    """A list or an array of real numbers as float64, whatever its shape; None for anything else."""
    if not isinstance(value, list | np.ndarray):
        return None
    try:
        made = np.asarray(value)
    except ValueError:
        return None
    return made.astype(float) if made.dtype.kind in "biuf" and made.size else None
