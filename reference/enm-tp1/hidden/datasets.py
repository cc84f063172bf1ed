"""Question 3: what a LabelledDataset gives at each place, and when it augments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np

from graders.language import say
from graders.laws.failure import told, verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.values import array, number
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import first_failure, suite

SIZE, FEATURES, PLACES, AGAIN = 9, 4, (0, 5, 8), 2
ACCESSES = 12
Pair = tuple[object, object]


def _plan(forms: Sequence[str]) -> Callable[[Talk], Heard]:
    def asked(talk: Talk) -> Heard:
        x = talk.rng.integers(-50, 50, (SIZE, FEATURES)).astype(np.float32) / 4
        y = talk.rng.permutation(np.arange(SIZE) % 3).astype(np.int64)
        how = How(forms=forms, quiet=True)
        plainly = talk.call("LabelledDataset", how=how, x=x, y=y)
        heard: dict[str, object] = {"x": x, "y": y, "made": plainly}
        heard["length"] = talk.method(plainly, "__len__")
        heard["items"] = [talk.method(plainly, "__getitem__", place) for place in PLACES]
        heard["last"] = talk.method(plainly, "__getitem__", -1)
        heard["past"] = talk.method(plainly, "__getitem__", SIZE)
        heard["all"] = talk.keep(talk.given("items", dataset=plainly, most=SIZE + 3), tell=True)
        augment = talk.keep(talk.given("augmentation"))
        augmenting = talk.call("LabelledDataset", how=how, x=x, y=y, augment=augment)
        heard["augmenting"] = augmenting
        heard["before"] = talk.get(augment, "calls")
        heard["augmented"] = [talk.method(augmenting, "__getitem__", AGAIN) for _ in range(ACCESSES)]
        heard["given"] = talk.get(augment, "given")
        return heard

    return asked


PLAN = steps(
    group="dataset", ways=[_plan(("numpy", "torch"))], enough=lambda heard: _judged(heard).status is Status.PASS
)(_plan(("torch", "numpy")))


@suite.criterion("data.dataset", observe=PLAN)
def dataset(heard: Heard) -> Verdict:
    """len, (x, y) at each place; augmentation of x alone, at each access, not of what is stored."""
    return _judged(heard)


def _judged(heard: Heard) -> Verdict:
    return (
        first_failure(heard, "made", "length")
        or _places(heard)
        or _augmentation(heard)
        or _last(heard)
        or _end(heard)
        or passed()
    )


def pair(item: object) -> Pair | None:
    """x and y of an item, if it is two things."""
    return (item[0], item[1]) if isinstance(item, list) and len(item) == 2 else None


def _same(found: object, expected: object) -> bool:
    mine = array(found)
    ours = np.asarray(expected, float)
    return not isinstance(mine, Failure) and mine.size == ours.size and np.allclose(mine.reshape(ours.shape), ours)


def _places(heard: Heard) -> Verdict | None:
    """What is wrong with the length and the items."""
    x, y = np.asarray(heard["x"]), np.asarray(heard["y"])
    if number(heard["length"]) != SIZE:
        return failed("wrong-length", say("len() does not give the number of examples."))
    for place, item in zip(PLACES, cast("Sequence[object]", heard["items"]), strict=True):
        if isinstance(item, Failure):
            return verdict_of(item)
        both = pair(item)
        if both is None:
            return failed("not-a-pair", say("An item is not a pair (x, y)."))
        if _same(both[0], y[place]) and _same(both[1], x[place]):
            return failed("exchanged", say("An item is (y, x); it should be (x, y)."))
        if not _same(both[0], x[place]):
            return failed("wrong-x", say("The x of an item is not the one of its place, as it was given."))
        if not _same(both[1], y[place]):
            return failed("wrong-y", say("The y of an item is not the one of its place, as it was given."))
    return None


def _last(heard: Heard) -> Verdict | None:
    both = pair(heard["last"])
    if isinstance(heard["last"], Failure):
        return partial(0.75, "negative-index", say("dataset[-1] should be the last example."), told(heard["last"]))
    if both is None or not _same(both[0], np.asarray(heard["x"])[-1]):
        return partial(0.75, "negative-index", say("dataset[-1] should be the last example."))
    return None


def _end(heard: Heard) -> Verdict | None:
    """A place past the end raises IndexError: this is how a for loop over the dataset ends."""
    past = heard["past"]
    if isinstance(past, Failure) and past.type == "IndexError":
        return None
    if isinstance(heard["all"], list) and len(heard["all"]) == SIZE:
        return passed(say("A place past the end raises no IndexError, but a for loop over the dataset ends."))
    why = say(
        "dataset[len(dataset)] should raise IndexError: without it, a for loop over the dataset does not end well."
    )
    return partial(0.5, "no-index-error", why, *([told(past)] if isinstance(past, Failure) else []))


def _augmentation(heard: Heard) -> Verdict | None:
    """What is wrong with the augmentation."""
    if isinstance(heard["augmenting"], Failure):
        return verdict_of(heard["augmenting"])
    x, y = np.asarray(heard["x"])[AGAIN], np.asarray(heard["y"])[AGAIN]
    items = cast("Sequence[object]", heard["augmented"])
    if lost := next((one for one in items if isinstance(one, Failure)), None):
        return verdict_of(lost)
    both = [pair(one) for one in items]
    if number(heard["before"]) != 0:
        return failed(
            "augmented-at-construction",
            say(
                "The data is augmented when the dataset is made: every epoch then sees the same. Augment at each access."
            ),
        )
    if not all(one and _same(one[1], y) for one in both):
        return failed("y-augmented", say("The augmentation also changes y; it is for x alone."))
    shifts = [_shift(one[0], x) for one in both if one]
    return _shifted(shifts, heard, x)


def _shift(found: object, x: object) -> float | None:
    """What was added to every feature; None where it is not one number."""
    mine = array(found)
    if isinstance(mine, Failure) or mine.size != np.size(x):
        return None
    added = mine.reshape(-1).astype(float) - np.asarray(x, float)
    return float(added[0]) if np.allclose(added, added[0], atol=1e-3) else None


def _all_at_once() -> Verdict:
    return failed(
        "augmented-once",
        say("All examples are augmented at the first access, and kept; each access should be new, and augment one x."),
    )


def _shifted(shifts: Sequence[float | None], heard: Heard, x: object) -> Verdict | None:
    if any(one is None for one in shifts):
        return failed("augmented-wrongly", say("With augment the x of an item is not augment(x)."))
    if not any(shifts):
        return failed("never-augmented", say("augment is never applied."))
    given = cast("Sequence[object]", heard["given"]) if isinstance(heard["given"], list) else []
    if any(np.size(one) != np.size(x) for one in given):
        return failed("y-augmented", say("augment is given something else than one x."))
    rows, foreign = np.asarray(heard["x"]), [one for one in given if not _same(one, x)]
    if foreign and all(any(_same(one, row) for row in rows) for one in foreign):
        return _all_at_once()
    if foreign:
        return failed(
            "stored-data-augmented",
            say("The augmented x is stored in the dataset: at the next access it is augmented once more."),
        )
    if len({*shifts}) == 1:
        return failed(
            "augmented-once", say("An example is augmented at its first access only; each access should be new.")
        )
    return None
