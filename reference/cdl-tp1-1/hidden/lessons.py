"""Hidden data: where a perceptron's steps can be told from every mistake, and a plot from its mirror images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from graders.laws.regions import Straight, tells

from .rules import MISTAKES, Fit, Step, fit, fits, half_tie, negative_tie, positive_tie, rosenblatt, strict

ETAS = (0.1, 0.25, 0.5)
FEW, MANY = 4, 60
EPOCHS = 60
SETTLED = 6
# Whoever stops at an epoch with so few errors is caught: a program, and a function with fewer as well.
FEWEST = 2
# How far a mesh goes: beyond the points, or as far as somebody wrote down.
BEYOND, WIDE = (0.1, 0.5, 1.0, 2.0), 6.0


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
    """Three points that are settled within four epochs in whatever order they come, where no mistake ends in any order."""
    while True:
        x = rng.uniform(-3, 3, (3, 2)).round(2)
        y = np.where(x @ rng.normal(size=2) + rng.normal() > 0, 1.0, -1.0)
        if y[0] < 0 < y.max() and _tells(x, y):
            return Lesson(x, y, float(rng.choice(ETAS)), EPOCHS)


def _tells(x: np.ndarray, y: np.ndarray) -> bool:
    ends = list(_ends(x, y))
    if not all(one.made[-1] == 0 and one.b and sum(one.made) > 1 for one in ends):
        return False
    with np.errstate(all="ignore"):
        # A right training may have ended at any epoch.
        right = [*ends, *(one for step in (rosenblatt, half_tie) for one in fits(step, x, y, 1.0, EPOCHS))]
        ways = product(MISTAKES.values(), RATES, _ORDERS)
        wrong = (one for step, eta, order in ways for one in _late(step, x, y, eta, order))
        return not any(parallel(np.append(a.w, a.b), np.append(b.w, b.b)) for a in wrong for b in right)


def _late(step: Step, x: np.ndarray, y: np.ndarray, eta: float, order: Sequence[int]) -> Sequence[Fit]:
    """After the first epoch without an error, or each from the tenth to the twentieth."""
    every = list(fits(step, x, y, eta, 20, [order]))
    settled = [one for one in every if one.made[-1] == 0]
    return settled[:1] or every[9:]


_ORDERS = list(permutations(range(3)))
RATES = (0.1, 0.9)


def _ends(x: np.ndarray, y: np.ndarray) -> Iterator[Fit]:
    """What is left after four epochs, in every order that is one and the same in all of them, or turns after the first."""
    for orders in product(_ORDERS, repeat=2):
        *_, last = fits(rosenblatt, x, y, 1.0, 4, orders)
        yield last


def apart(rng: np.random.Generator, many: int = MANY) -> Lesson:
    """A wide strip and a narrow one along a line, so that every line between them is much the same: it is found within SETTLED
    epochs, and a map of it shows every mistake."""
    while True:
        angle = np.radians(-24 + rng.normal(0, 3))
        across, along = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
        # Of the two ties the usual one, score >= 0, is seen where the first label is 1.
        y = np.array([1.0, *rng.permutation(np.repeat([1.0, -1.0], [(many - 1) // 2, many // 2]))])
        deep, far = np.where(y > 0, 3.0, 0.5) * rng.random(many), rng.uniform(-3, 3, many)
        for side in (1, -1):
            deep[np.flatnonzero(y == side)[-2:]], far[np.flatnonzero(y == side)[-2:]] = 0, (-3, 3)
        centre = np.array([-2.2, 1.4]) + rng.normal(0, 0.2, 2)
        x = (centre + np.outer(y * (0.5 + deep), across) + np.outer(far, along)).round(3)
        whole = fit(rosenblatt, x, y, 1.0, EPOCHS)
        line = Straight((whole.w[0], whole.w[1]), whole.b)
        settles = 3 <= len(whole.made) <= SETTLED and whole.made[-1] == 0 and _left(whole, max(FEWEST, many // 100))
        if settles and np.abs(line.score(x[:, 0], x[:, 1])).min() > 0.05 and _shows(line, x):
            return Lesson(x, y, float(rng.choice(ETAS)), EPOCHS)


def _left(whole: Fit, errors: int) -> bool:
    """Whether examples are still misclassified where a training stops at an epoch with so few errors."""
    return next(left for met, left in zip(whole.made, whole.after, strict=True) if met <= errors) > 0


def _shows(line: Straight, x: np.ndarray) -> bool:
    """Whether each mistake can be seen in a map of the line, however far it goes beyond the points."""
    (left, low), (right, high) = x.min(axis=0), x.max(axis=0)
    boxes = [((left - more, right + more), (low - more, high + more)) for more in BEYOND]
    return all(tells(line, ends) for ends in (*boxes, ((-WIDE, WIDE), (-WIDE, WIDE))))


def centred(rng: np.random.Generator) -> Lesson:
    """Two clouds far apart on both sides of the origin: separated without a bias, by the difference of their means, and by the
    first example, which is of the first class: whoever forgets the labels is not wrong by the luck of their order."""
    y = np.array([1.0, *rng.permutation(np.repeat([1.0, -1.0], [19, 20]))])
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
        differs = all(_differs(step, some) for step in (strict, positive_tie, negative_tie, *MISTAKES.values()))
        # At one rate alone, 0.5, whoever ignores it takes double steps, which are right.
        differs = differs and one.eta != other.eta
        if differs and any(_left(one.expected(), 1) for one in (again[-1], other)):
            return [*some, tiny(rng), apart(rng), centred(rng)]


def _differs(step: Step, some: Sequence[Lesson]) -> bool:
    """Whether a rule makes something else of one of the lessons, whatever the scale."""
    made = [(fit(step, one.x, one.y, one.eta, one.epochs), one.expected()) for one in some]
    return any(not parallel(np.append(a.w, a.b), np.append(b.w, b.b)) for a, b in made)


def parallel(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether one is a positive multiple of the other."""
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return bool(lengths > 0 and one @ other >= (1 - 1e-9) * lengths)
