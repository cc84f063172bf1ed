"""Question 1: the squared error, its value in any of the usual sizes, and the derivative of that value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from . import protocol
from .declared import suite
from .numbers import Array, close, factor, floats, same

SHAPES = ((6, 3), (5, 3), (7, 1), (1, 2))
Reduced = Callable[[Array], Array]
# Every size that a value may have, made of the squares of the differences.
READINGS: Sequence[Reduced] = (
    lambda e: e,
    lambda e: e.sum(axis=1),
    lambda e: e.mean(axis=1),
    lambda e: e.sum(axis=1, keepdims=True),
    lambda e: e.mean(axis=1, keepdims=True),
    lambda e: np.asarray(e.sum()),
    lambda e: np.asarray(e.mean()),
    lambda e: np.asarray(e.sum(axis=1).mean()),
    lambda e: np.asarray(e.mean(axis=1).sum()),
    lambda e: e.mean(axis=0),
    lambda e: e.sum(axis=0),
)
NOT_SQUARED = say("The value is not a squared error: the differences are not squared.")


def _sum_first(error: Array) -> Array:
    """The square of the sum stands where the sum of squares does, however that is reduced."""
    total = error.sum(axis=1, keepdims=True) ** 2
    return np.asarray(np.repeat(total / error.shape[1], error.shape[1], axis=1))


MISTAKES: Mapping[str, tuple[Callable[[Array], Array], Message]] = {
    "absolute-error": (np.abs, say("The value is the absolute error, not the squared one.")),
    "not-squared": (lambda e: e, NOT_SQUARED),
    "sum-squared": (
        _sum_first,
        say("The differences are summed before they are squared: each one is squared, then they are summed."),
    ),
    "cubed": (lambda e: np.abs(e) ** 3, NOT_SQUARED),
}
ROOT = say("The value is the root of the squared error; its derivative is another one.")


@steps(group="squared error", seconds=20)
def ASKED(talk: Talk) -> Heard:
    """Value and derivative for targets and predictions of several sizes, and for a flat target against a column."""
    loss = talk.call("MSELoss", how=protocol.QUIET)
    cases = [(talk.normal(*shape), talk.normal(*shape)) for shape in SHAPES]
    y, yhat = talk.normal(6), talk.normal(6, 1)
    kept = talk.keep(cases[0][1])
    derivative = protocol.loss_back(talk, loss, cases[0][0], kept)
    return {
        "cases": cases,
        "values": [protocol.loss_value(talk, loss, *case) for case in cases],
        "derivatives": [derivative, *(protocol.loss_back(talk, loss, *case) for case in cases[1:])],
        "given": talk.method(kept, "copy"),
        "flat": (y, yhat),
        "flat_value": protocol.loss_value(talk, loss, y, yhat),
        "flat_derivative": protocol.loss_back(talk, loss, y, yhat),
    }


@suite.criterion("loss.mse", observe=ASKED)
def mse(heard: Heard) -> Verdict:
    """A squared error, and its derivative; a flat target is no row of columns."""
    problem = next((one for one in (*heard["values"], *heard["derivatives"]) if isinstance(one, Failure)), None)  # type: ignore[misc]
    if problem:
        return verdict_of(problem)
    cases = [(np.asarray(y), np.asarray(yhat)) for y, yhat in heard["cases"]]  # type: ignore[attr-defined]
    return (
        _value([floats(one) for one in heard["values"]], cases, close(heard["values"][0]))  # type: ignore[attr-defined, index]
        or _derivative([floats(one) for one in heard["derivatives"]], cases, close(heard["derivatives"][0]))  # type: ignore[attr-defined, index]
        or _untouched(heard, cases)
        or _flat(heard)
        or passed()
    )


Case = tuple[Array, Array]


def _explained(
    values: Sequence[Array | None], cases: Sequence[Case], of: Callable[[Array], Array], tolerance: float
) -> bool:
    """Whether one reduction of these errors gives every value, up to a constant that is the same for the same width."""
    return any(_reduces(values, cases, (lambda e, reduce=reduce: reduce(of(e))), tolerance) for reduce in READINGS)


def _reduces(
    values: Sequence[Array | None], cases: Sequence[Case], of: Callable[[Array], Array], tolerance: float
) -> bool:
    sizes = [factor(one, of(y - yhat), tolerance) or 0 for one, (y, yhat) in zip(values, cases, strict=True)]
    return min(sizes) > 0 and _alike(values, cases, of, tolerance)


def _alike(
    values: Sequence[Array | None], cases: Sequence[Case], of: Callable[[Array], Array], tolerance: float
) -> bool:
    """The first two cases have the same width: their constants agree."""
    sizes = [factor(one, of(y - yhat), tolerance) for one, (y, yhat) in zip(values[:2], cases[:2], strict=True)]
    return sizes[0] is not None and sizes[1] is not None and abs(sizes[0] - sizes[1]) <= 1e-4 * abs(sizes[0])


def _value(values: Sequence[Array | None], cases: Sequence[Case], tolerance: float) -> Verdict | None:
    if _explained(values, cases, np.square, tolerance):
        return None
    squares = [None if one is None else one**2 for one in values]
    if _explained(squares, cases, np.square, tolerance):
        return failed("root", ROOT)
    for name, (of, sentence) in MISTAKES.items():
        if _explained(values, cases, of, tolerance):
            return failed(name, sentence)
    if _products(values[0], *cases[0], tolerance):
        return failed(
            "all-pairs",
            say(
                "The differences are multiplied as matrices, every example with every other one: each is squared alone."
            ),
        )
    if _explained([None if one is None else -one for one in values], cases, np.square, tolerance):
        return failed("value-sign", say("The value is minus the squared error."))
    return failed("wrong-value", say("The value is no squared error, by example, by component, mean or sum."))


def _products(value: Array | None, y: Array, yhat: Array, tolerance: float) -> bool:
    """Whether it is e eᵀ, or eᵀ e, where these are no squares."""
    error = y - yhat
    return any((factor(value, one, tolerance) or 0) > 0 for one in (error @ error.T, error.T @ error))


def _derivative(found: Sequence[Array | None], cases: Sequence[Case], tolerance: float) -> Verdict | None:
    for one, (y, yhat) in zip(found, cases, strict=True):
        if one is None or one.shape != yhat.shape:
            return failed(
                "reduced-derivative",
                say("The derivative has not the size of the prediction: each of its components needs its own."),
            )
        size = factor(one, yhat - y, tolerance)
        if size is None:
            return failed(
                "wrong-derivative", say("The derivative is not that of the squared error: it is along yhat − y.")
            )
        if size <= 0:
            return failed("sign", say("The derivative has the wrong sign: it is along yhat − y."))
    return None


def _untouched(heard: Heard, cases: Sequence[Case]) -> Verdict | None:
    if same(floats(heard["given"]), cases[0][1], 0):
        return None
    return failed("changed-in-place", say("The prediction that was given is changed: it belongs to the caller."))


def _flat(heard: Heard) -> Verdict | None:
    """A target (n,) against a prediction (n, 1): refused or understood, but never all pairs."""
    y, yhat = (np.asarray(one) for one in heard["flat"])  # type: ignore[attr-defined]
    column = y[:, None] - yhat
    value, derivative = floats(heard["flat_value"]), floats(heard["flat_derivative"])
    if value is None:
        return None
    right = any(
        value.size == reduce(column**2).size and (factor(value.ravel(), reduce(column**2).ravel()) or 0) > 0
        for reduce in READINGS
    )
    # A sum and a mean over all pairs are one number too: it must be a number that a smaller case explains.
    pairs = value.size == 1 and not _same_number(heard, float(value.ravel()[0]), column)
    derived = derivative is None or (
        derivative.size == len(y) and (factor(derivative.ravel(), -column.ravel()) or 0) > 0
    )
    if right and derived and not pairs:
        return None
    return partial(
        0.5,
        "broadcast",
        say("A target of size (n,) against a prediction of size (n, 1) silently gives all n × n differences."),
    )


def _same_number(heard: Heard, value: float, column: Array) -> bool:
    """Whether a single number follows from these differences as it did for a column of seven."""
    (y, yhat), seen = heard["cases"][2], floats(heard["values"][2])  # type: ignore[index]
    total = np.square(np.asarray(y) - np.asarray(yhat))
    if seen is None or seen.size != 1:
        return True
    wanted = [float(seen.ravel()[0]) * reduce(column**2) / reduce(total) for reduce in (np.sum, np.mean)]
    return any(abs(value - one) <= 1e-4 * abs(one) for one in wanted)
