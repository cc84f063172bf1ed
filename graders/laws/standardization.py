"""Standardization, (x - µ) / σ: over which axes µ and σ are taken, found out from what a function returns.

Spectrograms x have shape (n, freq, time): n examples of `freq` bands and `time` frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating]
Axes = tuple[int, ...]
Strategy = Literal["spectrogram", "global", "band", "spectrogram-band"]

STRATEGIES: Mapping[Strategy, Axes] = {
    "spectrogram": (1, 2),
    "global": (0, 1, 2),
    "band": (0, 2),
    "spectrogram-band": (2,),
}
DDOFS = (0, 1)

# Relative to 1 + |value|: an epsilon of 1e-3 added to a deviation of several units passes, and so does float16.
TOLERANCE = 1e-3


class Statistics(NamedTuple):
    """Mean and deviation, of shapes that broadcast with x."""

    mu: Floats
    sigma: Floats


class Explained(NamedTuple):
    """What a function turned out to do; all None where nothing explains it.

    A reading's name is its strategy. A mistake has its own name, and the strategy it went wrong with, if any.
    """

    kind: Literal["reading", "mistake"] | None = None
    name: str | None = None
    strategy: Strategy | None = None
    ddof: int | None = None


class Hypothesis(NamedTuple):
    """An explanation, and the (n, freq, time) array that it predicts."""

    explained: Explained
    expected: Floats


def statistics(x: Floats, strategy: Strategy, ddof: int = 0) -> Statistics:
    """µ and σ of x (n, freq, time) over the strategy's axes, which keep length 1; in double precision."""
    return over(x, STRATEGIES[strategy], ddof)


def over(x: Floats, axes: Axes, ddof: int = 0) -> Statistics:
    """µ and σ of x over any axes, which keep length 1; σ is NaN where a group has no more than `ddof` values."""
    exact = np.asarray(x, np.float64)
    mu = exact.mean(axis=axes, keepdims=True)
    freedom = exact.size / mu.size - ddof
    squares = np.square(exact - mu).sum(axis=axes, keepdims=True)
    return Statistics(mu, np.sqrt(squares / freedom) if freedom > 0 else np.full_like(mu, np.nan))


def standardized(x: Floats, strategy: Strategy, ddof: int = 0) -> Floats:
    """(x - µ) / σ, of the shape of x; NaN or infinite where σ is 0."""
    mu, sigma = statistics(x, strategy, ddof)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (x - mu) / sigma


def readings(x: Floats) -> Iterator[Hypothesis]:
    """Every right standardization of x."""
    for strategy in STRATEGIES:
        for ddof in DDOFS:
            yield Hypothesis(Explained("reading", strategy, strategy, ddof), standardized(x, strategy, ddof))


def best(hypotheses: Iterator[Hypothesis], observed: ArrayLike, share: float) -> Explained:
    """The hypothesis nearest to the observed array, if at least that share of the values agrees with it."""
    misfits = [(misfit(expected, observed, share), explained) for explained, expected in hypotheses]
    least, explained = min(misfits, key=lambda pair: pair[0])
    return explained if least <= TOLERANCE else Explained()


def misfit(expected: Floats, observed: ArrayLike, share: float) -> float:
    """The error, relative to 1 + |expected|, that a share of the values does not exceed.

    Values that the hypothesis leaves undefined (σ = 0) are left out; infinity where it defines none, where the number
    of values differs, or where a defined value was observed as NaN.
    """
    seen = np.asarray(observed, np.float64)
    known = np.isfinite(expected)
    if seen.size != expected.size or not known.any():
        return np.inf
    right, got = expected[known], seen.reshape(expected.shape)[known]
    with np.errstate(invalid="ignore"):
        errors = abs(got - right) / (1 + abs(right))
    rank = int(np.ceil(share * len(errors))) - 1
    return float(np.partition(np.where(np.isfinite(errors), errors, np.inf), rank)[rank])
