"""The convolution, aspect by aspect: for each, what is right and the mistakes that have a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

import numpy as np

from graders.language import Message, say
from graders.laws.images import windows
from graders.probes.wire import Array

from .asking import Case

Values = Mapping[str, object]
Change = Callable[..., Array]
Choice = Mapping[str, str]


def _border(mode: str, *, rows: float = 1, columns: float = 1) -> Change:
    def change(x: Array, padding: int) -> Array:
        border = [(0, 0), (0, 0), (int(rows * padding),) * 2, (int(columns * padding),) * 2]
        return np.pad(x, border, mode=mode)  # type: ignore[call-overload]  # a mode that NumPy knows

    return change


def _one_side(before: int, after: int) -> Change:
    return lambda x, p: np.pad(x, [(0, 0), (0, 0), (before * p, after * p), (before * p, after * p)])


def _summed(shown: Array, weight: Array) -> Array:
    return np.asarray(np.einsum("nchwij,ocij->nohw", shown, weight))


def _steps(rows: bool, columns: bool, *, cropped: bool = False) -> Change:
    """Every place, then those that a stride leaves; an index that is not multiplied by it shows the first ones."""

    def change(shown: Array, stride: int) -> Array:
        height, width = (-(-size // stride) for size in shown.shape[2:4])
        some = shown[:, :, :: stride if rows else 1, :: stride if columns else 1]
        return some[:, :, :height, :width] if cropped else some

    return change


def _diagonal(shown: Array, stride: int) -> Array:
    """The row's index in the column's place."""
    some = shown[:, :, ::stride, ::stride]
    rows = np.minimum(np.arange(some.shape[2]) * stride, shown.shape[3] - 1)
    return np.broadcast_to(shown[:, :, ::stride][:, :, np.arange(some.shape[2]), rows][:, :, :, None], some.shape)


def _running(y: Array) -> Array:
    """A sum that is not begun again at the next place."""
    return np.cumsum(y.reshape(*y.shape[:2], -1), axis=2).reshape(y.shape)


def _biased(share: Callable[[Array], float]) -> Change:
    return lambda y, bias, weight: y if bias is None else y + share(weight) * bias[:, None, None]


RIGHT: Mapping[str, Change] = {
    "kernel": lambda weight: weight,
    "border": _border("constant"),
    "stride": _steps(rows=True, columns=True),
    "channels": _summed,
    "place": lambda y: y,
    "bias": _biased(lambda weight: 1),
    "result": lambda y: y,
}
MISTAKES: Mapping[str, tuple[str, Change, Message]] = {
    "kernel-flipped": (
        "kernel",
        lambda weight: weight[:, :, ::-1, ::-1],
        say(
            "The kernel is flipped: that is the convolution of mathematics. What networks call a convolution slides the "
            "kernel as it is (a correlation)."
        ),
    ),
    "kernel-flipped-on-one-axis": (
        "kernel",
        lambda weight: weight[:, :, ::-1],
        say("The kernel is flipped from top to bottom."),
    ),
    "kernel-mirrored": (
        "kernel",
        lambda weight: weight[:, :, :, ::-1],
        say("The kernel is flipped from left to right."),
    ),
    "kernel-transposed": (
        "kernel",
        lambda weight: weight.swapaxes(2, 3),
        say("The rows and the columns of the kernel are exchanged."),
    ),
    "padding-ignored": (
        "border",
        _border("constant", rows=0, columns=0),
        say("No border is added: padding is ignored."),
    ),
    "padding-on-rows-only": (
        "border",
        _border("constant", columns=0),
        say("The border is added above and below only, not to the left and the right."),
    ),
    "padding-on-columns-only": (
        "border",
        _border("constant", rows=0),
        say("The border is added to the left and the right only, not above and below."),
    ),
    "padding-before-only": ("border", _one_side(1, 0), say("The border is added above and to the left only.")),
    "padding-after-only": ("border", _one_side(0, 1), say("The border is added below and to the right only.")),
    "padding-doubled": ("border", _border("constant", rows=2, columns=2), say("The border is twice as wide as asked.")),
    "padding-not-zero": (
        "border",
        _border("edge"),
        say("The border repeats the edge of the image: it should be zero."),
    ),
    "padding-mirrored": ("border", _border("reflect"), say("The border mirrors the image: it should be zero.")),
    "stride-ignored": (
        "stride",
        _steps(rows=False, columns=False),
        say("The stride is ignored: the window moves by 1."),
    ),
    "stride-not-in-index": (
        "stride",
        _steps(rows=False, columns=False, cropped=True),
        say("The output has the right size, but the window moves by 1 and not by the stride."),
    ),
    "stride-on-rows-only": (
        "stride",
        _steps(rows=True, columns=False),
        say("The stride moves the window down only: along a row it moves by 1."),
    ),
    "stride-on-columns-only": (
        "stride",
        _steps(rows=False, columns=True),
        say("The stride moves the window along a row only: down it moves by 1."),
    ),
    "stride-not-in-column-index": (
        "stride",
        _steps(rows=True, columns=False, cropped=True),
        say("The stride is missing in the index of the column: along a row the window moves by 1."),
    ),
    "stride-not-in-row-index": (
        "stride",
        _steps(rows=False, columns=True, cropped=True),
        say("The stride is missing in the index of the row: down the image the window moves by 1."),
    ),
    "row-index-for-column": (
        "stride",
        _diagonal,
        say("The column of the window follows the row's index: all columns of the output are the same."),
    ),
    "first-channel-only": (
        "channels",
        lambda shown, weight: _summed(shown[:, :1], weight[:, :1]),
        say("Only the first input channel counts: an output channel adds up all input channels."),
    ),
    "last-channel-only": (
        "channels",
        lambda shown, weight: _summed(shown[:, -1:], weight[:, -1:]),
        say("Only the last input channel counts: each one overwrites what the others gave."),
    ),
    "channels-averaged": (
        "channels",
        lambda shown, weight: _summed(shown, weight) / weight.shape[1],
        say("The input channels are averaged; they should be added up."),
    ),
    "one-kernel-plane": (
        "channels",
        lambda shown, weight: _summed(shown, np.broadcast_to(weight[:, :1], weight.shape)),
        say("Every input channel meets the kernel's first plane: each has a plane of its own, weight[o, c]."),
    ),
    "mean-of-window": (
        "channels",
        lambda shown, weight: _summed(shown, weight) / weight[0, 0].size,
        say("The products are divided by the size of the kernel: they should be added up."),
    ),
    "mean-of-products": (
        "channels",
        lambda shown, weight: _summed(shown, weight) / weight[0].size,
        say("The mean of the products is taken: they should be added up."),
    ),
    "running-total": (
        "place",
        _running,
        say("The sum is not begun again at each place of the window: it grows along the image."),
    ),
    "rows-and-columns-exchanged": (
        "place",
        lambda y: y.swapaxes(2, 3),
        say("The rows and the columns of the output are exchanged."),
    ),
    "bias-forgotten": ("bias", _biased(lambda weight: 0), say("The bias is not added.")),
    "bias-subtracted": ("bias", _biased(lambda weight: -1), say("The bias is subtracted.")),
    "bias-once-a-channel": (
        "bias",
        _biased(lambda weight: weight.shape[1]),
        say("The bias is added once for each input channel: it should be added once."),
    ),
    "bias-once-a-product": (
        "bias",
        _biased(lambda weight: weight[0].size),
        say("The bias is added to each product of the window: it should be added once, to their sum."),
    ),
    "bias-first-only": (
        "bias",
        lambda y, bias, weight: y if bias is None else y + bias[0],
        say("All output channels get the bias of the first one."),
    ),
    "relu-applied": (
        "result",
        lambda y: np.maximum(y, 0),
        say("Negative values became 0: a ReLU is no part of the convolution."),
    ),
    "integers": (
        "result",
        np.trunc,
        say("The result is cut to integers: the array that it is written into has an integer type."),
    ),
}


def computed(case: Case, wrong: Choice) -> Array | None:
    """The output, with these mistakes: {aspect: diagnosis}; None where there would be none."""
    take = {aspect: MISTAKES[wrong[aspect]][1] if aspect in wrong else right for aspect, right in RIGHT.items()}
    more, weight = case.more, np.asarray(case.more["weight"])
    try:
        kernel = take["kernel"](weight)
        shown = windows(take["border"](case.x, more["padding"]), kernel.shape[2:], (1, 1))
        y = take["place"](take["channels"](take["stride"](shown, more["stride"]), kernel))
        return take["result"](take["bias"](y, more["bias"], weight))
    except ValueError:
        return None


def choices() -> Iterator[Choice]:
    """Every mistake alone, then two at once of different aspects."""
    aspects = {name: aspect for name, (aspect, _, _) in MISTAKES.items()}
    yield from ({aspect: name} for name, aspect in aspects.items())
    for one, other in combinations(aspects, 2):
        if aspects[one] != aspects[other]:
            yield {aspects[one]: one, aspects[other]: other}
