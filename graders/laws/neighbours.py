"""Which rows of two large arrays point the same way, found through random projections; a caller verifies them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graders.laws.invariance import Integers, Units

Projected = NDArray[np.float32]

# A cosine is estimated within (1 - cos²) / √256 (Johnson and Lindenstrauss), so that equal rows keep theirs, 1, while
# unrelated ones reach 0.7 once in 1e28 pairs.
DIMENSIONS = 256
ALIKE = 0.7
# Of the rows that look alike, the nearest ones are enough, since equal rows were put together before.
MOST = 8
CHUNK = 1000


@cache
def projection(width: int) -> Projected:
    """A fixed (width, DIMENSIONS) matrix of independent normal numbers."""
    return np.random.default_rng(0).standard_normal((width, DIMENSIONS), dtype=np.float32)


def candidates(a: Units, b: Units) -> Integers:
    """Pairs (k, 2) of row indices of two projected sets, whose mean correlation over their groups looks high.

    The mean is taken over the fewer groups of the two: what rounding silenced on one side says nothing.
    """
    found = [pairs + np.array([start, 0]) for start, pairs in _by_chunk(a, b)]
    return np.concatenate([np.empty((0, 2), np.intp), *found])


def _by_chunk(a: Units, b: Units) -> Iterator[tuple[int, Integers]]:
    (from_a, groups_a), (from_b, groups_b) = _scaled(a), _scaled(b)
    for start in range(0, len(from_a), CHUNK):
        part = slice(start, start + CHUNK)
        more = np.divide.outer(groups_a[part], groups_b)
        yield start, _nearest(from_a[part] @ from_b.T * np.maximum(more, 1 / more))


def _scaled(projected: Units) -> tuple[Projected, Projected]:
    """Rows (n, DIMENSIONS) of norm 1, or zero, and the square roots (n,) of their numbers of groups."""
    norm = np.linalg.norm(projected.rows, axis=1, keepdims=True)
    rows = np.divide(projected.rows, norm, out=np.zeros_like(projected.rows), where=norm > 0)
    return rows, np.sqrt(np.maximum(projected.kept, 1)).astype(np.float32)


def _nearest(similarity: Projected) -> Integers:
    """Pairs (k, 2): for each row the MOST largest entries, among those above ALIKE."""
    rows = np.flatnonzero((similarity > ALIKE).any(axis=1))
    most = min(MOST, similarity.shape[1])
    columns = np.argpartition(similarity[rows], -most, axis=1)[:, similarity.shape[1] - most :]
    pairs = np.column_stack([np.repeat(rows, most), columns.ravel()])
    return pairs[similarity[pairs[:, 0], pairs[:, 1]] > ALIKE]
