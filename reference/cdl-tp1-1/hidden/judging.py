"""Which rule explains what a training gave, on every lesson at once: weights and bias up to the scale that is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from graders.observe.observation import Failure
from graders.observe.outcome import Outcome

from .lessons import Lesson
from .results import Trained, counts, trained, within
from .rules import (
    ENDLESS,
    MISTAKES,
    Fit,
    Step,
    averaged,
    batch,
    fits,
    half_tie,
    misclassified,
    negative_tie,
    positive_tie,
    rosenblatt,
    shuffled,
    strict,
)

CLOSE = 1e-4
FEW, MOST_ORDERS, SETTLED = 4, 2, 4
Maker = Callable[[Lesson, int], Iterable[Fit]]


@dataclass(frozen=True, eq=False)
class Case:
    """A lesson and the ways to read what came of it; whether the number of epochs and the rate could be told."""

    lesson: Lesson
    readings: Sequence[Trained]
    takes_epochs: bool
    takes_eta: bool
    problem: Failure | None = None

    @property
    def key(self) -> object:
        """The same for what is explained in the same way."""
        lesson, told = self.lesson, [(one.w.tobytes(), one.b, str(history(one))) for one in self.readings]
        return lesson.x.tobytes(), lesson.y.tobytes(), lesson.eta, self.epochs, self.takes_eta, tuple(told)

    @property
    def epochs(self) -> int:
        """How long the training may have gone on."""
        return self.lesson.epochs if self.takes_epochs else ENDLESS


@dataclass(frozen=True)
class Explanation:
    """A rule, and how it was carried out: the "same", in "double" steps, "free" of the rate; examples in an order of its own."""

    rule: str
    scale: str = "same"
    shuffled: bool = False


def cases(heard: Mapping[str, object]) -> list[Case]:
    """The lessons that a function was asked, with what it gave."""
    takes = heard["takes"]
    assert isinstance(takes, list), "the plan says so"
    return [_case(one, takes) for one in heard["told"]]  # type: ignore[attr-defined]  # a list of the plan's own


def _case(told: Mapping[str, object], takes: Sequence[str]) -> Case:
    result, lesson = told["result"], told["lesson"]
    assert isinstance(lesson, Lesson), "the plan says so"
    readings = [] if isinstance(result, Failure) else _read(result, told["inside"])
    problem = result if isinstance(result, Failure) else None
    return Case(lesson, readings, "epochs" in takes, "eta" in takes, problem)


def _read(result: object, inside: object) -> list[Trained]:
    """What came back; of a method what its object holds, where a history alone came back."""
    assert isinstance(inside, Mapping), "the plan says so"
    if isinstance(held := inside["object"], Mapping) and (learned := trained(held)):
        alone = counts(result) is not None and all(one.history is None for one in learned)
        return trained({**held, "history": result}) if alone else learned
    return trained(result) or (trained(given) if isinstance(given := inside["given"], Mapping) else [])


def explain(some: Sequence[Case]) -> Explanation | None:
    """The first rule that explains every case, the right one first; after any number of epochs, as stopping is judged apart."""
    key = tuple(one.key for one in some)
    if key not in _KNOWN:
        if len(_KNOWN) > MOST_KNOWN:
            _KNOWN.clear()
        with np.errstate(all="ignore"):
            _KNOWN[key] = _explained(some)
    return _KNOWN[key]


_KNOWN: dict[object, Explanation | None] = {}
MOST_KNOWN = 500


def _explained(some: Sequence[Case]) -> Explanation | None:
    if not some or not all(case.readings for case in some):
        return None
    made = {rule: [_made(rule, case.lesson, max(case.epochs, ENDLESS)) for case in some] for rule in _rules()}
    for scale in SCALES:
        for rule, those in made.items():
            if explains(some, those, scale):
                return Explanation(rule, scale)
    for rule, rate in product(OF_RATE, RATES) if not any(case.takes_eta for case in some) else ():
        if _at(rate, rule, some[:1]) and _at(rate, rule, some):
            return Explanation(rule)
    small = [case for case in some if _is_small(case)]
    for scale in SCALES if small and _settled(some) else ():
        for rule in (*RIGHT, *TIES):
            if explains(small, [_in_orders(rule, case.lesson, case.epochs) for case in small], scale):
                return Explanation(rule, scale, shuffled=True)
    return None


# Where no rate is told: what these make of it, up to no scale, at the rates that are usually written down.
OF_RATE = ("bias-without-eta", "weights-without-eta", "squared-error", "squared-error-where-wrong")
RATES = (0.5, 0.1, 0.05, 0.01, 0.001)


def _at(rate: float, rule: str, some: Sequence[Case]) -> bool:
    """Whether a rule explains these at this rate."""
    epochs = [(replace(case.lesson, eta=rate), max(case.epochs, ENDLESS)) for case in some]
    return explains(some, [list(_rules()[rule](*one)) for one in epochs], "same")


def _is_small(case: Case) -> bool:
    """Whether every order of its examples can be tried: few points, and few epochs or what is settled in a few."""
    if case.takes_epochs:
        return len(case.lesson.x) <= FEW and case.lesson.epochs <= MOST_ORDERS
    return len(case.lesson.x) < FEW


RIGHT: Mapping[str, Step] = {"": rosenblatt, "half-tie": half_tie}
TIES: Mapping[str, Step] = {"positive-tie": positive_tie, "negative-tie": negative_tie}


def _rules() -> Mapping[str, Maker]:
    """Every rule that may explain what was seen."""
    return {
        "": _by(rosenblatt),
        "half-tie": _by(half_tie),
        **{name: _by(step) for name, step in TIES.items()},
        "misses-zero": _by(strict),
        **{name: _by(step) for name, step in MISTAKES.items()},
        "batch-sum": lambda one, epochs: batch(one.x, one.y, one.eta, epochs, mean=False),
        "batch-mean": lambda one, epochs: batch(one.x, one.y, one.eta, epochs, mean=True),
        "averaged": lambda one, epochs: averaged(one.x, one.y, one.eta, epochs),
    }


def _by(step: Step) -> Maker:
    return lambda one, epochs: fits(step, one.x, one.y, one.eta, epochs)


# A class is asked the same lessons: what a rule makes of one is found once.
@lru_cache(maxsize=2_000)
def _made(rule: str, lesson: Lesson, epochs: int) -> Sequence[Fit]:
    return list(_rules()[rule](lesson, epochs))


@lru_cache(maxsize=100)
def _in_orders(rule: str, lesson: Lesson, epochs: int) -> Sequence[Fit]:
    step = {**RIGHT, **TIES}[rule]
    return list(shuffled(step, lesson.x, lesson.y, lesson.eta, min(epochs, SETTLED)))


def explains(some: Sequence[Case], made: Sequence[Sequence[Fit]], scale: str) -> bool:
    """Whether one way of reading is what a rule makes of each lesson."""
    ways = min(len(case.readings) for case in some)
    return any(
        all(
            any(_is(case.readings[way], one, scale) and _may_end(case, way, one) for one in those)
            for case, those in zip(some, made, strict=True)
        )
        for way in range(ways)
    )


def _may_end(case: Case, way: int, made: Fit) -> bool:
    """Whether the training may have ended there: without an error, or in time, and where its history ends if it has one."""
    if not made.made or made.made[-1] == 0:
        return True
    kept = history(case.readings[way])
    length = len(kept) if kept and len(kept) <= case.epochs else len(made.made)
    return len(made.made) <= case.epochs and abs(length - len(made.made)) <= 1


SCALES = ("same", "double", "free")


def _is(found: Trained, made: Fit, scale: str) -> bool:
    seen, expected = np.append(found.w, found.b), np.append(made.w, made.b)
    if not np.isfinite(expected).all() or not np.isfinite(seen).all():
        # What a wrong rule makes of some points is beyond all numbers.
        return not np.isfinite(expected).all() and not np.isfinite(seen).all()
    if scale == "free":
        lengths = float(np.linalg.norm(seen) * np.linalg.norm(expected))
        return lengths > 0 and float(seen @ expected) >= (1 - 1e-7) * lengths
    factor = 2 if scale == "double" else 1
    return bool(np.allclose(seen, factor * expected, rtol=CLOSE, atol=CLOSE * (1 + np.abs(expected).max())))


def _settled(some: Sequence[Case]) -> bool:
    """Whether every case that had time enough ended without an error."""
    ended = [case for case in some if case.lesson.epochs > 10 * FEW]
    return all(
        misclassified(case.readings[0].w, case.readings[0].b, case.lesson.x, case.lesson.y) == 0 for case in ended
    )


@dataclass(frozen=True, eq=False)
class Replay:
    """The program on a lesson whose second class has the label `low`."""

    lesson: Lesson
    low: float
    outcome: Outcome

    @property
    def case(self) -> Case:
        """What it learned last: the first reading that the names tell, for a program takes no rate and no epochs of ours."""
        return Case(self.lesson, results(self.outcome)[:12], takes_epochs=False, takes_eta=False)

    def explained(self) -> tuple[Explanation, Trained] | None:
        """The rule that explains one of its results, and that result."""
        found = ((explain([Case(self.lesson, [one], False, False)]), one) for one in self.case.readings)
        return next(((why, one) for why, one in found if why is not None), None)


def results(outcome: Outcome) -> list[Trained]:
    """What the variables of these names hold, then what functions returned last, then whatever else holds weights."""
    named = {name: outcome.named(name) for name in ("w", "b", "history")}
    told = [list(within(one.value)) for one in reversed(outcome.returned)]
    held = [list(within(one)) for one in outcome.values().values() if isinstance(one, Mapping | list)]
    return [*within(named), *(found for some in (*told, *held) for found in some)]


def history(found: Trained) -> list[float] | None:
    """The numbers of a history."""
    return None if found.history is None else counts(found.history)


def is_right(why: Explanation | None) -> bool:
    """Whether a rule is the right one, or one that differs from it in a tie alone."""
    return why is not None and why.rule in (*RIGHT, *TIES)


def is_plain(why: Explanation | None) -> bool:
    """Whether it is right in the order of the examples: few points in some order are explained with other labels as well."""
    return why is not None and is_right(why) and not why.shuffled
