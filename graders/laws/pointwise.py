"""What torch computes value by value, in NumPy; and which of the usual activations a pair of arrays shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Both arrays were computed in double precision.
LIKE = 1e-7


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.exp(-np.logaddexp(0, -x)), np.float64)


def _gelu(x: Array, approximate: str = "none") -> object:
    if approximate == "tanh":
        return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    from scipy.special import erf  # half a second, for an activation that is wrong here

    return 0.5 * x * (1 + erf(x / np.sqrt(2)))


def _softmax(x: Array, dim: int = -1, **_: object) -> Array:
    powers = np.exp(x - x.max(dim, keepdims=True))
    return np.asarray(powers / powers.sum(dim, keepdims=True), np.float64)


def _clamp(x: Array, min: object = None, max: object = None) -> object:
    return np.clip(x, min, max) if min is not None or max is not None else x  # type: ignore[call-overload]  # arrays, too


def _elu(x: Array, alpha: float = 1.0, inplace: bool = False) -> object:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def _selu(x: Array, inplace: bool = False) -> object:
    return 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))


def _leaky(x: Array, negative_slope: float = 0.01, inplace: bool = False) -> object:
    return np.where(x > 0, x, negative_slope * x)


def _hardtanh(x: Array, min_val: float = -1, max_val: float = 1, inplace: bool = False) -> object:
    return np.clip(x, min_val, max_val)


POINTWISE: Mapping[str, Callable[..., object]] = {
    "add": lambda x, y, alpha=1, **_: x + alpha * y,
    "sub": lambda x, y, alpha=1, **_: x - alpha * y,
    "rsub": lambda x, y, alpha=1: y - alpha * x,
    "subtract": np.subtract,
    "mul": np.multiply,
    "multiply": np.multiply,
    **dict.fromkeys(("div", "true_divide", "truediv", "divide"), np.true_divide),
    "rdiv": lambda x, y: y / x,
    "pow": np.power,
    "rpow": lambda x, y: np.power(y, x),
    "square": np.square,
    "neg": np.negative,
    "negative": np.negative,
    "sqrt": np.sqrt,
    "rsqrt": lambda x: 1 / np.sqrt(x),
    "exp": np.exp,
    "log": np.log,
    "log1p": np.log1p,
    "abs": np.abs,
    "sign": np.sign,
    "sin": np.sin,
    "cos": np.cos,
    "reciprocal": lambda x: 1 / x,
    "nan_to_num": np.nan_to_num,
    "addcmul": lambda x, y, z, value=1: x + value * y * z,
    "lerp": lambda x, y, weight: x + weight * (y - x),
    "maximum": np.maximum,
    "fmax": np.maximum,
    "minimum": np.minimum,
    "clamp": _clamp,
    "clip": _clamp,
    "clamp_min": _clamp,
    "clamp_max": np.minimum,
    "threshold": lambda x, threshold, value, inplace=False: np.where(x > threshold, x, value),
    "where": lambda condition, one, other: np.where(np.asarray(condition, bool), one, other),
    "masked_fill": lambda x, mask, value: np.where(np.asarray(mask, bool), value, x),
    "gt": np.greater,
    "ge": np.greater_equal,
    "lt": np.less,
    "le": np.less_equal,
    "eq": np.equal,
    "ne": np.not_equal,
    **dict.fromkeys(("invert", "logical_not", "bitwise_not"), np.logical_not),
    "heaviside": np.heaviside,
    **dict.fromkeys(("and", "logical_and"), np.logical_and),
    **dict.fromkeys(("or", "logical_or"), np.logical_or),
    "relu": lambda x, inplace=False: np.maximum(x, 0),
    "relu6": lambda x, inplace=False: np.clip(x, 0, 6),
    "leaky_relu": _leaky,
    "prelu": lambda x, weight: np.where(x > 0, x, weight * x),
    "hardtanh": _hardtanh,
    "elu": _elu,
    "celu": lambda x, alpha=1.0, inplace=False: np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha)),
    "selu": _selu,
    "gelu": _gelu,
    "sigmoid": sigmoid,
    "special_expit": sigmoid,
    "tanh": np.tanh,
    "silu": lambda x, inplace=False: x * sigmoid(x),
    "hardswish": lambda x, inplace=False: x * np.clip(x + 3, 0, 6) / 6,
    "hardsigmoid": lambda x, inplace=False: np.clip(x + 3, 0, 6) / 6,
    "softplus": lambda x, beta=1, threshold=20: np.logaddexp(0, beta * x) / beta,
    "softsign": lambda x: x / (1 + abs(x)),
    "log_sigmoid": lambda x: -np.logaddexp(0, -x),
    "softmax": _softmax,
    "log_softmax": lambda x, dim=-1, **_: np.log(_softmax(x, dim)),
    "mish": lambda x, inplace=False: x * np.tanh(np.logaddexp(0, x)),
}

ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "silu": lambda x: x * sigmoid(x),
    "softplus": lambda x: np.logaddexp(0, x),
}


def shown(before: Array, after: Array) -> str | None:
    """The activation that makes one array of the other; None where it is none of the usual ones, or cannot be told."""
    if before.shape != after.shape or before.dtype.kind != "f" or not (before < 0).any() or _alike(before, after):
        return None
    name = next((name for name, function in ACTIVATIONS.items() if _alike(after, function(before))), None)
    return name or ("leaky_relu" if _is_leaky(before, after) else None)


def _alike(one: Array, other: Array) -> bool:
    return bool(np.allclose(one, other, rtol=LIKE, atol=LIKE * abs(other).max(initial=0)))


def _is_leaky(before: Array, after: Array) -> bool:
    """Whether positive values are kept, and negative ones are all scaled by one number between 0 and 1."""
    negative = before < 0
    slope = float((after[negative] @ before[negative]) / (before[negative] @ before[negative]))
    return 0 < slope < 1 and _alike(after, np.where(negative, slope * before, before))
