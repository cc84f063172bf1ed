"""The suite that the other files declare their criteria on, and the oscillator they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.suite.suite import Suite

suite = Suite("cdl-tp1-4")
Array = NDArray[np.float64]
WINDOW = 0.36


@dataclass(frozen=True)
class Oscillator:
    """m u″ + µ u′ + k u = 0, under-damped, from u(0) and u′(0)."""

    m: float = 1.0
    mu: float = 2.0
    k: float = 100.0
    start: float = 1.0
    speed: float = 0.0

    @property
    def decay(self) -> float:
        """µ / 2m."""
        return self.mu / (2 * self.m)

    @property
    def frequency(self) -> float:
        """√(k/m − (µ/2m)²)."""
        return float(np.sqrt(self.k / self.m - self.decay**2))

    def __call__(self, t: Array) -> Array:
        """u(t)."""
        side = (self.speed + self.decay * self.start) / self.frequency
        angle = self.frequency * np.asarray(t, float)
        return np.exp(-self.decay * np.asarray(t, float)) * (self.start * np.cos(angle) + side * np.sin(angle))


DEFAULT = Oscillator()


def away(found: Array, expected: Array) -> float:
    """The relative L2 error; infinite where it is none."""
    found = np.asarray(found, float).reshape(-1)
    if found.shape != expected.shape or not np.isfinite(found).all():
        return float("inf")
    return float(np.linalg.norm(found - expected) / np.linalg.norm(expected))


def column(values: Array) -> NDArray[np.float32]:
    """(n, 1) float32, as networks take it."""
    return np.asarray(values, np.float32).reshape(-1, 1)
