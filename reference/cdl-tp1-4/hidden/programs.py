"""Trainings that stand in a program and in no function: what they learned is computed again from the weights they ended with."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graders.language import say
from graders.observe.context import Context
from graders.observe.learning import Learner, learners
from graders.observe.observation import Failure, Observation
from graders.observe.outcome import Outcome
from graders.observe.probe import Reader
from graders.observe.ran import Rerun, rerun
from graders.observe.request import Request
from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in
from graders.submissions.source import Source

from .declared import DEFAULT, WINDOW, Array, Oscillator, away

NAMES, MOST_FILES = ("train_regression_pure", "train_pinn", "identify"), 3
RUN = Rerun(label="trainings", seconds=280, observe=("learning",))
MOST_LOGARITHM = 10
TIMES, BEYOND, FAILS, STEP = np.linspace(0, 1, 101), 0.5, 0.3, 1e-3
_OUTCOME = Reader(Outcome)
# A function that could not be asked says nothing of what the program did with it.
UNASKED = ("raised", "unreadable", "missing")
IN_PROGRAM = say("No function does it: what the program trains was looked at.")


@dataclass(frozen=True, eq=False)
class Trainings:
    """A probe: every network that the programs train, asked where the submission has not all functions."""

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One more run of each file that trains at its top level."""
        if seen or all(context.bound(name) for name in NAMES):
            return ()
        files = [one.file for one in context.binding.sources if _trains(one)]
        return [rerun(context, file, RUN) for file in files[:MOST_FILES]]

    def read(self, context: Context, seen: Sequence[Observation]) -> list[Trained] | Failure:
        """What was trained."""
        outcomes = [told for one in seen if not isinstance(told := _OUTCOME.read(one), Failure)]
        found = [learner for one in outcomes for learner in learners(one.parts.get("learning"))]
        return [Trained(one) for one in found if layers(one)] or Failure("missing")


TRAININGS = Trainings()


def unasked(heard: Mapping[str, object] | Failure) -> Failure | None:
    """Why a function gave nothing: it is not there, or cannot be called as it is called here."""
    result = heard if isinstance(heard, Failure) else heard["result"]
    return result if isinstance(result, Failure) and result.kind in UNASKED else None


def _trains(source: Source) -> bool:
    statements = [one for chunk in source.trees for guarded in chunk for one in unguarded(guarded)]
    called = called_in([one for one in statements if not isinstance(one, Function | ast.ClassDef)])
    return bool(called & {"backward", "step"})


def layers(learner: Learner) -> list[tuple[Array, Array]]:
    """(weights, bias) of a network from one number to one number; nothing where it is no such network."""
    arrays = [one for one in learner.final if np.size(one) > 1 or np.ndim(one) > 0]
    starts = [place for place, one in enumerate(arrays) if np.ndim(one) == 2]
    pairs = [
        (np.asarray(arrays[at], float), np.asarray(arrays[at + 1], float)) for at in starts if at + 1 < len(arrays)
    ]
    fits = all(one.shape[0] == bias.size for one, bias in pairs)
    chained = all(one[0].shape[0] == other[0].shape[1] for one, other in pairwise(pairs))
    whole = len(pairs) > 1 and pairs[0][0].shape[1] == pairs[-1][0].shape[0] == 1
    return pairs if whole and fits and chained else []


@dataclass(frozen=True, eq=False)
class Trained:
    """A network of tanh by its last weights, and what it learned by."""

    learner: Learner

    def __call__(self, t: Array) -> Array:
        """u(t)."""
        *hidden, (last, offset) = layers(self.learner)
        values = np.asarray(t, float).reshape(-1, 1)
        for weights, bias in hidden:
            values = np.tanh(values @ weights.T + bias)
        return (values @ last.T + offset).reshape(-1)

    @property
    def error(self) -> float:
        """Over [0, 1], against the solution of the statement."""
        return away(self(TIMES), DEFAULT(TIMES))

    @property
    def start(self) -> tuple[float, float]:
        """u(0) and u′(0)."""
        first, second, third = self(np.array([0.0, STEP, 2 * STEP]))
        return float(first), float((-3 * first + 4 * second - third) / (2 * STEP))

    @property
    def observed(self) -> tuple[Array, Array]:
        """All instants and values that its answers were compared with, constants left out."""
        found = [one for one in self.learner.targets if np.size(one.value) > 1 and np.ptp(one.value) > 1e-3]
        at = [np.asarray(one.at, float).reshape(-1) for one in found]
        values = [np.asarray(one.value, float).reshape(-1) for one in found]
        return (np.concatenate(at), np.concatenate(values)) if found else (np.zeros(0), np.zeros(0))

    @property
    def sees_only_the_window(self) -> bool:
        """Whether no value beyond the window entered what it learned by."""
        return bool((self.observed[0] <= BEYOND).all())

    @property
    def is_regression(self) -> bool:
        """Whether it follows observations of the window and leaves the solution beyond it."""
        inside, beyond = TIMES[TIMES <= WINDOW], TIMES[TIMES > BEYOND]
        near = away(self(inside), DEFAULT(inside)) <= 0.1
        return (
            self.observed[0].size > 0
            and self.sees_only_the_window
            and near
            and away(self(beyond), DEFAULT(beyond)) > FAILS
        )

    @property
    def estimates(self) -> list[float]:
        """The numbers that it learned beside its weights."""
        pairs = zip(self.learner.initial, self.learner.final, strict=False)
        single = [(float(np.ravel(a)[0]), float(np.ravel(b)[0])) for a, b in pairs if np.size(b) == 1]
        outputs = [float(layers(self.learner)[-1][1][0])]
        return [last for first, last in single if first != last and last not in outputs]

    @property
    def possible_mu(self) -> list[float]:
        """µ as it was learned, or by its logarithm, which keeps it positive."""
        return [*self.estimates, *(float(np.exp(one)) for one in self.estimates if abs(one) < MOST_LOGARITHM)]

    @property
    def true_mu(self) -> float | None:
        """The µ that explains what it observed best."""
        t, u = self.observed
        tried = np.arange(0.5, 6, 0.01)
        return float(min(tried, key=lambda mu: away(Oscillator(mu=mu)(t), u))) if t.size else None
