"""The usual wrong standardizations, by name, and what explains an observed one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import permutations, product

import numpy as np
from numpy.typing import ArrayLike

from graders.laws.standardization import (
    DDOFS,
    STRATEGIES,
    Axes,
    Explained,
    Floats,
    Hypothesis,
    best,
    over,
    readings,
)

WRONG_AXES: Mapping[str, Axes] = {
    "per-time-step": (0, 1),
    "per-spectrogram-and-time-step": (1,),
    "per-pixel": (0,),
}

# A right function leaves no value out. A mistake is named even if a rounding changed a few of them.
ALL, MOST = 1.0, 0.99


def explain_standardization(x: Floats, observed: ArrayLike) -> Explained:
    """What was done to x (n, freq, time) to give `observed`, of the same shape or flattened to (n, freq·time).

    Readings come first; of several, the nearest. An epsilon that is small beside σ, ddof, float32 and float16 are
    forgiven; values that a reading leaves undefined (σ = 0) are not looked at.
    """
    right = best(readings(x), observed, ALL)
    return right if right.kind else best(mistakes(x), observed, MOST)


def mistakes(x: Floats) -> Iterator[Hypothesis]:
    """Every wrong standardization of x that has a name."""
    exact = np.asarray(x, np.float64)
    for (name, formula), (strategy, axes), ddof in product(FORMULAS.items(), STRATEGIES.items(), DDOFS):
        yield Hypothesis(Explained("mistake", name, strategy, ddof), _defined(formula, exact, axes, ddof))
    for (name, axes), ddof in product(WRONG_AXES.items(), DDOFS):
        yield Hypothesis(Explained("mistake", name, None, ddof), _defined(_right, exact, axes, ddof))
    for mean, deviation in permutations(STRATEGIES.values(), 2):
        expected = (exact - over(exact, mean).mu) / over(exact, deviation).sigma
        yield Hypothesis(Explained("mistake", "mean-and-deviation-over-different-axes"), expected)
    yield Hypothesis(Explained("mistake", "unchanged"), exact)


Formula = Callable[[Floats, Axes, int], Floats]


def _defined(formula: Formula, x: Floats, axes: Axes, ddof: int) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(formula(x, axes, ddof))


def _right(x: Floats, axes: Axes, ddof: int) -> Floats:
    mu, sigma = over(x, axes, ddof)
    return (x - mu) / sigma


def _by_variance(x: Floats, axes: Axes, ddof: int) -> Floats:
    mu, sigma = over(x, axes, ddof)
    return (x - mu) / sigma**2


def _without_mean(x: Floats, axes: Axes, ddof: int) -> Floats:
    return x / over(x, axes, ddof).sigma


def _without_deviation(x: Floats, axes: Axes, ddof: int) -> Floats:
    return x - over(x, axes, ddof).mu


def _without_parentheses(x: Floats, axes: Axes, ddof: int) -> Floats:
    mu, sigma = over(x, axes, ddof)
    return x - mu / sigma


def _extremes(x: Floats, axes: Axes) -> tuple[Floats, Floats]:
    return np.asarray(x.min(axis=axes, keepdims=True)), np.asarray(x.max(axis=axes, keepdims=True))


def _min_max(x: Floats, axes: Axes, ddof: int) -> Floats:
    low, high = _extremes(x, axes)
    return (x - low) / (high - low)


def _symmetric_min_max(x: Floats, axes: Axes, ddof: int) -> Floats:
    return 2 * _min_max(x, axes, ddof) - 1


def _by_range(x: Floats, axes: Axes, ddof: int) -> Floats:
    low, high = _extremes(x, axes)
    return (x - over(x, axes, ddof).mu) / (high - low)


def _by_maximum(x: Floats, axes: Axes, ddof: int) -> Floats:
    return x / _extremes(abs(x), axes)[1]


def _truncated(x: Floats, axes: Axes, ddof: int) -> Floats:
    return np.asarray(np.trunc(_right(x, axes, ddof)))


FORMULAS: Mapping[str, Formula] = {
    "divided-by-variance": _by_variance,
    "mean-forgotten": _without_mean,
    "deviation-forgotten": _without_deviation,
    "parentheses-missing": _without_parentheses,
    "min-max": _min_max,
    "min-max-symmetric": _symmetric_min_max,
    "divided-by-range": _by_range,
    "divided-by-maximum": _by_maximum,
    "truncated-to-integers": _truncated,
}


def hidden_spectrograms(rng: np.random.Generator) -> Floats:
    """x (12, 10, 24) float32, positive, σ of several units, whose scale and offset depend on the example, on the band
    and on the frame: no strategy, right or wrong, gives what another one gives."""
    shape = (12, 10, 24)
    axes = [tuple(size if axis == own else 1 for axis, size in enumerate(shape)) for own in range(3)]
    scale, offset = 10.0 * np.ones(shape), 200.0 * np.ones(shape)
    for axis in axes:
        scale = scale * rng.uniform(0.7, 1.5, axis)
        offset = offset + rng.uniform(-15, 15, axis)
    x: Floats = (offset + scale * rng.standard_normal(shape).clip(-3, 3)).astype(np.float32)
    return x
