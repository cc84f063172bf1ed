"""Gradients of a network of one hidden layer under softmax cross-entropy, right and with one slip, in float64. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Of the largest gradient: a derivation in float32 is right, too; a slip is off by a hundred times that.
CLOSE = 1e-4


@dataclass(frozen=True, eq=False)
class Net:
    """X (n, d), y (n,) of class numbers, W1 (d, h), b1 (h,), W2 (h, c), b2 (c,)."""

    X: Array
    y: NDArray[np.int64]
    W1: Array
    b1: Array
    W2: Array
    b2: Array


@dataclass(frozen=True, eq=False)
class Gradients:
    """In the shapes of the net; with a slip a bias gradient may have one row an example."""

    W1: Array
    b1: Array
    W2: Array
    b2: Array

    def parts(self) -> tuple[Array, Array, Array, Array]:
        """In the usual order."""
        return self.W1, self.b1, self.W2, self.b2

    def times(self, *factors: float) -> Gradients:
        """Each part by its own factor, or all by one."""
        each = factors if len(factors) > 1 else factors * 4
        return Gradients(*(factor * one for factor, one in zip(each, self.parts(), strict=True)))


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _through_sigmoid(z: Array) -> Array:
    return _sigmoid(z) * (1 - _sigmoid(z))


Function = Callable[[Array], Array]
ACTIVATIONS: Mapping[str, tuple[Function, Function]] = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (_sigmoid, _through_sigmoid),
}


@dataclass(frozen=True, eq=False)
class Forward:
    """What a pass computed: hidden values before and after the activation, logits, probabilities, targets as rows."""

    net: Net
    Z1: Array
    A1: Array
    Z2: Array
    P: Array
    Y: Array


def forward(net: Net, activation: str) -> Forward:
    """One pass."""
    Z1 = net.X @ net.W1 + net.b1
    A1 = ACTIVATIONS[activation][0](Z1)
    Z2 = A1 @ net.W2 + net.b2
    return Forward(net, Z1, A1, Z2, _softmax(Z2, 1), np.eye(len(net.b2))[net.y])


def _softmax(Z: Array, axis: int) -> Array:
    e = np.exp(Z - Z.max(axis=axis, keepdims=True))
    total = e.sum(axis=axis, keepdims=True)
    probabilities: Array = e / total
    return probabilities


Slip = Callable[[Forward, str], Array]


def _logits(at: Forward, _: str) -> Array:
    return (at.P - at.Y) / len(at.Y)


def _hidden(at: Forward, dA1: Array, activation: str) -> Array:
    return dA1 * ACTIVATIONS[activation][1](at.Z1)


Back = Callable[[Forward, Array, str], Array]


def back(at: Forward, activation: str, logits: Slip = _logits, hidden: Back = _hidden) -> Gradients:
    """The chain rule from the derivative of the logits on, through the hidden layer."""
    dZ2 = logits(at, activation)
    dZ1 = hidden(at, dZ2 @ at.net.W2.T, activation)
    return Gradients(at.net.X.T @ dZ1, dZ1.sum(axis=0), at.A1.T @ dZ2, dZ2.sum(axis=0))


def gradients(net: Net, activation: str) -> Gradients:
    """What autograd gives, too."""
    return back(forward(net, activation), activation)


LOGITS: Mapping[str, Slip] = {
    "softmax-missing": lambda at, _: (at.Z2 - at.Y) / len(at.Y),
    "target-missing": lambda at, _: at.P / len(at.Y),
    "softmax-wrong-axis": lambda at, _: (_softmax(at.Z2, 0) - at.Y) / len(at.Y),
    "softmax-derived-twice": lambda at, _: (at.P - at.Y) * at.P * (1 - at.P) / len(at.Y),
    "squared-error": lambda at, _: 2 * (at.P - at.Y) / at.Y.size,
}
HIDDEN: Mapping[str, Back] = {
    "activation-derivative-missing": lambda at, dA1, _: dA1,
    "mask-of-the-gradient": lambda at, dA1, _: dA1 * (dA1 > 0),
    "mask-inverted": lambda at, dA1, _: dA1 * (at.Z1 <= 0),
    "mask-is-the-activation": lambda at, dA1, _: dA1 * at.A1,
    "mask-is-the-activation ": lambda at, dA1, _: dA1 * at.Z1,
    "tanh-derivative": lambda at, dA1, _: dA1 * (1 - at.Z1**2),
    "tanh-derivative ": lambda at, dA1, _: dA1 * (1 - at.A1),
    "tanh-derivative  ": lambda at, dA1, _: dA1 * (1 - np.tanh(at.A1) ** 2),
    "sigmoid-derivative": lambda at, dA1, _: dA1 * at.Z1 * (1 - at.Z1),
}


def slips(net: Net, activation: str) -> Mapping[str, Gradients]:
    """What one slip gives, by name; a space behind a name tells two ways of the same slip apart."""
    at, n = forward(net, activation), len(net.y)
    right = back(at, activation)
    found = {
        "not-averaged": right.times(n),
        "averaged-twice": right.times(1 / n),
        "sign": right.times(-1),
        "bias-not-averaged": right.times(1, n, 1, n),
        "bias-averaged-twice": right.times(1, 1 / n, 1, 1 / n),
        "weights-not-averaged": right.times(n, 1, n, 1),
        "hidden-not-averaged": right.times(n, n, 1, 1),
        "hidden-averaged-twice": right.times(1 / n, 1 / n, 1, 1),
        "output-not-averaged": right.times(1, 1, n, n),
        "before-the-activation": Gradients(right.W1, right.b1, at.Z1.T @ _logits(at, activation), right.b2),
        "bias-not-summed": _unsummed(at, activation),
    }
    found |= {name: back(at, activation, logits=slip) for name, slip in LOGITS.items()}
    for name, slip in LOGITS.items():
        found[name + " not averaged"] = back(at, activation, logits=slip).times(n)
    hidden = {name: back(at, activation, hidden=slip) for name, slip in HIDDEN.items()}
    return found | hidden | {f"{name} not averaged": one.times(n) for name, one in hidden.items()}


def _unsummed(at: Forward, activation: str) -> Gradients:
    right = back(at, activation)
    dZ2 = _logits(at, activation)
    return Gradients(right.W1, _hidden(at, dZ2 @ at.net.W2.T, activation), right.W2, dZ2)


def equal(found: Sequence[Array | None], expected: Gradients) -> list[bool]:
    """Which parts are what was expected, up to axes of one."""
    return [same(one, other) for one, other in zip(found, expected.parts(), strict=True)]


def same(found: Array | None, expected: Array) -> bool:
    """Whether an array is the expected one, up to CLOSE of its largest value."""
    if found is None or found.squeeze().shape != expected.squeeze().shape:
        return False
    return bool(
        np.all(np.abs(found.squeeze() - expected.squeeze()) <= CLOSE * max(float(np.abs(expected).max()), 1e-12))
    )


def alive(net: Net) -> bool:
    """Whether every hidden unit lets something through and holds something back, and no gradient is next to nothing."""
    at = forward(net, "relu")
    on = (at.Z1 > 0).mean(axis=0)
    smallest = min(float(np.abs(one).max()) for kind in ("relu", "tanh") for one in gradients(net, kind).parts())
    return bool(np.all((on > 0) & (on < 1))) and smallest > 1e-2
