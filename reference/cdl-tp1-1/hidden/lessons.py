"""Hidden data: where a perceptron's steps can be told from every mistake, and a plot from its mirror images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from .rules import MISTAKES, Fit, Step, fit, fits, negative_tie, positive_tie, rosenblatt, strict

ETAS = (0.1, 0.25, 0.5)
FEW, MANY = 4, 60
EPOCHS = 60
SETTLED = 6


@dataclass(frozen=True, eq=False)
class Lesson:
    """Points (n, 2) with labels of ±1, the rate and the number of epochs that are asked for."""

    x: np.ndarray
    y: np.ndarray
    eta: float
    epochs: int

    def expected(self) -> Fit:
        """What the algorithm makes of it."""
        return fit(rosenblatt, self.x, self.y, self.eta, self.epochs)


def few(rng: np.random.Generator, epochs: int, first: int) -> Lesson:
    """Four separable points, the first of this class; the algorithm makes several errors and settles in two to four epochs."""
    while True:
        x = rng.uniform(-3, 3, (FEW, 2)).round(2)
        y = np.where(x @ rng.normal(size=2) + rng.normal() > 0, 1.0, -1.0)
        lesson = Lesson(x, y, float(rng.choice(ETAS)), epochs)
        whole = fit(rosenblatt, x, y, 1.0, EPOCHS)
        if (
            2 <= len(whole.made) <= 4
            and sum(whole.made) >= 4
            and whole.made[-1] == 0
            and abs(whole.b) >= 1
            and y[0] == first
        ):
            return lesson


def tiny(rng: np.random.Generator) -> Lesson:
    """Three points that are settled within four epochs in whatever order they come."""
    while True:
        x = rng.uniform(-3, 3, (3, 2)).round(2)
        y = np.where(x @ rng.normal(size=2) + rng.normal() > 0, 1.0, -1.0)
        if y[0] < 0 < y.max() and all(one.made[-1] == 0 for one in _ends(x, y)):
            return Lesson(x, y, float(rng.choice(ETAS)), EPOCHS)


def _ends(x: np.ndarray, y: np.ndarray) -> Iterator[Fit]:
    """What is left after four epochs, in every order that is one and the same in all of them, or turns after the first."""
    for orders in product(permutations(range(3)), repeat=2):
        *_, last = fits(rosenblatt, x, y, 1.0, 4, orders)
        yield last


def apart(rng: np.random.Generator, many: int = MANY) -> Lesson:
    """Two clouds far from the origin's mirror: the line is steep, off the origin, and found within SETTLED epochs."""
    while True:
        centre, away = np.array([-2.2, 1.4]) + rng.normal(0, 0.2, 2), np.array([1.9, -0.55]) + rng.normal(0, 0.1, 2)
        y = rng.permutation(np.repeat([1.0, -1.0], [many - many // 2, many // 2]))
        x = (centre + y[:, None] * away + rng.normal(0, (0.5, 0.9), (many, 2))).round(3)
        whole = fit(rosenblatt, x, y, 1.0, EPOCHS)
        w = whole.w / (np.linalg.norm(whole.w) or 1)
        tells = (
            3 <= len(whole.made) <= SETTLED
            and whole.made[-1] == 0
            and w[0] > 0.75
            and abs(whole.b) > np.linalg.norm(whole.w)
        )
        if tells and np.abs(x @ whole.w + whole.b).min() / np.linalg.norm(whole.w) > 0.05:
            return Lesson(x, y, float(rng.choice(ETAS)), EPOCHS)


def centred(rng: np.random.Generator) -> Lesson:
    """Two clouds far apart on both sides of the origin: separated without a bias, and by the difference of their means."""
    y = rng.permutation(np.repeat([1.0, -1.0], 20))
    x = (y[:, None] * (2.4, 1.1) + rng.uniform(-0.8, 0.8, (40, 2))).round(3)
    return Lesson(x, y, float(rng.choice(ETAS)), EPOCHS)


def mixed(rng: np.random.Generator) -> Lesson:
    """Two clouds that no line separates."""
    y = rng.permutation(np.repeat([1.0, -1.0], 12))
    x = (0.8 * y[:, None] + rng.normal(0, 1.3, (24, 2))).round(3)
    x[np.flatnonzero(y > 0)[:2]] = (-2.5, -2.5), (-2.4, -2.6)
    return Lesson(x, y, 0.2, 12)


def given(lesson: Lesson, low: float) -> Mapping[str, np.ndarray]:
    """Points and labels, those of the second class being `low`."""
    return {"X": lesson.x, "y": np.where(lesson.y > 0, 1.0, low)}


def lessons(rng: np.random.Generator) -> Sequence[Lesson]:
    """The few points with one, two, three epochs and many; then the clouds."""
    while True:
        one, other = few(rng, 1, -1), few(rng, EPOCHS, 1)
        again = [Lesson(one.x, one.y, one.eta, epochs) for epochs in (2, 3, EPOCHS)]
        some = [one, *again, other]
        if all(_differs(step, some) for step in (strict, positive_tie, negative_tie, *MISTAKES.values())):
            return [*some, tiny(rng), apart(rng), centred(rng)]


def _differs(step: Step, some: Sequence[Lesson]) -> bool:
    """Whether a rule makes something else of one of the lessons, whatever the scale."""
    made = [(fit(step, one.x, one.y, one.eta, one.epochs), one.expected()) for one in some]
    return any(not parallel(np.append(a.w, a.b), np.append(b.w, b.b)) for a, b in made)


def parallel(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether one is a positive multiple of the other."""
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return bool(lengths > 0 and one @ other >= (1 - 1e-9) * lengths)
