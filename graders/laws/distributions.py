"""Distributions, and whether a sample follows one, with a false-alarm rate that is guaranteed for every sample size.

Each test splits its rate α between a Kolmogorov–Smirnov distance, which sees the shape, and exact statistics, which
see the scale and the tails much more sharply. The distance is bounded by the Dvoretzky–Kiefer–Wolfowitz inequality
with Massart's constant, P(sup |F_n - F| > t) ≤ 2 exp(-2 n t²) for every n (Massart, Ann. Probab. 18, 1990).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

# Relative; float32 rounds at 6e-8, and so do a bound and the scaling by it.
ROUNDING = 1e-6


class Distribution(Protocol):
    """What a weight may be drawn from."""

    def misfit(self, values: Floats, alpha: float) -> float:
        """√n × the distance to `values` (n,), or infinity where they are refused: at most a share `alpha` of all
        samples that were drawn from this distribution."""


@dataclass(frozen=True)
class Uniform:
    """U(low, high)."""

    low: float
    high: float

    def misfit(self, values: Floats, alpha: float) -> float:
        """Refuses any value outside the bounds, then a largest one too far inside them."""
        ranks = (np.asarray(values, np.float64) - self.low) / (self.high - self.low)
        if ranks.min() < -ROUNDING or ranks.max() > 1 + ROUNDING or _falls_short(ranks, alpha / 2):
            return math.inf
        return _distance(np.clip(ranks, 0, 1), alpha / 2)


@dataclass(frozen=True)
class Normal:
    """N(0, std²)."""

    std: float

    def misfit(self, values: Floats, alpha: float) -> float:
        """Refuses a sum of squares in the tails of std² χ²(n), then tails that are too short."""
        from scipy import special  # a fifth of a second, where no weights are judged

        n, standard = len(values), np.asarray(values, np.float64) / self.std
        squares, ranks = np.square(standard).sum(), special.ndtr(standard)
        if min(special.chdtr(n, squares), special.chdtrc(n, squares)) < alpha / 8 or _falls_short(ranks, alpha / 4):
            return math.inf
        return _distance(ranks, alpha / 2)


@dataclass(frozen=True)
class Constant:
    """One value for all, between low and high."""

    low: float = -math.inf
    high: float = math.inf

    def misfit(self, values: Floats, alpha: float) -> float:
        """0 or infinity: chance plays no part."""
        spread = float(np.ptp(values))
        same = spread <= ROUNDING * float(abs(values).max())
        return 0 if same and self.low <= values.min() and values.max() <= self.high else math.inf


def critical_distance(n: int, alpha: float) -> float:
    """The Kolmogorov–Smirnov distance that n values exceed with probability at most `alpha`."""
    return math.sqrt(math.log(2 / alpha) / (2 * n))


def _falls_short(ranks: Floats, alpha: float) -> bool:
    """Whether n ranks, uniform on [0, 1], stay too far from both ends: P(max |2 rank - 1| < q) = qⁿ."""
    return bool(abs(2 * ranks - 1).max() < alpha ** (1 / len(ranks)))


def _distance(ranks: Floats, alpha: float) -> float:
    """√n sup |F_n - F|, given F at each value (n,); infinity where it exceeds the critical one."""
    n, ordered, steps = len(ranks), np.sort(ranks), np.arange(len(ranks) + 1) / len(ranks)
    distance = float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))
    return math.sqrt(n) * distance if distance <= critical_distance(n, alpha) else math.inf
