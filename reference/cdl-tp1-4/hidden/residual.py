"""Question 3: the residual, asked on functions whose derivatives are known, and its own derivatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.probe import Optional, OrMissing
from graders.observe.steps import Heard, How, Ref, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from .declared import Array, Oscillator, column, suite
from .formulas import RIGHT, WRONG, Formula, terms
from .made import fcn
from .pinn import of_program
from .programs import TRAININGS, UNASKED, Trained
from .trained import physical, taken
from .waves import Wave, drawn

CLOSE = 2e-3
# The mean of a residual, in deviations: neither 0 nor that of its absolute value.
ONE_SIDED = 0.3


@steps(group="residual")
def RESIDUALS(talk: Talk) -> Heard:
    """Times that derivatives can be taken by, times as they come; with the constants of ours where they are taken."""
    cases = []
    for _ in range(2):
        given, known = case(talk.rng, lambda one: _taken(talk, one))
        for kind in ("leaf", "tensor"):
            cases.append({**known, "kind": kind, "parts": _asked(talk, known, given, kind)})
    return {"cases": cases}


def case(rng: np.random.Generator, taken: Callable[[Oscillator], Oscillator]) -> tuple[Oscillator, Mapping[str, Any]]:
    """Constants to be given; a function, times and weights, where the residual by those that are taken has either sign."""
    wave, t = drawn(rng), np.sort(rng.random(17))
    given = Oscillator(*(float(one) for one in rng.uniform((1.4, 2.5, 20), (2.6, 5, 60))))
    one = taken(given)
    values = terms()(wave.value(t, 0), wave.value(t, 1), wave.value(t, 2), one)
    level = (ONE_SIDED * values.std() - values.mean()) / one.k
    wave = replace(wave, powers=[wave.powers[0] + level, *wave.powers[1:]])
    return given, {"wave": wave, "t": t, "oscillator": one, "weights": rng.standard_normal(len(t))}


def _taken(talk: Talk, one: Oscillator) -> Oscillator:
    """The constants that a residual knows: what it does not take stands in it as the statement has it."""
    known = taken(talk, "residual")
    if {"d", "w0"} <= known and not {"mu", "k"} & known:
        return Oscillator(1.0, one.mu / one.m, one.k / one.m)
    kept = {name: getattr(one, name) for name in ("m", "mu", "k") if name in known}
    return Oscillator(**kept)


def _asked(talk: Talk, known: Mapping[str, Any], one: Oscillator, kind: str) -> list[Mapping[str, object]]:
    """What came back, whole and its first parts, each with its own derivatives by the coefficients of the function."""
    wave: Wave = known["wave"]
    sines = [list(each) for each in wave.sines]
    function = talk.make("wave", sines=sines, growths=[list(each) for each in wave.growths], powers=list(wave.powers))
    times = talk.make(kind, array=column(known["t"]))
    values: dict[str, object] = {**physical(one), "t": times, "model": _model(talk, function)}
    if "u" in taken(talk, "residual"):
        values["u"] = talk.method(function, "", times, how=How(quiet=True))
    whole = talk.call("residual", **values)
    parts = [whole, talk.get(whole, "0"), talk.get(whole, "1")]
    return [{"result": part, "gradients": talk.gradients(part, function, known["weights"])} for part in parts]


def _model(talk: Talk, function: Ref) -> Ref:
    """The function itself; of a network that has its residual as a method, one that answers like the function."""
    bound, network = talk.context.bound("residual"), talk.context.bound("FCN")
    owner = bound.definition.name.rpartition(".")[0] if bound else ""
    if not owner or network is None or network.definition.name != owner:
        return function
    return talk.make("acting", network=fcn(talk, 8, 2), function=function)


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back for one function, and the derivatives that it has by the coefficients."""

    case: Mapping[str, Any]
    part: int = 0

    @property
    def found(self) -> Array:
        """As it came, one number an instant."""
        return np.asarray(self.case["parts"][self.part]["result"], float).reshape(-1)

    @property
    def derivatives(self) -> object:
        """Of its weighted sum, by each coefficient; or why there are none."""
        return self.case["parts"][self.part]["gradients"]

    def expected(self, formula: Formula, wave: Wave | None = None) -> Array:
        """What a formula gives."""
        known, t = wave or self.case["wave"], self.case["t"]
        return formula(known.value(t, 0), known.value(t, 1), known.value(t, 2), self.case["oscillator"])

    def gradient(self, formula: Formula) -> dict[str, Array]:
        """The derivatives of the weighted sum by each coefficient."""
        by_order = [self.case["wave"].terms(self.case["t"], order) for order in range(3)]
        return {
            name: np.array(
                [
                    self.case["weights"] @ formula(u, v, a, self.case["oscillator"])
                    for u, v, a in zip(*(one[name] for one in by_order), strict=True)
                ]
            )
            for name in "abc"
        }


def _near(found: Array, expected: Array) -> bool:
    return found.shape == expected.shape and bool(np.all(np.abs(found - expected) <= CLOSE * np.abs(expected).max()))


@suite.criterion("pinn.residual", observe=(OrMissing(RESIDUALS), Optional(TRAININGS)))
def residual(asked: tuple[Heard | Failure], trained: tuple[list[Trained] | Failure]) -> Verdict:
    """m u″ + µ u′ + k u at each instant, differentiable."""
    said = verdict_of(asked[0]) if isinstance(asked[0], Failure) else of_function(asked[0])
    own = None if isinstance(trained[0], Failure) else of_program(trained[0])
    if own and said.diagnosis in (*UNASKED, "wrong-residual"):
        return passed(
            say("What the program trains solves the equation from its residual alone: the residual is right.")
        )
    return said


