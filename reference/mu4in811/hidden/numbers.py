"""What was seen, as arrays; and whether two of them are the same up to one positive constant. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graders.observe.observation import Failure
from graders.observe.values import array

Array = NDArray[np.float64]
CLOSE, CLOSE_32 = 1e-6, 1e-3


class Affine(NamedTuple):
    """A layer as its answers show it: x W + b."""

    weight: Array
    bias: Array

    def __call__(self, x: Array) -> Array:
        """Its output."""
        return x @ self.weight + self.bias


def floats(value: object, *shape: int) -> Array | None:
    """An array of numbers, of this shape where one is given; None for anything else."""
    found = array(value) if not isinstance(value, Failure) else value
    if isinstance(found, Failure) or found.dtype.kind not in "biuf":
        return None
    return None if shape and found.shape != shape else np.asarray(found, float)


def affine(value: object, n_in: int, n_out: int) -> Affine | None:
    """What `protocol.weights` saw."""
    found = floats(value, n_in + 1, n_out)
    return None if found is None else Affine(found[1:] - found[0], found[0])


def close(value: object) -> float:
    """How near is equal, for what was computed in this precision."""
    single = isinstance(value, np.ndarray) and value.dtype in (np.float32, np.float16)
    return CLOSE_32 if single else CLOSE


def same(found: Array | None, expected: Array, tolerance: float = CLOSE) -> bool:
    """Whether they are equal."""
    if found is None or found.shape != expected.shape or not np.isfinite(found).all():
        return False
    return bool(np.abs(found - expected).max(initial=0) <= tolerance * (1 + np.abs(expected).max(initial=0)))


def factor(found: Array | None, expected: Array, tolerance: float = CLOSE) -> float | None:
    """The one number by which `expected` must be multiplied to give what was found; None where there is none."""
    if found is None or found.shape != expected.shape or not np.isfinite(found).all():
        return None
    scale = float((found * expected).sum() / max(float((expected**2).sum()), 1e-300))
    return (
        scale
        if np.abs(found - scale * expected).max() <= tolerance * max(abs(scale), 1e-12) * _size(expected)
        else None
    )


def _size(expected: Array) -> float:
    return float(np.abs(expected).max(initial=0)) or 1.0


def joined(parts: Sequence[Array]) -> Array:
    """Several arrays as one vector."""
    return np.concatenate([one.ravel() for one in parts])
