"""Question 1.3: the student's max pooling, compared with the largest value of each window."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import told, verdict_of
from graders.laws.images import windows
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, partial, passed

from .asking import FORMS, MANNERS, WAYS, Case, answered, answers, asked, understood
from .declared import alike, shaped, suite
from .independent import called, short
from .traits import Trait, by_trait

# (n, channels, H, W), kernel, stride. Smallest first; windows that fit, overlap, and leave a rest.
SHAPES = (
    ((1, 1, 4, 4), 2, 2),
    ((2, 3, 6, 6), 2, 2),
    ((1, 2, 6, 8), 2, 2),
    ((1, 2, 7, 7), 2, 2),
    ((2, 2, 8, 9), 3, 2),
    ((1, 2, 9, 8), 2, 3),
    ((1, 2, 6, 7), 3, 1),
)


def cases(rng: np.random.Generator) -> list[Case]:
    """Normal values, negative ones more often than others."""
    return [
        Case(rng.standard_normal(shape) - 0.5, {"kernel": kernel, "stride": stride}) for shape, kernel, stride in SHAPES
    ]


@steps(group="max_pool2d", seconds=30)
def POOLING(talk: Talk) -> Heard:
    """What the pooling answers to the hidden shapes, in every way to put them."""
    given = cases(talk.rng)
    looked = How(forms=FORMS.forms, observe=["operations"])
    seen = [talk.call("max_pool2d", **given[0].given(way)[0], how=looked).operations for way in WAYS]
    return {
        "cases": given,
        "answers": asked(talk, "max_pool2d", given),
        "operations": dict(zip(WAYS, seen, strict=True)),
    }


Formula = Callable[[Array, int, int], Array]


def right(x: Array, kernel: int, stride: int) -> Array:
    """The largest value of each window."""
    return np.asarray(windows(x, (kernel, kernel), (stride, stride)).max((-2, -1)))


def _of_windows(reduced: Callable[..., Array], rows: bool = True, columns: bool = True) -> Formula:
    def formula(x: Array, kernel: int, stride: int) -> Array:
        shown = windows(x, (kernel, kernel), (stride if rows else 1, stride if columns else 1))
        return np.asarray(reduced(shown, axis=(-2, -1)))

    return formula


def _not_in_index(x: Array, kernel: int, stride: int) -> Array:
    expected = right(x, kernel, stride)
    return right(x, kernel, 1)[:, :, : expected.shape[2], : expected.shape[3]]


def _rounded_up(x: Array, kernel: int, stride: int) -> Array:
    more = [(0, 0), (0, 0), *((0, -(size - kernel) % stride) for size in x.shape[2:])]
    return right(np.pad(x, more, constant_values=-np.inf), kernel, stride)


MISTAKES: Mapping[str, tuple[Formula, Message]] = {
    "average": (_of_windows(np.mean), say("It is the mean of each window, not the largest value.")),
    "smallest": (_of_windows(np.min), say("It is the smallest value of each window.")),
    "sum": (_of_windows(np.sum), say("It is the sum of each window, not the largest value.")),
    "stride-ignored": (
        _of_windows(np.max, rows=False, columns=False),
        say("The stride is ignored: the window moves by 1."),
    ),
    "stride-is-kernel": (
        lambda x, kernel, stride: right(x, kernel, kernel),
        say("The window always moves by its own size: the stride may be another."),
    ),
    "kernel-is-stride": (
        lambda x, kernel, stride: right(x, stride, stride),
        say("The window has the size of the stride, not its own."),
    ),
    "stride-not-in-index": (
        _not_in_index,
        say("The output has the right size, but the window moves by 1 and not by the stride."),
    ),
    "stride-on-one-axis": (
        _of_windows(np.max, columns=False),
        say("The stride moves the window down only: along a row it moves by 1."),
    ),
    "stride-on-columns-only": (
        _of_windows(np.max, rows=False),
        say("The stride moves the window along a row only: down it moves by 1."),
    ),
    "never-below-zero": (
        lambda x, kernel, stride: np.maximum(right(x, kernel, stride), 0),
        say("No value is below 0: the largest value of a window of negative values is negative. Do not begin with 0."),
    ),
    "largest-size": (
        lambda x, kernel, stride: right(np.abs(x), kernel, stride),
        say("It is the largest absolute value of each window."),
    ),
    "over-channels": (
        lambda x, kernel, stride: np.broadcast_to(
            right(x, kernel, stride).max(1, keepdims=True), right(x, kernel, stride).shape
        ),
        say("The largest value is taken over the channels as well: each channel is pooled alone."),
    ),
    "over-channels-dropped": (
        lambda x, kernel, stride: right(x, kernel, stride).max(1),
        say("The largest value is taken over the channels as well: each channel is pooled alone."),
    ),
    "rounded-up": (
        _rounded_up,
        say("Windows that lead out of the image are counted as well: the size is rounded down."),
    ),
    "whole-image": (
        lambda x, kernel, stride: x.max((2, 3)),
        say("It is the largest value of the whole image, not of each window."),
    ),
    "integers": (
        lambda x, kernel, stride: np.trunc(right(x, kernel, stride)),
        say("The result is cut to integers: the array that it is written into has an integer type."),
    ),
}


def _fit(given: Sequence[Case], found: Sequence[object], formula: Formula) -> list[bool]:
    return [alike(one, formula(case.x, **case.more)) for case, one in zip(given, found, strict=True)]  # type: ignore[arg-type]  # our numbers


def _score(given: Sequence[Case]) -> Callable[[str, list[object]], float]:
    def scored(way: str, found: list[object]) -> float:
        fits = _fit([case.first_plane() for case in given] if way == "plane" else given, found, right)
        return (2 * sum(fits) / len(fits) + answered(found)) * (0.5 if way == "plane" else 1)

    return scored


@suite.criterion("pool.max", observe=POOLING)
def pool_max(heard: Heard) -> Verdict:
    """The largest value of each window of kernel × kernel, moved by the stride."""
    given = heard["cases"]
    assert isinstance(given, list), "it is our own"
    way = understood(heard["answers"], _score(given))
    found = answers(heard["answers"], way)
    given = [case.first_plane() for case in given] if way == "plane" else given
    fits = _fit(given, found, right)
    if all(fits):
        return _by_way(way, heard["operations"][way])  # type: ignore[index]  # it is our own
    if all(isinstance(one, Failure) for one in found):
        return verdict_of(found[0])  # type: ignore[arg-type]  # it is one
    for diagnosis, (formula, said) in MISTAKES.items():
        if all(_fit(given, found, formula)):
            return failed(diagnosis.removesuffix("-dropped"), said)
    return by_trait(TRAITS, given, found, fits) or _otherwise(given, found, fits)


def _by_way(way: str, operations: object) -> Verdict:
    if way == "plane":
        said = say("It pools one image of one channel: it should take several images and channels.")
        return partial(0.5, "one-channel-only", said)
    notes = [MANNERS[way]] if way in MANNERS else []
    if names := called(operations, POOL):
        notes.append(say("It is right, but it calls `{name}`: the exercise is to write it.", name=short(names)))
    return passed(*notes)


POOL = re.compile(r"^_?(adaptive_)?max_pool[123]d(_with_indices)?$|^maximum_filter$|^block_reduce$")
TRAITS: Mapping[str, Trait] = {
    "square-images-only": (
        lambda case: case.x.shape[2] != case.x.shape[3],
        0.25,
        say("It is right for square images only: rows and columns are mixed up somewhere."),
    ),
    "batch-of-one-only": (lambda case: len(case.x) > 1, 0.25, say("It is right for a batch of one image only.")),
    "rest-not-left-out": (
        lambda case: any(
            (size - int(str(case.more["kernel"]))) % int(str(case.more["stride"])) for size in case.x.shape[2:]
        ),
        0.5,
        say("It is right only where the windows fit exactly: what is left over at the edge is to be left out."),
    ),
    "stride-is-kernel": (
        lambda case: case.more["kernel"] != case.more["stride"],
        0.0,
        say("It is right only where the window moves by its own size."),
    ),
}


def _otherwise(given: Sequence[Case], found: Sequence[object], fits: Sequence[bool]) -> Verdict:
    case, one = next((case, one) for case, one, fit in zip(given, found, fits, strict=True) if not fit)
    asked_for = say(
        "With x of shape {x}, a window of {kernel} and a stride of {stride}:",
        x=shaped(case.x),
        kernel=str(case.more["kernel"]),
        stride=str(case.more["stride"]),
    )
    if isinstance(one, Failure):
        return failed("wrong-pooling", asked_for, told(one))
    if shaped(one) == "?":
        return failed("no-array", asked_for, say("it returns no array of numbers."))
    if shaped(one) != shaped(right(case.x, **case.more)):  # type: ignore[arg-type]  # our numbers
        return failed("wrong-size", asked_for, say("the output has the shape {shape}.", shape=shaped(one)))
    return failed("wrong-pooling", asked_for, say("the values are not the largest ones of the windows."))