def of_function(heard: Heard) -> Verdict:
    """What a function of the student's returns on known functions."""
    cases: Sequence[Mapping[str, Any]] = heard["cases"]  # type: ignore[assignment]
    by_kind = {kind: [one for one in cases if one["kind"] == kind] for kind in ("leaf", "tensor")}
    working = next(
        (some for some in by_kind.values() if not any(isinstance(_whole(one), Failure) for one in some)), None
    )
    if working is None:
        return _raised(_whole(cases[0]))
    parts = [place for place in range(3) if all(_readable(one["parts"][place]["result"]) for one in working)]
    judged = [_values([Answer(one, place) for one in working]) for place in (parts[:1] if 0 in parts else parts)]
    return (
        max(judged, key=lambda one: one.credit) if judged else failed("unreadable", say("It does not return a tensor."))
    )


def _whole(case: Mapping[str, Any]) -> Any:
    return case["parts"][0]["result"]


def _readable(result: object) -> bool:
    return isinstance(result, np.ndarray | float | int) and not isinstance(result, bool)


def _raised(problem: Failure) -> Verdict:
    told = problem.message.lower()
    if problem.type == "RuntimeError" and ("does not require grad" in told or "second time" in told):
        return failed(
            "create-graph-missing", say("The first derivative cannot be derived again: create_graph=True is missing.")
        )
    return verdict_of(problem)


def _values(answers: Sequence[Answer]) -> Verdict:
    if all(len(one.found) == 1 for one in answers):
        return _means(answers)
    for note, formula in RIGHT.values():
        if all(_near(one.found, one.expected(formula)) for one in answers):
            return _differentiable(answers, formula) or passed(*([note] if note else []))
        if all(_near(one.found, one.expected(formula) ** 2) for one in answers):
            return passed(say("It returns the square of the residual at each instant."))
    for name, (why, formula) in WRONG.items():
        if all(_near(one.found, one.expected(formula)) for one in answers):
            return partial(0.5, name, why) if name == "constants-written-into-it" else failed(name, why)
    return failed("wrong-residual", say("It is not m u″ + µ u′ + k u."))


# Each is 0 where the equation is solved, and nowhere else.
LOSSES: Sequence[tuple[Message, Callable[[Array], Any]]] = (
    (say("It returns the mean square of the residual, as a loss."), lambda r: np.mean(r**2)),
    (say("It returns the sum of squares of the residual, as a loss."), lambda r: np.sum(r**2)),
    (say("It returns the mean absolute value of the residual, as a loss."), lambda r: np.mean(np.abs(r))),
    (say("It returns the norm of the residual, as a loss."), lambda r: np.sqrt(np.sum(r**2))),
    (say("It returns the norm of the residual, as a loss."), lambda r: np.sqrt(np.mean(r**2))),
)


def _means(answers: Sequence[Answer]) -> Verdict:
    """One number: the mean of squares may be meant, the square of a mean is a mistake."""
    for _, formula in RIGHT.values():
        values = [one.expected(formula) for one in answers]
        found = [float(one.found[0]) for one in answers]
        for note, size in LOSSES:
            if _all_close(found, [float(size(one)) for one in values]):
                return passed(note)
        if _all_close(found, [float(np.mean(one)) for one in values]) or _all_close(
            found, [float(np.mean(one) ** 2) for one in values]
        ):
            return failed(
                "mean-too-early",
                say("The residual is averaged before it is squared: positive and negative parts cancel out."),
            )
    for name, (why, formula) in WRONG.items():
        if _all_close(
            [float(one.found[0]) for one in answers], [float(np.mean(one.expected(formula) ** 2)) for one in answers]
        ):
            return failed(name, why)
    return failed("wrong-residual", say("It is not m u″ + µ u′ + k u."))


def _all_close(found: Sequence[float], expected: Sequence[float]) -> bool:
    return bool(np.allclose(found, expected, rtol=5e-3))


# What torch says of a graph that a derivative without create_graph=True has used up.
FREED = "second time"


def _differentiable(answers: Sequence[Answer], formula: Formula) -> Verdict | None:
    """Whether a loss on it reaches the network by each of its three terms."""
    found: list[Any] = [one.derivatives for one in answers]
    if any(isinstance(one, Failure) and FREED in one.message for one in found):
        return failed(
            "create-graph-missing",
            say("A derivative was taken without create_graph=True: nothing can go back through the residual any more."),
        )
    if any(isinstance(one, Failure) or not one or not any(np.any(part) for part in one.values()) for one in found):
        return failed(
            "not-differentiable",
            say(
                "No gradient goes back through the residual (detach, numpy or no_grad): nothing can be learned from it."
            ),
        )
    if all(_same(one, answer.gradient(formula)) for one, answer in zip(found, answers, strict=True)):
        return None
    return failed(
        "create-graph-missing",
        say("Its value is right, and its gradient is not: a derivative was taken without create_graph=True."),
    )


def _same(found: Mapping[str, object], expected: Mapping[str, Array]) -> bool:
    return all(
        isinstance(one := found.get(name), np.ndarray) and _near(one.astype(float), expected[name]) for name in expected
    )
