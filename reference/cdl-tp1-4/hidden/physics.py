"""Question 1: the exact solution, and the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.architecture import activations, layers
from graders.laws.failure import verdict_of
from graders.laws.trace import Pass
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.observe.steps import Heard, How, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from .declared import DEFAULT, Array, Oscillator, away, column, suite
from .made import fcn

CLOSE = 2e-3
_PASS = Reader(Pass)


@steps(group="exact solution")
def EXACT(talk: Talk) -> Heard:
    """With the constants of the statement, then with others."""
    others = [
        Oscillator(float(m), float(mu), float(k))
        for m, mu, k in talk.rng.uniform((0.6, 0.8, 40), (1.8, 3.5, 160), (3, 3))
    ]
    return {"cases": [_asked(talk, one) for one in (Oscillator(), *others)]}


def _asked(talk: Talk, one: Oscillator) -> Mapping[str, object]:
    t = np.sort(talk.rng.random(40))
    values = {"t": column(t), "m": one.m, "mu": one.mu, "k": one.k, "d": one.decay, "w0": float(np.sqrt(one.k / one.m))}
    return {"oscillator": one, "t": t, "u": talk.call("exact_solution", how=How(forms=("floats", "numpy")), **values)}


def _sum(one: Oscillator, t: Array, decay: float, frequency: float, side: float) -> Array:
    """exp(−decay·t) (cos ωt + side·sin ωt)."""
    return np.asarray(np.exp(-decay * t) * (np.cos(frequency * t) + side * np.sin(frequency * t)))


def _own_frequency(one: Oscillator) -> float:
    """√(k/m), that of the oscillator without damping."""
    return float(np.sqrt(one.k / one.m))


WRONG: Mapping[str, tuple[Message, Callable[[Oscillator, Array], Array]]] = {
    "defaults-only": (
        say("It is right for m = 1, µ = 2, k = 100 only: the constants are written into it."),
        lambda one, t: Oscillator()(t),
    ),
    "mass-unused": (say("It is right for m = 1 only: m is not used."), lambda one, t: Oscillator(1, one.mu, one.k)(t)),
    "mass-missing-in-decay": (
        say("It is right for m = 1 only: it decays by µ/2 instead of µ/2m."),
        lambda one, t: Oscillator(1, one.mu, one.k / one.m)(t),
    ),
    "mass-missing-in-frequency": (
        say("It is right for m = 1 only: the frequency takes k instead of k/m."),
        lambda one, t: Oscillator(1, one.mu / one.m, one.k)(t),
    ),
    "no-damping": (say("There is no damping: µ is not used."), lambda one, t: np.cos(_own_frequency(one) * t)),
    "frequency": (
        say("The frequency is that of the oscillator without damping: √(k/m) instead of √(k/m − (µ/2m)²)."),
        lambda one, t: _sum(one, t, one.decay, _own_frequency(one), one.decay / _own_frequency(one)),
    ),
    "initial-speed": (
        say("Its speed at t = 0 is not 0: the phase is missing."),
        lambda one, t: _sum(one, t, one.decay, one.frequency, 0),
    ),
    "phase-sign": (
        say("Its speed at t = 0 is not 0: the phase has the wrong sign."),
        lambda one, t: _sum(one, t, one.decay, one.frequency, -one.decay / one.frequency),
    ),
    "decay": (
        say("It decays by µ/m instead of µ/2m."),
        lambda one, t: _sum(one, t, 2 * one.decay, one.frequency, one.decay / one.frequency),
    ),
    "half": (say("It is half of the solution: u(0) is 1/2."), lambda one, t: 0.5 * one(t)),
    "double": (say("It is twice the solution: u(0) is 2."), lambda one, t: 2 * one(t)),
}


def _is(case: Mapping[str, object], formula: Callable[[Oscillator, Array], Array]) -> bool:
    u, t, one = case["u"], case["t"], case["oscillator"]
    return isinstance(u, np.ndarray) and away(u, formula(one, np.asarray(t))) <= CLOSE  # type: ignore[arg-type]


def _named(cases: Sequence[Mapping[str, object]]) -> str | None:
    """The mistake that explains every case."""
    return next((name for name, (_, formula) in WRONG.items() if all(_is(one, formula) for one in cases)), None)


def drawn_as_exact(heard: Heard | Failure) -> Callable[[Array], Array]:
    """What the student's solution is for the usual constants: a mistake in it is paid where it is made, and not where it is
    drawn."""
    named = None if isinstance(heard, Failure) else _named(cast("Sequence[Mapping[str, object]]", heard["cases"]))
    return (lambda t: WRONG[named][1](DEFAULT, t)) if named else DEFAULT


@suite.criterion("physics.exact", observe=EXACT)
def exact(heard: Heard) -> Verdict:
    """u solves the equation with u(0) = 1, u′(0) = 0, for any under-damped constants."""
    cases = cast("Sequence[Mapping[str, object]]", heard["cases"])
    first = cases[0]["u"]
    if isinstance(first, Failure):
        return verdict_of(first)
    if all(_is(one, lambda oscillator, t: oscillator(t)) for one in cases):
        return passed()
    if named := _named(cases):
        return failed(named, WRONG[named][0])
    failures = [one["u"] for one in cases if isinstance(one["u"], Failure)]
    return (
        verdict_of(failures[0])
        if failures
        else failed("wrong-solution", say("It is not the solution with u(0) = 1 and u′(0) = 0."))
    )


SIZES = ((11, 2), (7, 4), (16, 3))


@steps(group="network")
def NETWORKS(talk: Talk) -> Heard:
    """Networks of several widths and depths."""
    traced = []
    for hidden, depth in SIZES:
        model = fcn(talk, hidden, depth, seed=3)
        traced.append(talk.trace(model, talk.make("leaf", array=column(talk.rng.random(9)))))
    return {"passes": traced}


@suite.criterion("network.fcn", observe=NETWORKS)
def network(heard: Heard) -> Verdict:
    """Depth hidden layers of that width, tanh after each, one output."""
    widths, names = [], []
    for one in heard["passes"]:  # type: ignore[attr-defined]
        traced = one if isinstance(one, Failure) else _PASS.read(Seen(one))
        if isinstance(traced, Failure):
            return verdict_of(traced)
        found = layers(traced)
        widths.append([found[0].weight.shape[1], *(layer.weight.shape[0] for layer in found)] if found else [])
        names.append(activations(traced))
    return _widths(widths) or _activations(names) or passed()


def _widths(found: Sequence[Sequence[int]]) -> Verdict | None:
    wanted = [[1, *([hidden] * depth), 1] for hidden, depth in SIZES]
    if list(map(list, found)) == wanted:
        return None
    if all(one == found[0] for one in found):
        return failed("fixed-size", say("Its width and depth do not depend on what is asked for."))
    why = say(
        "With hidden_dim={hidden} and depth={depth} the widths are {found}.",
        hidden=SIZES[0][0],
        depth=SIZES[0][1],
        found=str(list(found[0])),
    )
    if [len(one) - 1 for one in found] == [depth for _, depth in SIZES]:
        return partial(
            0.75, "depth-counts-the-output", say("Its depth counts the output layer; hidden layers were meant."), why
        )
    if [len(one) for one in found] != [len(one) for one in wanted]:
        return failed("wrong-depth", say("It has not as many hidden layers as depth says."), why)
    return failed("wrong-widths", why)


def _activations(found: Sequence[Sequence[str | None]]) -> Verdict | None:
    hidden = [name for one in found for name in one[:-1]]
    if any(name is None for name in hidden):
        return failed("linear-stack", say("There is no activation after every hidden layer."))
    if any(one[-1] for one in found if one):
        return failed("activation-at-output", say("The output goes through an activation: it cannot take any value."))
    others = sorted({str(name) for name in hidden} - {"tanh"})
    if others and set(others) <= {"relu", "leaky_relu"}:
        return failed(
            "not-smooth",
            say("The activation is {name}: its second derivative is 0 everywhere; tanh was asked for.", name=others[0]),
        )
    if not others:
        return None
    return partial(0.5, "not-tanh", say("The activation is {name}; tanh was asked for.", name=", ".join(others)))
