"""Compute a traced forward pass again, in NumPy and double precision: the proof behind a claimed structure.

Whoever owns the process owns what it says, so a trace may be invented. It is believed only if computing it again from its
own weights gives the outputs that the network gave on inputs of ours: then lying costs as much as solving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, expit, log_softmax, softmax

from graders.laws.trace import Pass, Step

Array = NDArray[np.float64]
Operation = Callable[..., object]
TOLERANCE = 2e-3


class CannotReplayError(Exception):
    """An operation that is not in the table; a person has to look."""


def _linear(x: Array, weight: Array, bias: Array | None = None) -> Array:
    return x @ weight.T + (0.0 if bias is None else bias)


def _clamp(x: Array, min: float | None = None, max: float | None = None) -> Array:  # noqa: A002
    return np.clip(x, min, max) if min is not None or max is not None else x


def _dropout(x: Array, p: float = 0.5, training: bool = True, inplace: bool = False) -> Array:
    if training and p:
        raise CannotReplayError("dropout that is on")
    return x


def _batch_norm(
    x: Array,
    mean: Array,
    variance: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    if training or mean is None:
        raise CannotReplayError("batch statistics")
    scaled = (x - mean) / np.sqrt(variance + eps)
    return scaled * (1 if weight is None else weight) + (0 if bias is None else bias)


def _layer_norm(
    x: Array, shape: object, weight: Array | None = None, bias: Array | None = None, eps: float = 1e-5
) -> Array:
    axes = tuple(range(-len(shape) if isinstance(shape, list) else -1, 0))
    scaled = (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)
    return scaled * (1 if weight is None else weight) + (0 if bias is None else bias)


def _flatten(x: Array, start_dim: int = 0, end_dim: int = -1) -> Array:
    end = end_dim % x.ndim
    return x.reshape(*x.shape[:start_dim], -1, *x.shape[end + 1 :])


def _reshape(x: Array, *shape: object) -> Array:
    sizes = shape[0] if len(shape) == 1 and isinstance(shape[0], list) else shape
    return x.reshape([int(str(size)) for size in sizes])


def _squeeze(x: Array, dim: int | None = None) -> Array:
    return np.squeeze(x, dim) if dim is None or x.shape[dim] == 1 else x


def _swapped(x: Array, first: int, second: int) -> Array:
    return np.swapaxes(x, first, second)


def _einsum(equation: str, *operands: Array) -> Array:
    return np.asarray(np.einsum(equation, *(operands[0] if isinstance(operands[0], list) else operands)))


def _same(x: Array, *_: object, **__: object) -> Array:
    return x


def _where(condition: Array, one: Array, other: Array) -> Array:
    return np.where(condition.astype(bool), one, other)


def _item(x: Array, key: object) -> Array:
    keys = key if isinstance(key, list) else [key]
    return np.asarray(x[tuple(_index(one) for one in keys)])


def _index(key: object) -> slice | int | None:
    if isinstance(key, dict):
        return slice(*key["slice"])
    if key is None or isinstance(key, int):
        return key
    raise CannotReplayError("an index by something else than numbers")


def _axis(function: Operation) -> Operation:
    return lambda x, dim=None, keepdim=False, **_: function(
        x, axis=tuple(dim) if isinstance(dim, list) else dim, keepdims=keepdim
    )


TABLE: dict[str, Operation] = {
    "linear": _linear,
    "matmul": np.matmul,
    "mm": np.matmul,
    "bmm": np.matmul,
    "addmm": lambda bias, x, weight, **_: bias + x @ weight,
    "einsum": _einsum,
    "add": lambda x, y, alpha=1: x + alpha * y,
    "sub": lambda x, y, alpha=1: x - alpha * y,
    "rsub": lambda x, y: y - x,
    "mul": np.multiply,
    "div": lambda x, y: x / y,
    "true_divide": lambda x, y: x / y,
    "neg": np.negative,
    "pow": np.power,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "abs": np.abs,
    "relu": lambda x, inplace=False: np.maximum(x, 0),
    "threshold": lambda x, t, v, inplace=False: np.where(x > t, x, v),
    "clamp": _clamp,
    "clip": _clamp,
    "clamp_min": _clamp,
    "maximum": np.maximum,
    "max": np.maximum,
    "fmax": np.maximum,
    "where": _where,
    "gt": np.greater,
    "ge": np.greater_equal,
    "lt": np.less,
    "le": np.less_equal,
    "heaviside": np.heaviside,
    "sigmoid": expit,
    "tanh": np.tanh,
    "leaky_relu": lambda x, negative_slope=0.01, inplace=False: np.where(x > 0, x, negative_slope * x),
    "gelu": lambda x, approximate="none": 0.5 * x * (1 + erf(x / np.sqrt(2))),
    "elu": lambda x, alpha=1.0, inplace=False: np.where(x > 0, x, alpha * np.expm1(x)),
    "silu": lambda x, inplace=False: x * expit(x),
    "softplus": lambda x, *_: np.logaddexp(0, x),
    "softmax": lambda x, dim=-1, **_: softmax(x, axis=dim),
    "log_softmax": lambda x, dim=-1, **_: log_softmax(x, axis=dim),
    "dropout": _dropout,
    "alpha_dropout": _dropout,
    "feature_alpha_dropout": _dropout,
    "dropout1d": _dropout,
    "batch_norm": _batch_norm,
    "layer_norm": _layer_norm,
    "flatten": _flatten,
    "reshape": _reshape,
    "view": _reshape,
    "squeeze": _squeeze,
    "unsqueeze": lambda x, dim: np.expand_dims(x, dim),
    "ravel": lambda x: x.reshape(-1),
    "t": np.transpose,
    "T": np.transpose,
    "mT": lambda x: _swapped(x, -1, -2),
    "transpose": _swapped,
    "permute": lambda x, *order: np.transpose(x, order[0] if isinstance(order[0], list) else order),
    **dict.fromkeys(
        (
            "contiguous",
            "float",
            "double",
            "to",
            "type",
            "detach",
            "clone",
            "data",
            "requires_grad_",
            "cpu",
            "alias",
            "view_as",
        ),
        _same,
    ),
    "zeros_like": lambda x, **_: np.zeros_like(x),
    "ones_like": lambda x, **_: np.ones_like(x),
    "zeros": lambda *shape, **_: np.zeros(shape),
    "tensor": lambda value, **_: np.asarray(value),
    "sum": _axis(np.sum),
    "mean": _axis(np.mean),
    "__getitem__": _item,
    "cat": lambda tensors, dim=0: np.concatenate(tensors, dim),
    "stack": lambda tensors, dim=0: np.stack(tensors, dim),
}


def values(traced: Pass) -> dict[int, Array]:
    """Every tensor of the pass, computed from its input and its leaves. CannotReplayError for what is not in the table."""
    known: dict[int, Array] = {number: np.asarray(leaf.array, float) for number, leaf in traced.leaves.items()}
    known[traced.start] = traced.input.astype(float)
    for step in traced.contributing():
        known[step.makes[0]] = _computed(step, known)
    return known


def _computed(step: Step, known: Mapping[int, Array]) -> Array:
    operation = TABLE.get(
        step.op.removeprefix("__r").removeprefix("__").removesuffix("__").removesuffix("_"), TABLE.get(step.op)
    )
    if operation is None or len(step.makes) != 1:
        raise CannotReplayError(step.op)
    try:
        args = [_given(value, known) for value in step.args]
        return np.asarray(operation(*args, **{key: _given(value, known) for key, value in step.kwargs.items()}), float)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise CannotReplayError(step.op) from error


def _given(value: object, known: Mapping[int, Array]) -> object:
    if isinstance(value, dict) and "tensor" in value:
        return known[value["tensor"]]
    return [_given(item, known) for item in value] if isinstance(value, list) else value


def proof(traced: Pass) -> Literal["proven", "refuted", "unknown"]:
    """Whether the traced operations and weights give the outputs that were seen."""
    try:
        computed = values(traced)
    except CannotReplayError:
        return "unknown"
    if traced.end not in computed:
        return "refuted"
    seen = np.asarray(traced.output, float)
    again = computed[traced.end]
    scale = 1 + np.abs(again).max(initial=0)
    return "proven" if seen.shape == again.shape and np.allclose(seen, again, atol=TOLERANCE * scale) else "refuted"
