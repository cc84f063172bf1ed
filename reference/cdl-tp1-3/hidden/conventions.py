"""The ways in which a network of one hidden layer is written down, and gradients read back from each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from graders.laws.backprop import Array, Net
from graders.observe.values import array

NAMES = ("W1", "b1", "W2", "b2")
# As they are called as well: those of the hidden layer, and those that lead to y.
OTHERS = {"W1": "Wh", "b1": "bh", "W2": "Wy", "b2": "by"}
WRITTEN = (
    ("vectors", "rows"),
    ("vectors", "outputs"),
    ("rows", "rows"),
    ("rows", "outputs"),
    ("columns", "columns"),
    ("columns", "outputs"),
)


@dataclass(frozen=True)
class Convention:
    """`layout` of weights: X @ W (rows), X @ W.T (outputs), W @ X (columns); `targets` as class numbers or one-hot rows;
    biases as vectors, or as matrices of one row or of one column; arrays of NumPy or tensors, of 64 or 32 bits."""

    layout: Literal["rows", "outputs", "columns"]
    targets: Literal["numbers", "one-hot"]
    biases: Literal["vectors", "rows", "columns"]
    form: Literal["numpy", "torch", "floats"]

    def given(self, net: Net) -> dict[str, Array]:
        """The net as it is written in this convention."""
        across = self.layout == "columns"
        y = net.y if self.targets == "numbers" else np.eye(len(net.b2))[net.y]
        weights = (net.W1, net.W2) if self.layout == "rows" else (net.W1.T, net.W2.T)
        biases = tuple(self._bias(one) for one in (net.b1, net.b2))
        X = net.X.T if across else net.X
        y = y.T if across and y.ndim > 1 else y
        values = {"X": X, "y": y, "W1": weights[0], "b1": biases[0], "W2": weights[1], "b2": biases[1]}
        return {name: self._sized(np.ascontiguousarray(one)) for name, one in values.items()}

    def _bias(self, one: Array) -> Array:
        return {"vectors": one, "rows": one[None, :], "columns": one[:, None]}[self.biases]

    def _sized(self, one: Array) -> Array:
        return one.astype(np.float32) if self.form == "floats" and one.dtype == np.float64 else one

    def read(self, result: object, net: Net) -> list[Array | None] | None:
        """The gradients of W1, b1, W2, b2 in the shapes of the net; None for one that is not there, or for everything."""
        found = _named(result) if isinstance(result, Mapping) else _ordered(result, self.given(net))
        return None if found is None else [self._back(one) for one in found]

    def _back(self, one: Array | None) -> Array | None:
        """As it would be in rows."""
        return one if one is None or self.layout == "rows" or one.ndim < 2 else one.T


def conventions() -> Iterator[Convention]:
    """All of them, the usual ones first."""
    for form, targets, (biases, layout) in product(("numpy", "torch", "floats"), ("numbers", "one-hot"), WRITTEN):
        yield Convention(layout, targets, biases, form)  # type: ignore[arg-type]  # product forgets literals


def _named(result: Mapping[str, object]) -> list[Array | None] | None:
    """By keys: "W1", "dW1", "grad_W1"."""
    found: list[Array | None] = []
    for name in NAMES:
        ends = (name.lower(), OTHERS[name].lower())
        keys = [key for key in result if re.sub(r"[^a-z0-9]", "", key.lower()).endswith(ends)]
        one = array(result[keys[0]]) if keys else None
        found.append(one.astype(float) if isinstance(one, np.ndarray) else None)
    return found if any(one is not None for one in found) else None


def _ordered(result: object, given: Mapping[str, Array]) -> list[Array | None] | None:
    """By place; where more came back, or in another order, by their shapes."""
    parts = [result] if isinstance(result, np.ndarray) else result
    if not isinstance(parts, list):
        return None
    flat = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    arrays = [one.astype(float) for one in flat if isinstance(one, np.ndarray) and one.dtype.kind in "fiu"]
    shapes = [_shape(given[name]) for name in NAMES]
    by_shape = [next((one for one in arrays if _shape(one) == shape), None) for shape in shapes]
    if len(arrays) < len(NAMES) or (len(set(shapes)) == len(NAMES) and all(one is not None for one in by_shape)):
        return by_shape if any(one is not None for one in by_shape) else None
    return list(arrays[: len(NAMES)])


def _shape(one: Array) -> Sequence[int]:
    return tuple(size for size in one.shape if size != 1)
