"""Question 1.2: the student's convolution, compared with the formula on hidden shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import told, verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Talk, steps
from graders.probes.wire import Array
from graders.verdict import Verdict, failed, partial, passed

from .asking import MANNERS, Case, answered, answers, asked, understood
from .declared import alike, numbers, shaped, suite
from .formulas import MISTAKES, Choice, choices, computed
from .traits import Trait, by_trait

# (n, channels, H, W), (filters, kh, kw), stride, padding, with a bias. Smallest first; each trait is missing in another.
SHAPES = (
    ((1, 1, 4, 4), (1, 2, 2), 1, 0, True),
    ((1, 2, 5, 5), (3, 3, 3), 1, 0, False),
    ((2, 3, 6, 6), (4, 3, 3), 1, 1, True),
    ((1, 2, 7, 7), (3, 2, 2), 1, 0, True),
    ((1, 2, 6, 9), (3, 3, 3), 1, 0, True),
    ((1, 2, 8, 8), (2, 3, 3), 2, 0, True),
    ((2, 2, 8, 11), (3, 3, 3), 2, 1, True),
    ((1, 3, 7, 6), (2, 2, 3), 1, 0, True),
    ((2, 2, 10, 9), (3, 2, 4), 3, 2, True),
)


def cases(rng: np.random.Generator) -> list[Case]:
    """Standard normal images and filters; the biases are far from 0."""
    found = []
    for shape, (filters, *kernel), stride, padding, biased in SHAPES:
        weight = rng.standard_normal((filters, shape[1], *kernel))
        bias = rng.choice([-1, 1], filters) * rng.uniform(1, 3, filters) if biased else None
        found.append(
            Case(rng.standard_normal(shape), {"weight": weight, "bias": bias, "stride": stride, "padding": padding})
        )
    return found


@steps(group="conv2d", seconds=40)
def CONVOLUTION(talk: Talk) -> Heard:
    """What the convolution answers to the hidden shapes, in every way to put them."""
    given = cases(talk.rng)
    return {"cases": given, "answers": asked(talk, "conv2d", given)}


def of_way(given: Sequence[Case], way: str) -> Sequence[Case]:
    """The cases as they are asked in a way."""
    return [case.first_plane() for case in given] if way == "plane" else given


def right(case: Case) -> Array:
    """What the convolution gives."""
    expected = computed(case, {})
    assert expected is not None, "our own shapes can be convolved"
    return expected


def explanation(given: Sequence[Case], found: Sequence[object]) -> Choice | None:
    """The mistakes that give what was returned, in all cases that were answered."""
    pairs = [(case, one) for case, one in zip(given, found, strict=True) if numbers(one) is not None]
    if len(pairs) < min(3, len(given)) or all(alike(one, right(case)) for case, one in pairs):
        return None
    return next((one for one in choices() if _explains(pairs, one)), None)


def _explains(pairs: Sequence[tuple[Case, object]], wrong: Choice) -> bool:
    """The last cases tell most mistakes apart: they are compared first."""
    return all(
        (expected := computed(case, wrong)) is not None and alike(one, expected) for case, one in reversed(pairs)
    )


def score(given: Sequence[Case]) -> Callable[[str, list[object]], float]:
    """How well the answers of a way please."""

    def scored(way: str, found: list[object]) -> float:
        fits = [alike(one, right(case)) for case, one in zip(of_way(given, way), found, strict=True)]
        return (2 * sum(fits) / len(fits) + answered(found)) * (0.5 if way == "plane" else 1)

    return scored


def way_of(heard: Heard) -> str:
    """How the student's function wants to be asked."""
    given = heard["cases"]
    assert isinstance(given, list), "it is our own"
    return understood(heard["answers"], score(given))


@suite.criterion("conv.formula", observe=CONVOLUTION)
def formula(heard: Heard) -> Verdict:
    """y[n, o, i, j] = b[o] + Σ w[o, c, k, l] · x[n, c, i·s + k − p, j·s + l − p]."""
    way = way_of(heard)
    given, found = of_way(heard["cases"], way), answers(heard["answers"], way)  # type: ignore[arg-type]  # cases
    fits = [alike(one, right(case)) for case, one in zip(given, found, strict=True)]
    if all(fits):
        return _by_way(way)
    if all(isinstance(one, Failure) for one in found):
        return verdict_of(found[0])  # type: ignore[arg-type]  # it is one
    verdict = _wrong(given, found, fits)
    return _half(verdict) if way == "plane" else verdict


