"""Question 1.1: the size of the output, on hidden numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.verdict import Verdict, failed, passed

from .declared import numbers, suite

Numbers = Mapping[str, int]
Formula = Callable[[Numbers], float]


def asked_for(rng: np.random.Generator) -> list[Numbers]:
    """Windows that fit and windows that leave a rest, with and without a border."""
    found = []
    for stride, padding, rest in ((1, 0, 0), (1, 2, 0), (2, 3, 1), (2, 1, 0), (3, 1, 2), (3, 2, 1), (4, 2, 3)):
        kernel, places = int(rng.integers(4, 9)), int(rng.integers(5, 40))
        n = places * stride + rest + kernel - 2 * padding
        found.append({"n": n, "kernel": kernel, "stride": stride, "padding": padding})
    return found


@steps(group="output_size")
def SIZES(talk: Talk) -> Heard:
    """What the student's function answers."""
    given = asked_for(talk.rng)
    found = [talk.call("output_size", how=How(observe=["printed"]), **one) for one in given]
    return {"given": given, "found": found}


def _shown(one: Numbers) -> float:
    return one["n"] + 2 * one["padding"] - one["kernel"]


def right(one: Numbers) -> int:
    """The number of places of the window."""
    return int(_shown(one) // one["stride"] + 1)


MISTAKES: Mapping[str, tuple[Formula, Message]] = {
    "not-rounded": (
        lambda one: _shown(one) / one["stride"] + 1,
        say("The size is not rounded down: a window that would lead out of the image is not counted."),
    ),
    "rounded-up": (
        lambda one: -(-_shown(one) // one["stride"]) + 1,
        say("The size is rounded up (ceil): a window that would lead out of the image is not counted."),
    ),
    "rounded-to-nearest": (
        lambda one: round(_shown(one) / one["stride"]) + 1,
        say("The size is rounded to the nearest number: it must be rounded down."),
    ),
    "one-too-few": (
        lambda one: _shown(one) // one["stride"],
        say("It is always one too few: the first place of the window counts as well (+ 1)."),
    ),
    "one-too-many": (lambda one: _shown(one) // one["stride"] + 2, say("It is always one too many.")),
    "padding-once": (
        lambda one: (one["n"] + one["padding"] - one["kernel"]) // one["stride"] + 1,
        say("The border counts once: it stands on both sides (2 × padding)."),
    ),
    "padding-ignored": (
        lambda one: (one["n"] - one["kernel"]) // one["stride"] + 1,
        say("The border (padding) does not count."),
    ),
    "padding-subtracted": (
        lambda one: (one["n"] - 2 * one["padding"] - one["kernel"]) // one["stride"] + 1,
        say("The border is subtracted: it makes the image larger."),
    ),
    "kernel-ignored": (
        lambda one: (one["n"] + 2 * one["padding"]) // one["stride"] + 1,
        say("The size of the kernel does not count."),
    ),
    "stride-ignored": (lambda one: _shown(one) + 1, say("The stride does not count.")),
    "plus-one-inside": (
        lambda one: (_shown(one) + 1) // one["stride"],
        say("The 1 is added before the division: it belongs after it."),
    ),
    "size-over-stride": (lambda one: one["n"] // one["stride"], say("It is the size divided by the stride.")),
}


@suite.criterion("conv.output_size", observe=SIZES)
def output_size(heard: Heard) -> Verdict:
    """⌊(n + 2·padding − kernel) / stride⌋ + 1."""
    given, told = heard["given"], heard["found"]
    assert isinstance(given, list), "they are our own"
    assert isinstance(told, list), "they are our own"
    lost = next((one for one in told if isinstance(one, Failure)), None)
    if lost:
        return verdict_of(lost)
    found = [_number(one) for one in told]
    if any(one is None for one in found):
        return failed("no-number", say("It returns no number."))
    if _all(given, found, right):
        whole = all(isinstance(one, int) for one in told)
        return passed(*([] if whole else [say("The size is right, but it is no int: range() will not take it.")]))
    for diagnosis, (formula, said) in MISTAKES.items():
        if _all(given, found, formula) or _all(given, found, lambda one: int(formula(one))):  # noqa: B023  # called at once
            return failed(diagnosis, said)
    return failed("wrong-formula", say("It is not ⌊(n + 2·padding − kernel) / stride⌋ + 1."))


def _number(told: object) -> float | None:
    found = numbers(told)
    return float(found.reshape(-1)[0]) if found is not None and found.size == 1 else None


def _all(given: list[Numbers], found: list[float | None], formula: Formula) -> bool:
    return all(value is not None and abs(value - formula(one)) < 1e-6 for one, value in zip(given, found, strict=True))
