"""The perceptron of Rosenblatt and what is often written in its place, each as the same loop with another step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

Vector = np.ndarray
State = tuple[Vector, float]
Step = Callable[[Vector, float, Vector, float, float], "State | None"]
ENDLESS = 60


@dataclass(frozen=True, eq=False)
class Fit:
    """What a rule makes of data: weights, bias; for each epoch the errors that were met, the corrections that were made, and
    the examples that are misclassified after it."""

    w: Vector
    b: float
    made: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


def rosenblatt(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    """w + ηyx, b + ηy where y(w·x + b) ≤ 0."""
    return (w + eta * y * x, b + eta * y) if y * (w @ x + b) <= 0 else None


def strict(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    """y(w·x + b) < 0 alone."""
    return (w + eta * y * x, b + eta * y) if y * (w @ x + b) < 0 else None


def positive_tie(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    """A score of 0 is the class +1."""
    wrong = (1.0 if w @ x + b >= 0 else -1.0) != y
    return (w + eta * y * x, b + eta * y) if wrong else None


def negative_tie(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    """A score of 0 is the class -1."""
    wrong = (1.0 if w @ x + b > 0 else -1.0) != y
    return (w + eta * y * x, b + eta * y) if wrong else None


def half_tie(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    """w + η(y - sign(score))x: twice the step, but for a score of 0."""
    length = eta * (y - np.sign(w @ x + b))
    return (w + length * x, b + length) if length else None


def every_sample(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return w + eta * y * x, b + eta * y


def when_right(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b + eta * y) if y * (w @ x + b) >= 0 else None


def sign_error(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w - eta * y * x, b - eta * y) if y * (w @ x + b) <= 0 else None


def weights_sign(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w - eta * y * x, b + eta * y) if y * (w @ x + b) <= 0 else None


def bias_sign(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b - eta * y) if y * (w @ x + b) <= 0 else None


def bias_kept(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b) if y * (w @ x + b) <= 0 else None


def bias_grows(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b + eta) if y * (w @ x + b) <= 0 else None


def bias_without_eta(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b + y) if y * (w @ x + b) <= 0 else None


def weights_without_eta(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + y * x, b + eta * y) if y * (w @ x + b) <= 0 else None


def label_forgotten(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * x, b + eta) if y * (w @ x + b) <= 0 else None


def input_forgotten(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y, b + eta * y) if y * (w @ x + b) <= 0 else None


def score_without_bias(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return (w + eta * y * x, b + eta * y) if y * (w @ x) <= 0 else None


def adaline(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    error = y - (w @ x + b)
    return w + eta * error * x, b + eta * error


def adaline_where_wrong(w: Vector, b: float, x: Vector, y: float, eta: float) -> State | None:
    return adaline(w, b, x, y, eta) if y * (w @ x + b) <= 0 else None


# Where no error is left, these change nothing any more.
SETTLING = (rosenblatt, half_tie, strict, positive_tie, negative_tie, bias_kept)

MISTAKES: Mapping[str, Step] = {
    "every-sample": every_sample,
    "when-right": when_right,
    "sign-error": sign_error,
    "weights-sign": weights_sign,
    "bias-not-updated": bias_kept,
    "bias-sign": bias_sign,
    "bias-grows": bias_grows,
    "bias-without-eta": bias_without_eta,
    "weights-without-eta": weights_without_eta,
    "label-forgotten": label_forgotten,
    "input-forgotten": input_forgotten,
    "score-without-bias": score_without_bias,
    "squared-error": adaline,
    "squared-error-where-wrong": adaline_where_wrong,
}


def fits(
    step: Step, x: Vector, y: Vector, eta: float, epochs: int, orders: Sequence[Sequence[int]] | None = None
) -> Iterator[Fit]:
    """After each epoch, until one makes no error; `orders` are those of the examples in each epoch, the last for the rest."""
    w, b = np.zeros(x.shape[1]), 0.0
    made, corrected, after = list[int](), list[int](), list[int]()
    for epoch in range(epochs):
        met = changed = 0
        for i in orders[min(epoch, len(orders) - 1)] if orders else range(len(x)):
            met += rosenblatt(w, b, x[i], y[i], eta) is not None
            if state := step(w, b, x[i], y[i], eta):
                (w, b), changed = state, changed + 1
        made, corrected, after = [*made, met], [*corrected, changed], [*after, misclassified(w, b, x, y)]
        yield Fit(w, b, tuple(made), tuple(corrected), tuple(after))
        if step in SETTLING and met == 0:
            return


def fit(step: Step, x: Vector, y: Vector, eta: float, epochs: int) -> Fit:
    """After the last epoch, or the first that makes no error."""
    last = Fit(np.zeros(x.shape[1]), 0.0)
    for one in fits(step, x, y, eta, epochs):
        last = one
        if one.made[-1] == 0:
            break
    return last


def misclassified(w: Vector, b: float, x: Vector, y: Vector) -> int:
    """The examples that are not on their side of the line; of weights that are no numbers, all."""
    with np.errstate(all="ignore"):
        return int((~(y * (x @ w + b) > 0)).sum())


def shuffled(step: Step, x: Vector, y: Vector, eta: float, epochs: int) -> Iterator[Fit]:
    """The same in every order of the examples, each epoch in one of its own; for a few examples and epochs."""
    every = list(permutations(range(len(x))))
    for orders in product(every, repeat=epochs):
        yield from fits(step, x, y, eta, epochs, orders)


def batch(x: Vector, y: Vector, eta: float, epochs: int, mean: bool) -> Iterator[Fit]:
    """All errors of an epoch corrected at once, by their sum or their mean."""
    w, b, made = np.zeros(x.shape[1]), 0.0, list[int]()
    for _ in range(epochs):
        wrong = y * (x @ w + b) <= 0
        made.append(int(wrong.sum()))
        size = len(x) if mean else 1
        w, b = w + eta * (y[wrong] @ x[wrong]) / size, b + eta * float(y[wrong].sum()) / size
        yield Fit(w, b, tuple(made))
        if not wrong.any():
            return


def averaged(x: Vector, y: Vector, eta: float, epochs: int) -> Iterator[Fit]:
    """The mean of the weights over all steps."""
    w, b, total, shift, steps = np.zeros(x.shape[1]), 0.0, np.zeros(x.shape[1]), 0.0, 0
    for _ in range(epochs):
        changed = False
        for xi, yi in zip(x, y, strict=True):
            after = rosenblatt(w, b, xi, yi, eta)
            changed, (w, b) = changed or after is not None, after or (w, b)
            total, shift, steps = total + w, shift + b, steps + 1
        yield Fit(total / steps, shift / steps)
        if not changed:
            return