def _wrong(given: Sequence[Case], found: Sequence[object], fits: Sequence[bool]) -> Verdict:
    """What is wrong where something is."""
    if all(_unsummed(case, one) for case, one in zip(given, found, strict=True)):
        return failed("channels-not-summed", UNSUMMED)
    wrong = explanation(given, found)
    if wrong:
        names = [*wrong.values()]
        lost = [told(one) for one in found if isinstance(one, Failure)]
        return failed(names[0], *(MISTAKES[name][2] for name in names), *lost[:1])
    return by_trait(TRAITS, given, found, fits) or _otherwise(given, found, fits)


ONE_CHANNEL = say("It convolves one image of one channel: it should take several images, channels and filters.")


def _half(verdict: Verdict) -> Verdict:
    """A verdict on one image of one channel is worth half of it."""
    said = (ONE_CHANNEL, *verdict.feedback)
    return (
        partial(verdict.credit / 2, "one-channel-only", *said)
        if verdict.credit
        else failed(verdict.diagnosis or "", *said)
    )


UNSUMMED = say("The channels are not summed: an output channel adds up what the kernel gives on every input channel.")


def _unsummed(case: Case, one: object) -> bool:
    """An axis too many: one image for each pair of a filter and a channel."""
    found, (filters, channels, *_) = numbers(one), np.asarray(case.more["weight"]).shape
    return found is not None and found.ndim == 5 and {*found.shape[1:3]} == {filters, channels}


def _by_way(way: str) -> Verdict:
    if way == "plane":
        return partial(0.5, "one-channel-only", ONE_CHANNEL)
    return passed(*([MANNERS[way]] if way in MANNERS else []))


TRAITS: Mapping[str, Trait] = {
    "bias-none": (lambda case: case.more["bias"] is None, 0.75, say("It does not work without a bias (bias=None).")),
    "square-kernels-only": (
        lambda case: len({*_kernel(case)}) > 1,
        0.75,
        say("It is right for square kernels only: a kernel has kh rows and kw columns."),
    ),
    "square-images-only": (
        lambda case: case.x.shape[2] != case.x.shape[3],
        0.25,
        say("It is right for square images only: rows and columns are mixed up somewhere."),
    ),
    "batch-of-one-only": (lambda case: len(case.x) > 1, 0.25, say("It is right for a batch of one image only.")),
    "padding-needed": (
        lambda case: case.more["padding"] == 0,
        0.25,
        say("It is right with padding only: without, the slices [padding:-padding] are empty."),
    ),
    "wrong-with-stride": (lambda case: case.more["stride"] != 1, 0.0, say("It is right for a stride of 1 only.")),
    "wrong-with-padding": (lambda case: case.more["padding"] != 0, 0.0, say("It is right without padding only.")),
    "one-channel-only": (lambda case: case.x.shape[1] > 1, 0.0, say("It is right for one input channel only.")),
}


def _kernel(case: Case) -> tuple[int, ...]:
    return np.asarray(case.more["weight"]).shape[2:]


def _otherwise(given: Sequence[Case], found: Sequence[object], fits: Sequence[bool]) -> Verdict:
    """The smallest case that was not answered right, by its shapes."""
    case, one = next((case, one) for case, one, fit in zip(given, found, fits, strict=True) if not fit)
    asked_for = say(
        "With x of shape {x}, weight {weight}, stride {stride} and padding {padding}:",
        x=shaped(case.x),
        weight=shaped(case.more["weight"]),
        stride=str(case.more["stride"]),
        padding=str(case.more["padding"]),
    )
    if isinstance(one, Failure):
        return failed("wrong-formula", asked_for, told(one))
    if shaped(one) == "?":
        return failed("no-array", asked_for, say("it returns no array of numbers."))
    if shaped(one) != shaped(right(case)):
        return failed("wrong-size", asked_for, say("the output has the shape {shape}.", shape=shaped(one)))
    return failed("wrong-formula", asked_for, say("the values are not those of the formula."))
