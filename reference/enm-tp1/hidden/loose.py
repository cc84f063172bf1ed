"""Question 3, of a program without make_loader: the loaders that it makes for itself, on its own data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import say
from graders.observe.context import Context
from graders.observe.made_loaders import Loader, Made, MadeLoaders
from graders.observe.observation import Observation
from graders.observe.request import Request
from graders.verdict import Verdict, failed, partial, passed

from .draws import even, known, per_class

EPOCHS = 8


class _Loose(MadeLoaders):
    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """Nothing where there is a function that makes them of a dataset."""
        bound = context.bound("make_loader")
        taken = {name for _, name in (*bound.order, *(bound.maker or ()))} if bound else set()
        return () if bound and ("dataset" in taken or bound.packs) else super().ask(context, seen)


LOOSE = _Loose(epochs=EPOCHS, seconds=90)


def loose(made: Made) -> Verdict:
    """One that is shuffled, and gives each example once an epoch; one that draws every class as often as another. What holds
    fewer examples than the training set is there to test, or for XOR."""
    most = max(one.size for one in made.loaders)
    learned = [one for one in made.loaders if one.size == most and one.drawn and one.drawn[0] != one.drawn[1]]
    weighted = [verdict for one in learned if (verdict := _evenly(one))]
    plain = len(weighted) < len(learned)
    if wrong := next((one for one in weighted if one.credit < 1), None):
        return wrong
    if weighted and plain:
        return passed()
    if weighted:
        return partial(
            0.5,
            "plain-loader-missing",
            say(
                "The classes are drawn evenly; a loader that shuffles, and gives each example once an epoch, is missing."
            ),
        )
    if plain:
        return partial(
            0.5,
            "weighted-loader-missing",
            say(
                "The loader shuffles; one that draws every class as often as another is missing (WeightedRandomSampler)."
            ),
        )
    return failed("not-shuffled", say("Without weights every epoch has the same order: shuffle=True is missing."))


def _evenly(one: Loader) -> Verdict | None:
    """How evenly it draws the classes; None where it gives no example twice in an epoch."""
    if all(len({*epoch}) == len(epoch) for epoch in one.drawn):
        return None
    places = np.concatenate([np.array(epoch, int) for epoch in one.drawn])
    labels = np.array(one.classes, int)
    drawn, counts = (np.bincount(some, minlength=labels.max() + 1) for some in (labels[places], labels))
    if len({*places.tolist()}) <= 3 * len(counts):
        return per_class(len({*places.tolist()}))
    share = drawn / len(places)
    return passed() if even(share, len(places)) else known(share, counts.astype(float))
