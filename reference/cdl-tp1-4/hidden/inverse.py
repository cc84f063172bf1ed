"""Question 4: µ found again from noisy observations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.learning import Learner, learners
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Talk, steps
from graders.verdict import Verdict, failed, passed

from .declared import DEFAULT, Oscillator, column, suite
from .trained import RIGHT_RESIDUAL, asked, usual

WITHIN, POINTS, NOISE = 0.05, 80, 0.01
# Far from every number that a constant may be: none of 2, 2.5, 3, 3.5, 4 is within 5 % of any of these.
HIDDEN = ((2.66, 2.82), (3.18, 3.30), (3.70, 3.78))


def _identified(talk: Talk) -> dict[str, object]:
    low, high = HIDDEN[int(talk.rng.integers(len(HIDDEN)))]
    one = Oscillator(1.0, float(talk.rng.uniform(low, high)), 100.0)
    t = np.linspace(0, 1, POINTS)
    noisy = one(t) + NOISE * talk.rng.standard_normal(POINTS)
    values = {"t": column(t), "u": column(noisy), "m": one.m, "k": one.k, "w0": float(np.sqrt(one.k / one.m))}
    return {"oscillator": one, **asked(talk, "identify", values, {"all": np.linspace(0, 1, 50)})}


def _with_ours(talk: Talk) -> Heard:
    """With the residual of ours, where its own is what is wrong."""
    usual(talk)
    return {**_identified(talk), "ours": True}


def _is_found(heard: Heard) -> bool:
    return not isinstance(heard["result"], Failure) and _is_right(heard)


def _is_right(heard: Heard) -> bool:
    mu = heard["oscillator"].mu  # type: ignore[attr-defined]
    return any(abs(one - mu) <= WITHIN * mu for one in _found(heard))


def _found(heard: Heard) -> list[float]:
    return estimates(heard["result"]) or [value for _, value in numbers(heard["held"])]


@steps(group="inverse", seconds=280, ways=(_with_ours,), enough=_is_found)
def IDENTIFIED(talk: Talk) -> Heard:
    """Observations over [0, 1] with a little noise; µ is hidden."""
    return _identified(talk)


def numbers(value: object, name: str = "", depth: int = 3) -> Iterator[tuple[str, float]]:
    """Numbers that came back, by the keys that lead to them; the last one of a list stands for an estimate as well."""
    if isinstance(value, bool) or depth < 0:
        return
    if isinstance(value, int | float):
        yield name, float(value)
    elif isinstance(value, np.ndarray) and value.size == 1:
        yield name, float(value.reshape(-1)[0])
    elif isinstance(value, Mapping) and "opaque" not in value:
        for key, item in value.items():
            yield from numbers(item, f"{name}.{key}", depth - 1)
    elif isinstance(value, list) and value:
        long = all(isinstance(one, int | float) for one in value) and len(value) > 4
        for item in value[-1:] if long else value:
            yield from numbers(item, name, depth - 1)


def estimates(result: object) -> list[float]:
    """What may be the estimate of µ: what is called so, else every number that came back on top."""
    found = list(numbers(result))
    named = [
        value
        for name, value in found
        if name.rsplit(".", 1)[-1].lower().strip("_") in ("mu", "µ", "mu_est", "mu_estimate", "mu_hat", "mu_estime")
    ]
    return named or [value for name, value in found if "los" not in name.lower() and "pert" not in name.lower()]


@suite.criterion("inverse.parameter", observe=IDENTIFIED)
def parameter(heard: Heard) -> Verdict:
    """µ within 5 % of the hidden one."""
    if isinstance(heard["result"], Failure):
        return verdict_of(heard["result"])
    if _is_right(heard):
        return passed(*([RIGHT_RESIDUAL] if "ours" in heard else []))
    if not (found := _found(heard)):
        return failed("no-estimate", say("It returns no number that may be the estimate of µ."))
    return _why(found, heard["oscillator"].mu, learners(heard["learning"]))  # type: ignore[attr-defined]


def _why(found: list[float], mu: float, trained: list[Learner]) -> Verdict:
    if any(abs(2 * one - mu) <= WITHIN * mu for one in found):
        return failed("half", say("The estimate is half of µ: it is µ/2m that was identified."))
    if trained and not any(_single(one) for one in trained):
        return failed("not-in-the-optimizer", say("µ is no parameter of the optimizer: it is never learned."))
    if trained and not any(_moves(one) for one in trained):
        return failed("never-moves", say("The estimate of µ never moves from where it starts."))
    if any(abs(one - DEFAULT.mu) < 1e-6 for one in found):
        return failed("constant", say("The estimate is µ = 2 whatever the observations are."))
    closest = min(found, key=lambda one: abs(one - mu))
    percent = round(100 * abs(closest - mu) / mu) if np.isfinite(closest) else "∞"
    return failed(
        "too-far", say("The estimate is {percent} % away from the true µ; at most 5 % are asked for.", percent=percent)
    )


def _single(one: Learner) -> bool:
    """Whether a single number is learned, besides the bias of the network's output."""
    return sum(int(np.prod(shape)) == 1 for shape in one.shapes) > any(len(shape) > 1 for shape in one.shapes)


def _moves(one: Learner) -> bool:
    pairs = zip(one.initial, one.final, strict=False)
    single = [float(np.abs(np.subtract(last, first)).max()) for first, last in pairs if np.size(first) == 1]
    return sum(change > 1e-4 for change in single) > any(len(shape) > 1 for shape in one.shapes)
