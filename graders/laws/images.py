"""Operations of torch on images (n, channels, H, W), in NumPy and double precision, by the name under which a trace has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graders.laws.norms import NORMS

Array = NDArray[np.float64]
Sizes = int | Sequence[int]
MOST_VALUES = 2**24


def two(sizes: Sizes) -> tuple[int, int]:
    """One number is both."""
    if isinstance(sizes, int):
        return sizes, sizes
    return (sizes[0], sizes[0]) if len(sizes) == 1 else (sizes[0], sizes[1])


def _small(values: int) -> None:
    """ValueError where a trace asks for more than a network needs."""
    if values > MOST_VALUES:
        raise ValueError("an array that is too large")


def padded(x: Array, padding: Sizes, value: float = 0.0) -> Array:
    """With a border of this value."""
    rows, columns = two(padding)
    _small(math.prod([*x.shape[:-2], x.shape[-2] + 2 * rows, x.shape[-1] + 2 * columns]))
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
    """A convolution, as torch means it; each group of channels has its own part of the weight."""
    if groups > 1:
        parts = zip(np.split(x, groups, 1), np.split(weight, groups), strict=True)
        made = np.concatenate([conv2d(one, own, None, stride, padding, dilation) for one, own in parts], 1)
    else:
        made = _convolved(x, weight, two(stride), padding, two(dilation))
    return np.asarray(made if bias is None else made + bias[:, None, None])


def _convolved(
    x: Array, weight: Array, stride: tuple[int, int], padding: Sizes | str, dilation: tuple[int, int]
) -> Array:
    kernel = (weight.shape[2], weight.shape[3])
    if isinstance(padding, str):
        before = tuple((size - 1) * step // 2 for size, step in zip(kernel, dilation, strict=True))
        if padding == "same" and any((size - 1) * step % 2 for size, step in zip(kernel, dilation, strict=True)):
            raise ValueError("a border that is wider on one side")
        padding = before if padding == "same" else 0
    shown = windows(padded(x, padding), kernel, stride, dilation)
    return np.tensordot(shown, weight, ((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


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
    kernel, steps = two(kernel_size), two(stride or kernel_size)
    bordered = padded(x, padding, -np.inf)
    if ceil_mode:
        bordered = _completed(bordered, kernel, steps, padding, -np.inf)
    return np.asarray(windows(bordered, kernel, steps, two(dilation)).max((-2, -1)))


def _completed(x: Array, kernel: tuple[int, int], stride: tuple[int, int], padding: Sizes, value: float) -> Array:
    """With what the last window lacks, if it starts in the image or in the border before it."""
    missing = [
        _missing(size, *one)
        for size, one in zip(x.shape[-2:], zip(kernel, stride, two(padding), strict=True), strict=True)
    ]
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + [(0, one) for one in missing], constant_values=value)


def _missing(size: int, kernel: int, stride: int, padding: int) -> int:
    last = -(-(size - kernel) // stride) * stride
    return max(last + kernel - size, 0) if last < size - padding else 0


def avg_pool2d(
    x: Array,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Array:
    """The mean of each window, with its border or without."""
    kernel, steps = two(kernel_size), two(stride or kernel_size)
    here = padded(np.ones_like(x), padding, 1.0 if count_include_pad else 0.0)
    bordered = padded(x, padding)
    if ceil_mode:
        bordered, here = (_completed(one, kernel, steps, padding, 0.0) for one in (bordered, here))
    counted = windows(here, kernel, steps).sum((-2, -1)) if divisor_override is None else divisor_override
    return np.asarray(windows(bordered, kernel, steps).sum((-2, -1)) / counted)


def adaptive_avg_pool2d(x: Array, output_size: Sizes) -> Array:
    """The mean of each of so many parts."""
    return _adaptive(np.mean, x, output_size)


def adaptive_max_pool2d(x: Array, output_size: Sizes, return_indices: bool = False) -> Array:
    """The largest value of each of so many parts."""
    return _adaptive(np.max, x, output_size)


def _adaptive(function: Callable[..., Array], x: Array, output_size: Sizes) -> Array:
    _small(math.prod([*x.shape[:-2], *two(output_size)]))
    parts = [_bounds(size, count) for size, count in zip(x.shape[-2:], two(output_size), strict=True)]
    rows = [[function(x[..., a:b, c:d], axis=(-2, -1)) for c, d in parts[1]] for a, b in parts[0]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def _bounds(size: int, count: int) -> list[tuple[int, int]]:
    return [(place * size // count, -(-(place + 1) * size // count)) for place in range(count)]


PAD_MODES: Mapping[str, Literal["reflect", "edge", "wrap"]] = {
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def pad(x: Array, pad: Sequence[int], mode: str = "constant", value: float | None = None) -> Array:
    """With a border: two numbers an axis, the last axis first."""
    widths = [(0, 0)] * (x.ndim - len(pad) // 2) + [(pad[i], pad[i + 1]) for i in range(len(pad) - 2, -1, -2)]
    _small(math.prod(size + before + after for size, (before, after) in zip(x.shape, widths, strict=True)))
    if mode == "constant":
        return np.pad(x, widths, constant_values=value or 0.0)
    return np.pad(x, widths, mode=PAD_MODES[mode])


def unfold(x: Array, *args: Sizes, **how: Sizes) -> Array:
    """tensor.unfold(axis, size, step), or functional.unfold(images, kernel, …)."""
    along = len(args) == 3 or "dimension" in how
    return _along(x, *args, **how) if along else _columns(x, *args, **how)  # type: ignore[arg-type]  # as torch was called


def _along(x: Array, dimension: int, size: int, step: int) -> Array:
    """What each place of a window along one axis shows, on an axis of its own at the end."""
    shown = np.lib.stride_tricks.sliding_window_view(x, size, axis=dimension)
    shown = shown[(slice(None),) * (dimension % x.ndim) + (slice(None, None, step),)]
    _small(shown.size)
    return shown


def _columns(x: Array, kernel_size: Sizes, dilation: Sizes = 1, padding: Sizes = 0, stride: Sizes = 1) -> Array:
    """(n, what a window shows of all channels, places)."""
    shown = windows(padded(x, padding), two(kernel_size), two(stride), two(dilation))
    _small(shown.size)
    return shown.transpose(0, 1, 4, 5, 2, 3).reshape(len(x), x.shape[1] * math.prod(shown.shape[-2:]), -1)


IMAGES: Mapping[str, Callable[..., object]] = {
    **NORMS,
    "conv2d": conv2d,
    "max_pool2d": max_pool2d,
    "max_pool2d_with_indices": max_pool2d,
    "avg_pool2d": avg_pool2d,
    "adaptive_avg_pool2d": adaptive_avg_pool2d,
    "adaptive_max_pool2d": adaptive_max_pool2d,
    "adaptive_max_pool2d_with_indices": adaptive_max_pool2d,
    "pad": pad,
    "unfold": unfold,
}
