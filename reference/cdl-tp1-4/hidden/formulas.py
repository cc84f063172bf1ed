"""Residuals: those that have the solutions of the equation, and those that have others, by the names of the mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graders.language import Message, say

from .declared import Array, Oscillator

Formula = Callable[[Array, Array, Array, Oscillator], Array]


def terms(m: float = 1, mu: float = 1, k: float = 1) -> Formula:
    """m u″ + µ u′ + k u, each term so many times."""
    return lambda u, v, a, o: m * o.m * a + mu * o.mu * v + k * o.k * u


RIGHT: Mapping[str, tuple[Message | None, Formula]] = {
    "": (None, terms()),
    "divided": (
        say("The equation was divided by m: its residual is m times smaller, with the same solutions."),
        lambda u, v, a, o: a + o.mu / o.m * v + o.k / o.m * u,
    ),
    "by-stiffness": (
        say("The equation was divided by k: its residual is k times smaller, with the same solutions."),
        lambda u, v, a, o: o.m / o.k * a + o.mu / o.k * v + u,
    ),
    "opposite": (say("The residual has the opposite sign, with the same solutions."), terms(-1, -1, -1)),
}
WRONG: Mapping[str, tuple[Message, Formula]] = {
    "first-derivative-twice": (
        say("The first derivative stands where the second should: u′ is taken twice from u."),
        lambda u, v, a, o: o.m * v + o.mu * v + o.k * u,
    ),
    "second-derivative-twice": (
        say("The second derivative stands where the first should."),
        lambda u, v, a, o: o.m * a + o.mu * a + o.k * u,
    ),
    "derivatives-swapped": (
        say("The two derivatives are swapped: m multiplies u′, and µ multiplies u″."),
        lambda u, v, a, o: o.m * v + o.mu * a + o.k * u,
    ),
    "sign-of-mu": (say("The damping has the wrong sign."), terms(mu=-1)),
    "sign-of-k": (say("The spring has the wrong sign."), terms(k=-1)),
    "sign-of-m": (say("The acceleration has the wrong sign."), terms(m=-1)),
    "mu-missing": (say("The damping µ u′ is missing."), terms(mu=0)),
    "k-missing": (say("The spring k u is missing."), terms(k=0)),
    "acceleration-missing": (say("The acceleration m u″ is missing."), terms(m=0)),
    "m-missing": (say("The acceleration is not multiplied by m."), lambda u, v, a, o: a + o.mu * v + o.k * u),
    "k-squared": (say("The spring constant is squared."), lambda u, v, a, o: o.m * a + o.mu * v + o.k**2 * u),
    "mu-twice": (say("The damping is counted twice: 2µ."), terms(mu=2)),
    "mu-halved": (say("The damping is halved: µ/2."), terms(mu=0.5)),
    "mu-and-k-swapped": (say("µ and k are swapped."), lambda u, v, a, o: o.m * a + o.k * v + o.mu * u),
    "nothing-of-u": (say("k is added, and not multiplied by u."), lambda u, v, a, o: o.m * a + o.mu * v + o.k),
    "constants-written-into-it": (
        say("The constants of the statement are written into it: m, µ and k that are given change nothing."),
        lambda u, v, a, o: a + 2 * v + 100 * u,
    ),
}
