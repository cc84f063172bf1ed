"""Operations of torch in NumPy and double precision, by the name under which a trace has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graders.laws.images import MOST_VALUES
from graders.laws.pointwise import POINTWISE
from graders.laws.reductions import REDUCTIONS

Array = NDArray[np.float64]
Operation = Callable[..., object]


class CannotReplayError(Exception):
    """An operation that is not in the table; a person has to look."""


def _linear(x: Array, weight: Array, bias: Array | None = None) -> object:
    return x @ weight.T + (0.0 if bias is None else bias)


def _addmm(bias: Array, x: Array, weight: Array, *, beta: float = 1, alpha: float = 1) -> object:
    return beta * bias + alpha * (x @ weight)


def _tensordot(x: Array, y: Array, dims: object = 2, **_: object) -> object:
    if not dims:
        raise CannotReplayError("an outer product")
    return np.tensordot(x, y, cast("int", dims))


def _einsum(equation: str, *operands: Array | list[Array]) -> object:
    arrays = cast("list[Array]", operands[0] if isinstance(operands[0], list) else list(operands))
    taken, _, made = equation.replace(" ", "").partition("->")
    lengths = {
        axis: size
        for axes, one in zip(taken.split(","), arrays, strict=True)
        for axis, size in zip(axes, one.shape, strict=True)
    }
    _sizes([lengths.get(axis, 1) for axis in made])
    return np.einsum(equation, *arrays)


def _dropout(x: Array, p: float = 0.5, training: bool = True, inplace: bool = False, *, train: bool = True) -> object:
    if training and train and p:
        raise CannotReplayError("dropout that is on")
    return x


def _layer_norm(
    x: Array, shape: object, weight: Array | None = None, bias: Array | None = None, eps: float = 1e-5
) -> object:
    axes = tuple(range(-len(shape) if isinstance(shape, list) else -1, 0))
    return _scaled((x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps), weight, bias)


def _scaled(x: Array, weight: Array | None, bias: Array | None) -> object:
    return x * (1 if weight is None else weight) + (0 if bias is None else bias)


def _weight_norm(v: Array, g: Array, dim: int = 0) -> object:
    others = tuple(axis for axis in range(v.ndim) if axis != dim % v.ndim)
    return v * (g / np.sqrt(np.square(v).sum(others, keepdims=True)))


def _flatten(x: Array, start_dim: int = 0, end_dim: int = -1) -> object:
    end = end_dim % max(x.ndim, 1)
    return x.reshape(*x.shape[:start_dim], -1, *x.shape[end + 1 :])


def _sizes(shape: Sequence[object]) -> list[int]:
    """Sizes given one by one, or as one list; a trace that asks for more than a network needs is not computed."""
    sizes = cast("list[int]", shape[0] if len(shape) == 1 and isinstance(shape[0], list) else list(shape))
    if math.prod(abs(size) for size in sizes) > MOST_VALUES:
        raise CannotReplayError("an array that is too large")
    return sizes


def _reshape(x: Array, *shape: object) -> object:
    return x.reshape(_sizes(shape))


def _squeeze(x: Array, dim: int | list[int] | None = None) -> object:
    if dim is None:
        return np.squeeze(x)
    wanted = dim if isinstance(dim, list) else [dim]
    return np.squeeze(x, tuple(axis for axis in wanted if x.shape[axis] == 1))


def _permute(x: Array, *order: object) -> object:
    return np.transpose(x, _sizes(order))


def _index(key: object) -> object:
    keys = key if isinstance(key, list) else [key]
    return tuple(_one_index(one) for one in keys)


def _one_index(key: object) -> object:
    if isinstance(key, dict):
        return slice(*key["slice"])
    if isinstance(key, str) and key == "ellipsis":
        return Ellipsis
    if key is None or isinstance(key, int | list) or (isinstance(key, np.ndarray) and key.dtype.kind in "bi"):
        return key
    raise CannotReplayError("an index by something else than numbers")


def _assigned(x: Array, key: object, value: object) -> object:
    changed = np.array(x)
    np.ndarray.__setitem__(changed, _index(key), value)  # type: ignore[call-overload]  # an index of any kind
    return changed


def _split(x: Array, size: int, dim: int = 0) -> object:
    return np.split(x, range(size, x.shape[dim], size), dim)


def _made(function: Callable[..., object]) -> Operation:
    """A constant of a given shape."""
    return lambda *shape, **_: function(_sizes(shape))


def _same(x: Array, *_: object, **__: object) -> object:
    return x


TABLE: dict[str, Operation] = {
    **POINTWISE,
    **REDUCTIONS,
    "linear": _linear,
    "addmm": _addmm,
    "einsum": _einsum,
    "tensordot": _tensordot,
    "inner": np.inner,
    **dict.fromkeys(("matmul", "mm", "bmm", "mv", "dot"), np.matmul),
    "rmatmul": lambda x, y: y @ x,
    "linalg_multi_dot": np.linalg.multi_dot,
    **dict.fromkeys(("dropout", "alpha_dropout", "feature_alpha_dropout", "dropout1d", "dropout2d"), _dropout),
    "layer_norm": _layer_norm,
    "weight_norm": _weight_norm,
    "flatten": _flatten,
    "reshape": _reshape,
    "view": _reshape,
    "squeeze": _squeeze,
    "permute": _permute,
    "unsqueeze": np.expand_dims,
    "ravel": lambda x: x.reshape(-1),
    "getitem": lambda x, key: x[_index(key)],
    "setitem": _assigned,
    "select": lambda x, dim, index: np.take(x, index, dim),
    "split": _split,
    "unbind": lambda x, dim=0: list(np.moveaxis(x, dim, 0)),
    **dict.fromkeys(("t", "T", "H"), np.transpose),
    "mT": lambda x: np.swapaxes(x, -1, -2),
    **dict.fromkeys(("transpose", "swapaxes", "swapdims"), np.swapaxes),
    "expand": lambda x, *shape: np.broadcast_to(
        x, [old if size == -1 else size for old, size in zip(x.shape, _sizes(shape), strict=True)]
    ),
    "expand_as": lambda x, y: np.broadcast_to(x, y.shape),
    "cat": lambda tensors, dim=0: np.concatenate(tensors, dim),
    "stack": lambda tensors, dim=0: np.stack(tensors, dim),
    "repeat": lambda x, *sizes: np.tile(x, _sizes([x.size, *_sizes(sizes)])[1:]),
    **dict.fromkeys(
        "contiguous float double half to type type_as detach clone data requires_grad cpu alias view_as "
        "as_tensor identity int long bool".split(),
        _same,
    ),
    "zeros_like": lambda x, **_: np.zeros_like(x),
    "ones_like": lambda x, **_: np.ones_like(x),
    "empty_like": _same,
    "full_like": lambda x, value, **_: np.full_like(x, value),
    "full": lambda shape, value, **_: np.full(_sizes([shape]), value),
    "zeros": _made(np.zeros),
    "ones": _made(np.ones),
    "new_zeros": lambda x, *shape, **_: np.zeros(_sizes(shape)),
    "new_ones": lambda x, *shape, **_: np.ones(_sizes(shape)),
    "arange": lambda *bounds, **_: np.arange(*_sizes(bounds)),
    "tensor": lambda value, **_: np.asarray(value),
}
