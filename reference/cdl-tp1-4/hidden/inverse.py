"""Question 4: µ found again from noisy observations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.learning import Learner, learners
from graders.observe.observation import Failure
from graders.observe.probe import Optional, OrMissing
from graders.observe.steps import Heard, How, Plan, Talk, steps
from graders.verdict import Verdict, failed, passed

from .declared import DEFAULT, Oscillator, column, suite
from .programs import IN_PROGRAM, TRAININGS, Trained, unasked
from .trained import asked as training
from .trained import with_our_network, with_our_residual

# Measured, 22 seeds: the reference and nine right ways are within 4.3 % (mean 0.7 %, deviation 0.6 %: the threshold is
# six deviations away). One that trains by five hundred iterations of L-BFGS has not converged on one set in three (26 of 69
# seeds), or stays where it began. What fails is asked again with another µ, other noise, other initial weights and four times
# as many iterations, of which one in four fails (12 of 50: where it began): after eight of these less than one in a hundred
# thousand is left, after four it was one in eight hundred.
WITHIN, POINTS, NOISE, LONGER = 0.05, 80, 0.01, 4
LONG, SMALL = 4, 0.05
NAMED = re.compile(r"(mu|µ|μ)(_?(est|estim|estimate|estimated|hat|estime|estimee|final|value))?", re.IGNORECASE)
LOSS = re.compile(r"los|pert|co[uû]t|err", re.IGNORECASE)
# Far from every number that a constant may be: none of 2, 2.5, 3, 3.5, 4 is within 5 % of any of these.
HIDDEN = ((2.66, 2.82), (3.18, 3.30), (3.70, 3.78))


def _identified(talk: Talk, how: How | None = None) -> dict[str, object]:
    low, high = HIDDEN[int(talk.rng.integers(len(HIDDEN)))]
    one = Oscillator(1.0, float(talk.rng.uniform(low, high)), 100.0)
    t = np.linspace(0, 1, POINTS)
    noisy = one(t) + NOISE * talk.rng.standard_normal(POINTS)
    values = {"t": column(t), "u": column(noisy), "m": one.m, "k": one.k, "w0": float(np.sqrt(one.k / one.m))}
    return {"oscillator": one, **training(talk, "identify", values, {"all": np.linspace(0, 1, 50)}, how)}


def again(seed: int) -> Plan:
    """Another µ, other noise, other initial weights, a longer training: nobody loses the points to one draw."""

    def plan(talk: Talk) -> Heard:
        return _identified(talk, How(seed=seed, longer=LONGER))

    plan.__qualname__ = f"again {seed}"
    return plan


def _our_residual(talk: Talk) -> Heard:
    """Where its own is what is wrong."""
    return {"ours": with_our_residual(talk), **_identified(talk)}


def _our_network(talk: Talk) -> Heard:
    """Where its own is what is wrong."""
    return {"ours": with_our_network(talk), **_identified(talk)}


def _is_found(heard: Heard) -> bool:
    return not isinstance(heard["result"], Failure) and _is_right(heard)


def _is_right(heard: Heard) -> bool:
    mu = heard["oscillator"].mu  # type: ignore[attr-defined]
    return any(abs(one - mu) <= WITHIN * mu for one in _found(heard))


def _found(heard: Heard) -> list[float]:
    return estimates(heard["result"]) or [one.value for one in numbers(heard["held"])]


@steps(group="inverse", seconds=280, ways=(*map(again, range(1, 9)), _our_residual, _our_network), enough=_is_found)
def IDENTIFIED(talk: Talk) -> Heard:
    """Observations over [0, 1] with a little noise; µ is hidden."""
    return _identified(talk)


@dataclass(frozen=True)
class Number:
    """A number that came back, by the keys that lead to it; perhaps the last one of a list."""

    name: str
    value: float
    is_last: bool = False

    @property
    def is_named(self) -> bool:
        """Whether it is called µ."""
        return bool(NAMED.fullmatch(self.name.rsplit(".", 1)[-1].strip("_")))

    @property
    def is_loss(self) -> bool:
        """Whether it is called a loss, or is as small as one."""
        return bool(LOSS.search(self.name)) or abs(self.value) < SMALL


def numbers(value: object, name: str = "", depth: int = 3) -> Iterator[Number]:
    """Numbers that came back; the last one of a list stands for an estimate as well."""
    if isinstance(value, bool) or depth < 0:
        return
    if isinstance(value, int | float):
        yield Number(name, float(value))
    elif isinstance(value, np.ndarray) and value.size == 1:
        yield Number(name, float(value.reshape(-1)[0]))
    elif isinstance(value, Mapping) and "opaque" not in value:
        for key, item in value.items():
            yield from numbers(item, f"{name}.{key}", depth - 1)
    elif isinstance(value, list | np.ndarray) and len(value) > LONG:
        yield from (replace(one, is_last=True) for one in numbers(_plain(value[-1]), name, depth - 1))
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, name, depth - 1)


def _plain(value: object) -> object:
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value


def estimates(result: object) -> list[float]:
    """What may be the estimate of µ: what is called so, else a number of its own, else where a history ends."""
    found = list(numbers(result))
    own = [one for one in found if not one.is_last and not one.is_loss]
    likely = [own, [one for one in found if one.is_last]]
    ranked = [some for each in likely for some in ([one for one in each if one.is_named], each)]
    return [one.value for one in next((some for some in ranked if some), found)]


@suite.criterion("inverse.parameter", observe=(OrMissing(IDENTIFIED), Optional(TRAININGS)))
def parameter(asked: tuple[Heard | Failure], trained: tuple[list[Trained] | Failure]) -> Verdict:
    """µ within 5 % of the hidden one."""
    known = [] if isinstance(trained[0], Failure) else trained[0]
    if unasked(asked[0]) and any(_is_near(each, one.true_mu) for one in known for each in one.possible_mu):
        return passed(IN_PROGRAM)
    return verdict_of(asked[0]) if isinstance(asked[0], Failure) else of_function(asked[0])


def _is_near(found: float, mu: float | None) -> bool:
    return mu is not None and abs(found - mu) <= WITHIN * mu


def of_function(heard: Heard) -> Verdict:
    """What a function of the student's estimates."""
    if isinstance(heard["result"], Failure):
        return verdict_of(heard["result"])
    if _is_right(heard):
        return passed(*([heard["ours"]] if "ours" in heard else []))  # type: ignore[arg-type]
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
