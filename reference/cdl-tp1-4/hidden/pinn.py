"""Question 3: the equation solved without its solution, and the conditions at t = 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.learning import Target, learners
from graders.observe.observation import Failure
from graders.observe.probe import Optional, OrMissing
from graders.observe.steps import Heard, How, Plan, Talk, steps
from graders.verdict import Verdict, failed, passed

from .declared import DEFAULT, WINDOW, Array, Oscillator, away, column, suite
from .made import fcn
from .programs import IN_PROGRAM, TIMES, TRAININGS, Trained, unasked
from .trained import (
    FORMS,
    PHYSICAL,
    SIZES,
    answer,
    asked,
    constants,
    needed,
    needs,
    physical,
    taken,
    with_our_network,
    with_our_residual,
)

# Measured, ten seeds, with other seeds of their own each time: the reference and nine right ways err by 0.01 to 7.6 % (median
# 0.4 %, mean 1.1 %, deviation 1.5 %: the threshold is six deviations away), with |u′(0)| at most 0.15, but for one training of
# the reference (17 %), and for every third of one way, which does not train for long enough (10 to 23 %; 10 of 30, tried again
# or not). Twice as long it errs by 5.1 % at most (25 trainings). After two more as long and two twice as long less than one in
# two thousand is left. Without the speed in the loss |u′(0)| is 0.3 to 21. What fails is asked by a residual and by a network
# of ours at last.
LEAST, NEARLY, STEP = 0.1, 0.15, 2e-3
# At t = 0: of u = 1, and of the highest speed, which is about √(k/m) = 10.
START, SPEED = 0.1, 1.0
# Whoever forgets the speed has a small one by luck now and then: what is less sure than this is asked once more.
SURE = 0.15
# Where the equation is not solved, training ended too early, which is judged by its own criterion.
UNFINISHED = 3
OWN_WINDOW, FEW = 0.52, 3
LEAKED = say(
    "Values of the solution from beyond the observed window enter the loss: it was not learned from the equation."
)


def _observed(talk: Talk) -> Heard:
    """Where it takes observations, with some of the window alone."""
    if not {"t", "u"} <= taken(talk, "train_pinn"):
        talk.missing.append("train_pinn")
    return _solved(talk, observed=True)


def _again(seed: int, longer: int) -> Plan:
    """Other constants, other initial weights: nobody loses the points to one draw."""

    def plan(talk: Talk) -> Heard:
        observed = needs(talk, "train_pinn", "u")
        return {**_solved(talk, observed=observed, how=How(seed=seed), longer=longer), "again": True}

    plan.__qualname__ = f"again {seed}"
    return plan


def _solved(talk: Talk, *, observed: bool, how: How | None = None, longer: int = 1) -> Heard:
    hidden = Oscillator(1.0, float(talk.rng.uniform(1.6, 2.6)), float(talk.rng.uniform(75, 100)))
    one = constants(talk, "train_pinn", hidden)
    instants = {"all": np.sort(talk.rng.random(200)), "start": np.array([0.0, STEP, 2 * STEP])}
    t = np.linspace(0, WINDOW, 15)
    values = physical(one) | ({"t": column(t), "u": column(one(t))} if observed else {})
    if not observed and needs(talk, "train_pinn", "t"):
        # Instants without observations are those where the equation holds.
        values["t"] = talk.given("leaf", array=column(np.linspace(0, 1, 60)))
    return {"oscillator": one, "observed": observed, **asked(talk, "train_pinn", values, instants, how, longer=longer)}


def _our_residual(talk: Talk) -> Heard:
    """Where its own is what is wrong."""
    return {"ours": with_our_residual(talk), **_solved(talk, observed=needs(talk, "train_pinn", "u"))}


def _our_network(talk: Talk) -> Heard:
    """Where its own is what is wrong."""
    return {"ours": with_our_network(talk), **_solved(talk, observed=needs(talk, "train_pinn", "u"))}


def _is_solved(heard: Heard) -> bool:
    """The equation, from its own conditions: another try may have the right ones by luck."""
    found = solution(heard)
    if not isinstance(found, Solution):
        return False
    if found.keeps_conditions:
        return found.error <= LEAST and (abs(found.speed) <= SURE or "again" in heard)
    return not found.is_still and found.own_error <= NEARLY


AGAIN = (_again(1, 1), _again(2, 1), _again(3, 2), _again(4, 2))


@steps(group="pinn", seconds=280, ways=(*AGAIN, _observed, _our_residual, _our_network), enough=_is_solved)
def SOLVED(talk: Talk) -> Heard:
    """Hidden constants where they are taken; without observations, where it can do without."""
    return _solved(talk, observed=needs(talk, "train_pinn", "u"))


@dataclass(frozen=True, eq=False)
class Solution:
    """What the trained network says: u at hidden times, u and u′ at t = 0."""

    oscillator: Oscillator
    t: Array
    u: Array
    start: float
    speed: float

    @property
    def error(self) -> float:
        """Against the solution that was asked for."""
        return away(self.u, self.oscillator(self.t))

    @property
    def keeps_conditions(self) -> bool:
        """Whether u(0) = 1 and u′(0) = 0."""
        return abs(self.start - 1) <= START and abs(self.speed) <= SPEED

    @property
    def is_still(self) -> bool:
        """Whether it starts at 0 without speed, and so solves the equation by doing nothing."""
        return abs(self.start) <= 0.3 and abs(self.speed) <= 0.6

    @property
    def own_error(self) -> float:
        """Against the solution from its own u(0) and u′(0)."""
        one = self.oscillator
        return away(self.u, Oscillator(one.m, one.mu, one.k, self.start, self.speed)(self.t))


def solution(heard: Heard) -> Solution | Failure:
    """The answers of the trained network."""
    if isinstance(heard["result"], Failure):
        return heard["result"]
    u, start = answer(heard, "all"), answer(heard, "start")
    if isinstance(u, Failure) or isinstance(start, Failure):
        return Failure("unreadable", message="u(t)")
    speed = float((-3 * start[0] + 4 * start[1] - start[2]) / (2 * STEP))
    return Solution(heard["oscillator"], heard["times"]["all"], u, float(start[0]), speed)  # type: ignore[arg-type, index]


def _unseen(problem: Failure) -> Verdict:
    return (
        failed("no-network", say("It returns no network that can be asked for u(t)."))
        if problem.kind == "unreadable"
        else verdict_of(problem)
    )


def of_program(trained: list[Trained]) -> Trained | None:
    """The network of a program that solves the equation best, if any does, and saw nothing beyond the window."""
    found = [one for one in trained if one.error <= LEAST and one.sees_only_the_window and not one.estimates]
    return min(found, key=lambda one: one.error, default=None)


BRIEFLY = 20


@steps(group="initial speed", seconds=60)
def NUDGED(talk: Talk) -> Heard:
    """A few epochs of a network of ours that tells whether u′(0) is in the loss; before it, what two of the student's own are
    at t = 0: they may have the conditions by their form."""
    start, how = column(np.zeros(1)), How(forms=FORMS)
    fresh = [talk.method(fcn(talk, 16, 2, seed=seed), ("", "forward"), start, how=how) for seed in (1, 2)]
    talk.replace("FCN", "nudged", {**SIZES, **PHYSICAL})
    if "epochs" not in taken(talk, "train_pinn"):
        talk.missing.append("epochs")
    # None of them at t = 0: who has no condition at all leaves both to what is observed, which is accepted.
    t = np.linspace(WINDOW / 15, WINDOW, 15)
    values = physical(DEFAULT) | {"t": column(t), "u": column(DEFAULT(t)), "pair": [column(t), column(DEFAULT(t))]}
    result = talk.call(
        "train_pinn", how=How(forms=FORMS), **{**values, **needed(talk, "train_pinn"), "epochs": BRIEFLY}
    )
    return {"fresh": fresh, "learned": talk.method(talk.network(result), "learned")}


def forgets_the_speed(heard: Heard | Failure) -> bool:
    """Whether u(0) is in the loss, and u′(0) is not: a difference beside t = 0 may stand for it."""
    if isinstance(heard, Failure) or not isinstance(heard["learned"], list):
        return False
    value, speed, near = heard["learned"]
    first, second = ([*np.ravel(one)] if isinstance(one, np.ndarray) else [] for one in heard["fresh"])  # type: ignore[attr-defined]
    return value != 0 and speed == 0 and not near and first != second


FORGOTTEN = failed(
    "initial-speed-missing",
    say(
        "u′(0) = 0 is not in the loss: another speed at t = 0, with the same u(0) and the same equation, leaves it as it is."
    ),
)


@suite.criterion("pinn.conditions", observe=(OrMissing(SOLVED), Optional(TRAININGS), Optional(NUDGED)))
def conditions(
    asked: tuple[Heard | Failure], trained: tuple[list[Trained] | Failure], nudged: tuple[Heard | Failure]
) -> Verdict:
    """u(0) = 1 and u′(0) = 0, as the trained network has them, and in the loss."""
    found = _conditions(asked, trained)
    return FORGOTTEN if found.credit == 1 and forgets_the_speed(nudged[0]) else found


def _conditions(asked: tuple[Heard | Failure], trained: tuple[list[Trained] | Failure]) -> Verdict:
    heard = asked[0]
    own = None if isinstance(trained[0], Failure) else of_program(trained[0])
    if own and unasked(heard):
        return _kept(Solution(DEFAULT, TIMES, own(TIMES), *own.start))
    return verdict_of(heard) if isinstance(heard, Failure) else _kept(solution(heard))


def _kept(found: Solution | Failure) -> Verdict:
    if isinstance(found, Failure):
        return _unseen(found)
    if not np.isfinite([found.start, found.speed]).all():
        return failed("not-finite", say("u(0) or u′(0) is not finite."))
    allowed = 1 if min(found.error, found.own_error) <= NEARLY else UNFINISHED
    if abs(found.start - 1) > START * allowed:
        return failed(
            "initial-value-missing",
            say(
                "The trained network has u(0) = {value}: u(0) = 1 is not in the loss, or weighs too little.",
                value=round(found.start, 3) + 0.0,
            ),
        )
    if abs(found.speed) > SPEED * allowed:
        return failed(
            "initial-speed-missing",
            say(
                "The trained network has u′(0) = {value}: u′(0) = 0 is not in the loss, or weighs too little.",
                value=round(found.speed, 2) + 0.0,
            ),
        )
    return passed()


@suite.criterion("pinn.solves", observe=(OrMissing(SOLVED), Optional(TRAININGS)))
def solves(asked: tuple[Heard | Failure], trained: tuple[list[Trained] | Failure]) -> Verdict:
    """Within 10 % of the solution over [0, 1], learned from the equation."""
    heard = asked[0]
    known = [] if isinstance(trained[0], Failure) else trained[0]
    if unasked(heard) and of_program(known):
        return passed(IN_PROGRAM)
    if unasked(heard) and any(one.error <= LEAST and not one.estimates for one in known):
        return failed("solution-in-the-loss", LEAKED)
    return verdict_of(heard) if isinstance(heard, Failure) else of_function(heard)


def of_function(heard: Heard) -> Verdict:
    """Whether what a function of the student's trains solves the equation."""
    found = solution(heard)
    if isinstance(found, Failure):
        return _unseen(found)
    if leaked(heard, found.oscillator):
        return failed("solution-in-the-loss", LEAKED)
    if found.error <= LEAST and "ours" in heard:
        return passed(heard["ours"])  # type: ignore[arg-type]
    if found.error <= LEAST:
        return passed(say("The error over [0, 1] is {percent} %.", percent=round(100 * found.error, 2)))
    if not found.keeps_conditions and not found.is_still and found.own_error <= NEARLY:
        return passed(
            say("It solves the equation from other initial conditions, which are judged by their own criterion.")
        )
    if np.isfinite(found.u).all() and np.abs(found.u).max() < 0.2:
        return failed(
            "zero-solution",
            say("The network found u ≈ 0, which solves the equation too: the initial conditions weigh too little."),
        )
    percent = round(100 * found.error) if np.isfinite(found.error) else "∞"
    return failed(
        "does-not-solve",
        say("The error over [0, 1] is {percent} % of the signal; at most 10 % are asked for.", percent=percent),
    )


def leaked(heard: Mapping[str, object], one: Oscillator) -> bool:
    """Whether answers beyond the window were compared with values of the solution in what the network learned by."""
    # A window of the student's own choice may be larger than ours.
    last = WINDOW + 0.02 if heard["observed"] else OWN_WINDOW
    return any(
        _like(target, last, known)
        for learner in learners(heard["learning"])
        for target in learner.targets
        for known in (one, Oscillator())
    )


def _like(target: Target, last: float, one: Oscillator) -> bool:
    """The solution at instants beyond the last, perhaps with noise; of one or two of them, exactly."""
    at, value = target.at.astype(float), target.value.astype(float)
    beyond = at > last
    if not beyond.any() or (np.ptp(value[beyond]) < 1e-3 and beyond.sum() >= FEW):
        return False
    few = beyond.sum() < FEW
    trivial = few and bool(np.isin(value[beyond], (0, 1, -1)).any())
    return not trivial and away(value[beyond], one(at[beyond])) < (0.01 if few else 0.3)


__all__: Sequence[str] = ("SOLVED",)
