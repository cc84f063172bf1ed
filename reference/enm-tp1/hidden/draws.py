"""Question 3: whether classes are drawn evenly, and what explains it where they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from graders.language import Message, say
from graders.probes.wire import Array
from graders.verdict import Verdict, failed

# The largest distance of a class's share from 1/3, in standard deviations of fair draws. Two-sided, for each of three
# classes: wrong alarms in fewer than one of twenty million runs, whatever the number of draws (7 200: 0.302 to 0.365).
DEVIATIONS = 5.7


def even(share: Array, draws: int) -> bool:
    """Whether shares of the classes (..., 3) may come from so many fair draws: for each row of them."""
    fair_ = 1 / share.shape[-1]
    away = np.abs(share - fair_).max(axis=-1)
    return away <= DEVIATIONS * np.sqrt(fair_ * (1 - fair_) / draws)  # type: ignore[no-any-return]  # one or many


def per_class(different: int) -> Verdict:
    """So few different examples come where there is one weight a class."""
    return failed(
        "weights-per-class",
        say(
            "Only {n} examples are ever drawn: the sampler was given one weight a class; it wants one weight an example.",
            n=different,
        ),
    )


def known(share: Array, counts: Array) -> Verdict:
    """The mistake that explains these shares of classes of so many examples."""
    for diagnosis, (law, sentence) in UNEVEN.items():
        expected = law(counts)
        if np.abs(share - expected / expected.sum()).max() < 0.03:
            return failed(diagnosis, sentence)
    return failed("uneven", say("With weights the classes are not drawn evenly."))


UNEVEN: Mapping[str, tuple[Callable[[Array], Array], Message]] = {
    "weights-are-counts": (
        lambda n: n**2,
        say(
            "The weights are the counts of the classes, not their inverses: frequent classes become more frequent still."
        ),
    ),
    "equal-weights": (
        lambda n: n,
        say("With weights the classes come as often as in the data: all examples have the same weight."),
    ),
    "root-of-counts": (
        lambda n: n**0.5,
        say("The weights are 1/√n of the classes: rare classes are still rarer than others. Even draws need 1/n."),
    ),
    "complement": (
        lambda n: n * (1 - n / n.sum()),
        say("The weights are 1 − the share of the class: that is not enough. Even draws need 1/n."),
    ),
    "too-strong": (
        lambda n: 1 / n,
        say("The weights are too strong: rare classes come more often than frequent ones. Even draws need 1/n."),
    ),
}
