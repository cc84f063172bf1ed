"""Question 3: the three experiments of the program, as they ran when it was run once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.series import Series, series
from graders.observe.learning import Learner, learners
from graders.observe.observation import Failure
from graders.observe.outcome import Outcome
from graders.observe.probe import Optional
from graders.observe.ran import Rerun
from graders.observe.steps import Heard
from graders.verdict import Verdict, failed, partial, passed

from .declared import suite
from .network import DROPPING, PLAIN, no_dropout, too_simple
from .training import WATCHED, sound

PROGRAM = Rerun(
    watched=("train_and_evaluate",), label="experiments", seconds=240, observe=("learning",), importing=True
)
WANTED = 3


@dataclass(frozen=True, eq=False)
class Experiment:
    """One training: how large the network is, the highest dropout, the losses that were returned."""

    size: int
    dropout: float
    depth: int
    train: Sequence[float]
    valid: Sequence[float]

    @property
    def gap(self) -> float:
        """How much worse the validation is than the training, in the end."""
        return end(self.valid) - end(self.train)


def end(values: Sequence[float]) -> float:
    """The mean of the last tenth."""
    return float(np.mean(values[-max(len(values) // 10, 1) :]))


def experiments(outcome: Outcome) -> list[Experiment]:
    """Every training of the program, in order, with the history that came back from it."""
    # What never steps is paid in the loop.
    trained = learners(outcome.parts.get("learning"))
    histories = [list(series(one.value)) for one in outcome.returned]
    known = histories if len(histories) == len(trained) else [list[Series]() for _ in trained]
    return [_experiment(one, history) for one, history in zip(trained, known, strict=True)]


def _experiment(learner: Learner, history: Sequence[Series]) -> Experiment:
    size = sum(int(np.prod(shape)) for shape in learner.shapes)
    depth = sum(len(shape) == 2 for shape in learner.shapes)
    return Experiment(size, learner.dropout, depth, losses(history, "train"), losses(history, "valid"))


def losses(history: Sequence[Series], kind: str) -> Sequence[float]:
    """The losses of a set: by their name, else by their place."""
    long = [one for one in history if len(one.values) > 1]
    named = [one for one in long if one.measure == "loss" and (one.kind or "train") == kind]
    if named or any(one.measure for one in long):
        return named[0].values if named else ()
    place = 0 if kind == "train" else 1
    by_sets = [one for one in long if (one.kind or "") == kind]
    return by_sets[0].values if by_sets else long[place].values if len(long) > place else ()


@suite.criterion("moons.three_experiments", observe=(PROGRAM, Optional(WATCHED), Optional(PLAIN), Optional(DROPPING)))
def three(
    outcome: Outcome,
    training: tuple[Heard | Failure],
    network: tuple[Heard | Failure],
    dropping: tuple[Heard | Failure],
) -> Verdict:
    """A small network, a deep one, and a deep one with dropout; they behave otherwise."""
    found = experiments(outcome)
    if len(outcome.returned) >= WANTED > len(found) and not sound(training[0]):
        return passed(say("How the trainings differ comes from the loop, where it is paid."))
    if not found:
        return failed("no-experiment", say("The program trains no network."))
    if len(found) < WANTED:
        return failed(
            "fewer-experiments",
            say("The program trains {count} network(s); three experiments were asked for.", count=len(found)),
        )
    if too_simple(network[0]) or no_dropout(dropping[0], network[0]):
        return _same(found) or passed(say("How they differ comes from MLP, where it is paid."))
    return _same(found) or _kinds(found) or (_behaviour(found) if sound(training[0]) else None) or passed()


def _same(found: Sequence[Experiment]) -> Verdict | None:
    if len({(one.size, one.dropout) for one in found}) == 1:
        return failed("same-experiment", say("The trainings are copies of one: same sizes, same dropout."))
    return None


def _kinds(found: Sequence[Experiment]) -> Verdict | None:
    plain, dropping = _by_dropout(found)
    if not dropping:
        return failed("no-dropout", say("No training has dropout on."))
    if len({one.size for one in plain}) < 2:
        return failed(
            "one-size", say("Without dropout there is one size of network only; a small and a deep one were asked for.")
        )
    if max(one.size for one in dropping) <= min(one.size for one in plain):
        return failed(
            "dropout-on-the-small", say("Dropout is on the small network; the deep one was to be regularised.")
        )
    return None


def _behaviour(found: Sequence[Experiment]) -> Verdict | None:
    """Under-fitting, over-fitting, regularised, where the histories tell it."""
    known = [one for one in found if len(one.train) and len(one.valid) and np.isfinite(one.gap)]
    plain, dropping = _by_dropout(known)
    if len(plain) < 2 or not dropping:
        return None
    small, deep = _extreme(plain)
    if end(small.train) <= end(deep.train):
        return partial(
            0.5,
            "small-fits-better",
            say("The small network fits the training set better than the deep one: the first does not under-fit."),
        )
    if deep.gap <= small.gap:
        return partial(
            0.5,
            "deep-does-not-overfit",
            say("The gap between validation and training is not larger for the deep network: it does not over-fit."),
        )
    if min(one.gap for one in dropping) >= deep.gap:
        # How much dropout helps is luck on data of the student's own choice.
        return passed(say("With dropout the gap between validation and training is not smaller: is p large enough?"))
    return None


def _by_dropout(found: Sequence[Experiment]) -> tuple[list[Experiment], list[Experiment]]:
    """Those with the least dropout, and those with more."""
    least = min((one.dropout for one in found), default=0.0)
    return [one for one in found if one.dropout == least], [one for one in found if one.dropout > least]


def _extreme(plain: Iterable[Experiment]) -> tuple[Experiment, Experiment]:
    ordered = sorted(plain, key=lambda one: one.size)
    return ordered[0], ordered[-1]
