"""How alike two submissions of a class are, from their prints. Pure.

A print weighs the more, the fewer have it: ln((n + 1) / those who have it). Likeness is the weight of what two share over the
weight of the smaller one: a copy within a longer work is a copy. Below LEAST prints there is nothing to tell a copy by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from graders.similar import ALIKE

LEAST_WEIGHT = 12.0
# What half of a class shares is not worth comparing.
MANY, CROWD = 0.5, 10


class Pair(NamedTuple):
    """Two submissions, by name, and how alike they are, from 0 to 1."""

    one: str
    other: str
    alike: float


def pairs(
    prints: Mapping[str, frozenset[int]], given: frozenset[int] = frozenset(), least: float = ALIKE
) -> list[Pair]:
    """Everybody with everybody; what was handed out counts for nothing. The most alike first."""
    names = list(prints)
    table = _table([prints[name] - given for name in names])
    if table is None:
        return []
    shared = _shared(table)
    own = shared.diagonal()
    smaller = np.minimum.outer(own, own)
    with np.errstate(invalid="ignore"):
        alike = np.where(smaller >= LEAST_WEIGHT, shared / smaller, 0.0)
    rows, columns = np.nonzero(np.triu(alike >= least, 1))
    found = [
        Pair(names[row], names[column], round(float(alike[row, column]), 4))
        for row, column in zip(rows, columns, strict=True)
    ]
    return sorted(found, key=lambda pair: (-pair.alike, pair.one, pair.other))


def _table(rows: Sequence[frozenset[int]]) -> csr_array | None:
    """Submissions × prints, 1 where it has it; None where there is nothing at all."""
    if not any(rows):
        return None
    all_prints, inverse = np.unique(np.concatenate([_array(row) for row in rows]), return_inverse=True)
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return csr_array((np.ones(len(owners)), (owners, inverse)), shape=(len(rows), len(all_prints)))


def _array(row: frozenset[int]) -> NDArray[np.uint64]:
    return np.fromiter(row, np.uint64, len(row))


def _shared(table: csr_array) -> NDArray[np.float64]:
    """The weight of what each two share; on the diagonal, of what each has."""
    count = table.shape[0]
    having = np.asarray(table.sum(axis=0)).ravel()
    weights = np.log((count + 1) / having)
    if count >= CROWD:
        weights[having > MANY * count] = 0.0
    kept = np.nonzero(weights)[0]
    weighed = table[:, kept] * np.sqrt(weights[kept])
    return np.asarray((weighed @ weighed.T).todense())


def clusters(found: Sequence[Pair]) -> list[list[str]]:
    """Who is connected by pairs, the most alike first."""
    names = list(dict.fromkeys(name for pair in found for name in (pair.one, pair.other)))
    place = {name: number for number, name in enumerate(names)}
    graph = np.zeros((len(names), len(names)))
    for pair in found:
        graph[place[pair.one], place[pair.other]] = 1
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[str]] = {}
    for name, label in zip(names, labels, strict=True):
        groups.setdefault(int(label), []).append(name)
    return list(groups.values())
