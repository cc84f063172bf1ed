"""Operations of torch that make less of an array, or take it apart, in NumPy and double precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Axes = int | list[int] | None
Function = Callable[..., Array]
Places = Callable[..., NDArray[np.intp]]


def _axes(dim: Axes) -> int | tuple[int, ...] | None:
    return tuple(dim) if isinstance(dim, list) else dim


def over(function: Function) -> Function:
    """A reduction, over all or over some axes."""
    return lambda x, dim=None, keepdim=False, **_: function(x, axis=_axes(dim), keepdims=keepdim)


def _extreme(function: Function, where: Places, between: Function) -> Callable[..., object]:
    """max(x), max(x, other), or max(x, dim): then the values and their places."""

    def extreme(x: Array, dim: object = None, keepdim: bool = False, other: Array | None = None) -> object:
        if other is not None or isinstance(dim, np.ndarray):
            return between(x, dim if other is None else other)
        if dim is None:
            return function(x)
        places = np.expand_dims(where(x, axis=dim), int(str(dim)))
        values = np.take_along_axis(x, places, int(str(dim)))
        return [values, places] if keepdim else [one.squeeze(int(str(dim))) for one in (values, places)]

    return extreme


def _spread(function: Function) -> Function:
    """var and std, which divide by n - 1 unless they are told otherwise."""

    def spread(
        x: Array,
        dim: Axes = None,
        unbiased: bool = True,
        keepdim: bool = False,
        *,
        correction: float | None = None,
    ) -> Array:
        ddof = float(unbiased) if correction is None else correction
        return function(x, axis=_axes(dim), ddof=ddof, keepdims=keepdim)

    return spread


def _normalize(x: Array, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Array:
    norm = np.power(np.power(abs(x), p).sum(dim, keepdims=True), 1 / p)
    return np.asarray(x / np.maximum(norm, eps))


def _unflatten(x: Array, dim: int, sizes: list[int]) -> Array:
    dim %= x.ndim
    return x.reshape(*x.shape[:dim], *sizes, *x.shape[dim + 1 :])


REDUCTIONS: Mapping[str, Callable[..., object]] = {
    "sum": over(np.sum),
    "mean": over(np.mean),
    "prod": over(np.prod),
    "amax": over(np.max),
    "amin": over(np.min),
    "max": _extreme(np.max, np.argmax, np.maximum),
    "min": _extreme(np.min, np.argmin, np.minimum),
    "std": _spread(np.std),
    "var": _spread(np.var),
    "normalize": _normalize,
    "unflatten": _unflatten,
    "chunk": lambda x, chunks, dim=0: np.split(x, range(size := -(-x.shape[dim] // chunks), x.shape[dim], size), dim),
    "flip": lambda x, *dims: np.flip(x, tuple(dims[0]) if isinstance(dims[0], list) else dims),
    "roll": lambda x, shifts, dims=None: np.roll(x, shifts, _axes(dims)),
}
