"""The program as it runs once more, with gradients of autograd scaled: its optimizers, its figure, its table, its gradients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graders.laws.backprop import Array, Net
from graders.observe.outcome import Outcome
from graders.observe.ran import Ran, Rerun
from graders.observe.repaired import Repaired

from .conventions import NAMES
from .declared import FACTOR

PROGRAM = Rerun(
    names=("W1", "b1", "W2", "b2", "manual_gradients"),
    watched=("train_with_optimizer",),
    label="scaled",
    seconds=180,
    observe=("learning",),
    factor=FACTOR,
)
# What returns nothing ends the program before it draws.
WITH_LOSSES = Repaired(
    PROGRAM, replace(PROGRAM, label="with losses", ours={"train_with_optimizer": ("journal", {"count": 100})})
)
PLAIN = Ran(names=("W1", "b1", "W2", "b2"), seconds=180)
AUTO = re.compile(r"auto|torch|(?<![a-z])ag(?![a-z])|(?<![a-z])pt(?![a-z])|_ref|numer", re.IGNORECASE)
BY_HAND = re.compile(r"man|main|hand|grad", re.IGNORECASE)
MOST = 12


@dataclass(frozen=True, eq=False)
class Written:
    """Gradients that a program left, and the net they belong to."""

    net: Net
    found: Sequence[Array | None]


def flattened(values: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, Array]]:
    """Every array by its path: of dicts, and of objects."""
    for name, value in values.items():
        path = f"{prefix}.{name}" if prefix else name
        if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.ndim:
            yield path, value
        elif isinstance(value, Mapping) and path.count(".") < 3:
            inside = value.get("object", value)
            if isinstance(inside, Mapping):
                yield from flattened(inside, path)


def written(outcome: object) -> list[Written]:
    """The gradients that a program computed at its top level, with each data that they may belong to."""
    if not isinstance(outcome, Outcome):
        return []
    arrays = list(flattened(outcome.values()))
    found = [first(arrays, name, gradient=True) for name in NAMES]
    weights = [first(arrays, name, gradient=False) for name in NAMES]
    if all(one is None for one in found) or any(one is None for one in weights):
        return []
    W1, b1, W2, b2 = (np.asarray(one, float) for one in weights)
    tables = list(_both_ways(one for _, one in arrays))
    nets = []
    for X in (one for one in tables if one.ndim == 2):
        for y in _targets(tables, X):
            nets += _nets(X.astype(float), y, (W1, b1.reshape(-1), W2, b2.reshape(-1)), found)
    return nets[: 4 * MOST]


def first(arrays: Sequence[tuple[str, Array]], name: str, *, gradient: bool) -> Array | None:
    """The array that is this weight, or its gradient by hand."""
    return next((one for path, one in arrays if _means(path, name, gradient=gradient)), None)


def _means(path: str, name: str, *, gradient: bool) -> bool:
    *holders, last = re.sub(r"[\s]", "", path).split(".")
    plain = re.sub(r"[^a-z0-9]", "", last.lower())
    itself = plain in (
        name.lower(),
        f"weights{name[-1]}" if name[0] == "W" else f"bias{name[-1]}",
        f"{'poids' if name[0] == 'W' else 'biais'}{name[-1]}",
    )
    if AUTO.search(path):
        return False
    of_gradients = any(BY_HAND.search(one) for one in holders)
    if not gradient:
        return itself and not of_gradients
    core = re.sub(r"^(man(ual|uel)?|hand|my)|(man(ual|uel)?|main|hand|np|calc)$", "", plain)
    spelled = {
        f"{start}{name.lower()}"
        for start in ("d", "g", "grad", "gradient", "dl", "dld", "dlossd", "delta", "dj", "djd")
    }
    return core in spelled | {f"{name.lower()}{end}" for end in ("grad", "gradient", "d")} or (itself and of_gradients)


def _both_ways(arrays: Iterable[Array]) -> Iterator[Array]:
    """As they are, then turned: an example may be a column."""
    found = list(arrays)
    yield from found
    yield from (one.T for one in found if one.ndim == 2)


def _targets(tables: Sequence[Array], X: Array) -> Iterator[Array]:
    """Class numbers that may go with X: as they are, or one-hot."""
    found = []
    for one in tables:
        if len(one) == len(X) and one.dtype.kind in "iu" and one.squeeze().ndim == 1:
            found.append(one.reshape(-1))
        elif (
            len(one) == len(X)
            and one.ndim == 2
            and one.shape[1] > 1
            and np.isin(one, (0, 1)).all()
            and (one.sum(axis=1) == 1).all()
        ):
            found.append(one.argmax(axis=1))
        elif len(one) == len(X) and one.ndim == 1 and np.equal(np.mod(one, 1), 0).all():
            found.append(one)
    return iter([one.astype(int) for one in found[:MOST]])


def _nets(
    X: Array, y: Array, weights: tuple[Array, Array, Array, Array], found: Sequence[Array | None]
) -> Iterator[Written]:
    """The net with weights turned to rows, where their shapes allow it."""
    W1, b1, W2, b2 = weights
    for turned in (False, True):
        first, second = (W1.T, W2.T) if turned else (W1, W2)
        fits = first.shape == (X.shape[1], len(b1)) and second.shape == (len(b1), len(b2))
        if fits and y.min() >= 0 and y.max() < len(b2) > 1:
            parts = [None if one is None else np.asarray(one, float) for one in found]
            yield Written(
                Net(X, y, first, b1, second, b2),
                [part if part is None or part.ndim < 2 or not turned else part.T for part in parts],
            )
