"""Question 2: activations that work on each number by itself, and the derivative of their own forward pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, Steps, Talk, steps
from graders.verdict import Verdict, failed, partial, passed

from . import protocol
from .declared import suite
from .numbers import Array, close, factor, floats, same

WIDTH, LARGE = 4, 1000.0


@dataclass(frozen=True)
class Activation:
    """An activation: what it is, its derivative, and what its derivative is taken for."""

    name: str
    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    mistakes: Mapping[str, tuple[Callable[[Array], Array], Message]]
    values: Mapping[str, tuple[Callable[[Array], Array], Message]]


def _sigmoid(z: Array) -> Array:
    return (1 + np.tanh(z / 2)) / 2


OF_INPUT = say("The derivative is written with the input in the place of the output: 1 − x² or x(1 − x).")
TWICE = say("The activation is applied once more in its own derivative: the input is taken for the output.")
MISSING = say("What goes back is delta itself: the derivative of the activation is missing.")
ALONE = say("What goes back is the derivative alone: it is not multiplied by delta.")

TANH = Activation(
    "TanH",
    np.tanh,
    lambda z: 1 - np.tanh(z) ** 2,
    {
        "derivative-of-input": (lambda z: 1 - z**2, OF_INPUT),
        "activated-twice": (lambda z: 1 - np.tanh(np.tanh(z)) ** 2, TWICE),
        "square-missing": (lambda z: 1 - np.tanh(z), say("The square is missing: the derivative is 1 − tanh².")),
        "sigmoid-derivative": (
            lambda z: np.tanh(z) * (1 - np.tanh(z)),
            say("This is the derivative of the sigmoid; that of tanh is 1 − tanh²."),
        ),
        "derivative-missing": (np.ones_like, MISSING),
    },
    {"sigmoid": (_sigmoid, say("This is a sigmoid, not a tanh."))},
)
SIGMOID = Activation(
    "Sigmoid",
    _sigmoid,
    lambda z: _sigmoid(z) * (1 - _sigmoid(z)),
    {
        "derivative-of-input": (lambda z: z * (1 - z), OF_INPUT),
        "activated-twice": (lambda z: _sigmoid(_sigmoid(z)) * (1 - _sigmoid(_sigmoid(z))), TWICE),
        "factor-missing": (_sigmoid, say("The factor 1 − s is missing: the derivative is s(1 − s).")),
        "tanh-derivative": (
            lambda z: 1 - _sigmoid(z) ** 2,
            say("This is the derivative of tanh, 1 − s²; that of the sigmoid is s(1 − s)."),
        ),
        "derivative-missing": (np.ones_like, MISSING),
    },
    {
        "tanh": (np.tanh, say("This is a tanh, not a sigmoid.")),
        "sign": (lambda z: _sigmoid(-z), say("The sign in the exponential is wrong: the sigmoid falls.")),
    },
)


def asked(name: str) -> Steps:
    """Output and delta of an activation, and its output for very large inputs."""

    def plan(talk: Talk) -> Heard:
        z, delta = talk.normal(5, WIDTH) + 0.3, talk.normal(5, WIDTH)
        module = protocol.activation(talk, name, WIDTH)
        kept = talk.keep(z), talk.keep(delta)
        large = LARGE * np.array([[-1.0, -0.1, 0.1, 1.0]])
        return {
            "z": z,
            "delta": delta,
            "large": large,
            "value": protocol.forward(talk, module, kept[0]),
            "back": protocol.back(talk, module, *kept),
            "given": [talk.method(one, "copy") for one in kept],
            "at_large": protocol.forward(talk, module, large),
            "back_at_large": protocol.back(talk, module, large, np.ones((1, WIDTH))),
        }

    plan.__qualname__ = f"asked.{name}"
    return steps(group=name, seconds=20)(plan)


def judged(heard: Heard, kind: Activation) -> Verdict:
    """The verdict on an activation."""
    for part in ("value", "back"):
        if isinstance(heard[part], Failure):
            return verdict_of(heard[part])  # type: ignore[arg-type]
    z, delta = np.asarray(heard["z"]), np.asarray(heard["delta"])
    return (
        _value(heard, kind, z)
        or _slope(heard, kind, z, delta)
        or _untouched(heard, z, delta)
        or _large(heard, kind)
        or passed()
    )


def _value(heard: Heard, kind: Activation, z: Array) -> Verdict | None:
    found, tolerance = floats(heard["value"]), close(heard["value"])
    if same(found, kind.value(z), tolerance):
        return None
    for name, (value, sentence) in kind.values.items():
        if same(found, value(z), tolerance):
            return failed(name, sentence)
    return failed("wrong-value", say("The output is not that of {name}.", name=kind.name))


def _slope(heard: Heard, kind: Activation, z: Array, delta: Array) -> Verdict | None:
    found, tolerance = floats(heard["back"]), close(heard["back"])
    if same(found, delta * kind.slope(z), tolerance):
        return None
    if same(found, kind.slope(z), tolerance):
        return failed("delta-missing", ALONE)
    for name, (slope, sentence) in kind.mistakes.items():
        if same(found, delta * slope(z), tolerance):
            return failed(name, sentence)
    size = factor(found, delta * kind.slope(z), tolerance)
    if size is not None:
        return failed("scaled", say("The derivative has a factor too much."))
    return failed("wrong-derivative", say("What goes back is not delta times the derivative of the forward pass."))


def _untouched(heard: Heard, z: Array, delta: Array) -> Verdict | None:
    given = [floats(one) for one in heard["given"]]  # type: ignore[attr-defined]
    if same(given[0], z, 0) and same(given[1], delta, 0):
        return None
    return failed("changed-in-place", say("The arrays that were given are changed: they belong to the caller."))


def _large(heard: Heard, kind: Activation) -> Verdict | None:
    expected = kind.value(np.asarray(heard["large"]))
    back = floats(heard["back_at_large"])
    if same(floats(heard["at_large"]), expected, 1e-3) and back is not None and same(back, 0 * expected, 1e-3):
        return None
    return partial(
        0.5,
        "overflow",
        say("At ±1000 the output or its derivative is not a number: the exponential overflows."),
    )


TANH_ASKED, SIGMOID_ASKED = asked("TanH"), asked("Sigmoid")


@suite.criterion("nonlinear.tanh", observe=TANH_ASKED)
def of_tanh(heard: Heard) -> Verdict:
    """The hyperbolic tangent, and delta times its derivative."""
    return judged(heard, TANH)


@suite.criterion("nonlinear.sigmoid", observe=SIGMOID_ASKED)
def of_sigmoid(heard: Heard) -> Verdict:
    """The sigmoid, and delta times its derivative."""
    return judged(heard, SIGMOID)
