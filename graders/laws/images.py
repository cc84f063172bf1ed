"""Operations of torch on images (n, channels, H, W), in NumPy and double precision, by the name under which a trace has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sizes = int | Sequence[int]


def two(sizes: Sizes) -> tuple[int, int]:
    """One number is both."""
    if isinstance(sizes, int):
        return sizes, sizes
    return (sizes[0], sizes[0]) if len(sizes) == 1 else (sizes[0], sizes[1])


def padded(x: Array, padding: Sizes, value: float = 0.0) -> Array:
    """With a border of this value."""
    rows, columns = two(padding)
    still = [(0, 0)] * (x.ndim - 2)
    return np.pad(x, [*still, (rows, rows), (columns, columns)], constant_values=value)


def windows(x: Array, kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int] = (1, 1)) -> Array:
    """(…, H', W', kernel rows, kernel columns): what each place of a window shows."""
    reach = tuple((size - 1) * step + 1 for size, step in zip(kernel, dilation, strict=True))
    shown = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(-2, -1))
    return shown[..., :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]


def conv2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Sizes = 1,
    padding: Sizes | str = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Array:
    """A convolution, as torch means it."""
    if groups != 1:
        raise ValueError("groups")
    kernel, steps = (weight.shape[2], weight.shape[3]), two(dilation)
    if isinstance(padding, str):
        before = tuple((size - 1) * step // 2 for size, step in zip(kernel, steps, strict=True))
        if padding == "same" and any((size - 1) * step % 2 for size, step in zip(kernel, steps, strict=True)):
            raise ValueError("a border that is wider on one side")
        padding = before if padding == "same" else 0
    shown = windows(padded(x, padding), kernel, two(stride), steps)
    made = np.tensordot(shown, weight, ((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return np.asarray(made if bias is None else made + bias[:, None, None])


def max_pool2d(
    x: Array,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array:
    """The largest value of each window."""
    if ceil_mode:
        raise ValueError("windows that lead out of the image")
    shown = windows(padded(x, padding, -np.inf), two(kernel_size), two(stride or kernel_size), two(dilation))
    return np.asarray(shown.max((-2, -1)))


def avg_pool2d(x: Array, kernel_size: Sizes, stride: Sizes | None = None, padding: Sizes = 0) -> Array:
    """The mean of each window, its border included."""
    return np.asarray(windows(padded(x, padding), two(kernel_size), two(stride or kernel_size)).mean((-2, -1)))


def adaptive_avg_pool2d(x: Array, output_size: Sizes) -> Array:
    """The mean of each of so many parts."""
    parts = [_bounds(size, count) for size, count in zip(x.shape[-2:], two(output_size), strict=True)]
    rows = [[x[..., a:b, c:d].mean((-2, -1)) for c, d in parts[1]] for a, b in parts[0]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def _bounds(size: int, count: int) -> list[tuple[int, int]]:
    return [(place * size // count, -(-(place + 1) * size // count)) for place in range(count)]


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
    axes = [1] * (x.ndim - 2)
    scale = 1.0 if weight is None else weight.reshape(-1, *axes)
    shift = 0.0 if bias is None else bias.reshape(-1, *axes)
    return np.asarray((x - mean.reshape(-1, *axes)) / np.sqrt(variance.reshape(-1, *axes) + eps) * scale + shift)


IMAGES: Mapping[str, Callable[..., object]] = {
    "batch_norm": batch_norm,
    "conv2d": conv2d,
    "max_pool2d": max_pool2d,
    "max_pool2d_with_indices": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "adaptive_avg_pool2d": adaptive_avg_pool2d,
}
