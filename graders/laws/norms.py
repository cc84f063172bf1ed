"""Normalisations of images (n, channels, H, W) and of features, in NumPy and double precision, as torch has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def batch_norm(
    x: Array,
    mean: Array | None,
    variance: Array | None,
    weight: Array | None = None,
    bias: Array | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    """By what was learned of each channel; by the batch itself nothing can be computed again."""
    if training or mean is None or variance is None:
        raise ValueError("statistics of the batch")
    normal = (x - _of_channels(mean, x)) / np.sqrt(_of_channels(variance, x) + eps)
    return _as_learned(normal, weight, bias)


def _of_channels(values: Array, x: Array) -> Array:
    """One value a channel, in a shape that broadcasts with x."""
    return values.reshape(-1, *[1] * (x.ndim - 2))


def _as_learned(x: Array, weight: Array | None, bias: Array | None) -> Array:
    """Each channel by the scale and the shift that were learned, if any."""
    scale = 1.0 if weight is None else _of_channels(weight, x)
    return np.asarray(x * scale + (0.0 if bias is None else _of_channels(bias, x)))


def group_norm(
    x: Array, num_groups: int, weight: Array | None = None, bias: Array | None = None, eps: float = 1e-5
) -> Array:
    """Each group of channels of each example by its own mean and deviation, then by what was learned."""
    parts = x.reshape(len(x), num_groups, -1)
    normal = (parts - parts.mean(2, keepdims=True)) / np.sqrt(parts.var(2, keepdims=True) + eps)
    return _as_learned(normal.reshape(x.shape), weight, bias)


def instance_norm(
    x: Array,
    running_mean: Array | None = None,
    running_var: Array | None = None,
    weight: Array | None = None,
    bias: Array | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Array:
    """Each channel of each example by its own mean and deviation, or by what was learned of it."""
    if not use_input_stats:
        return batch_norm(x, running_mean, running_var, weight, bias, False, momentum, eps)
    return group_norm(x, x.shape[1], weight, bias, eps)


def local_response_norm(x: Array, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Array:
    """Each channel by the squares of its neighbours (Krizhevsky et al., 2012), as torch takes them."""
    squares = np.pad(np.square(x), [(0, 0), (size // 2, (size - 1) // 2)] + [(0, 0)] * (x.ndim - 2))
    near = np.lib.stride_tricks.sliding_window_view(squares, size, axis=1).mean(-1)
    return np.asarray(x / (k + alpha * near) ** beta)


NORMS: Mapping[str, Callable[..., object]] = {
    "batch_norm": batch_norm,
    "group_norm": group_norm,
    "instance_norm": instance_norm,
    "local_response_norm": local_response_norm,
}
