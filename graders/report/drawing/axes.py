"""Where a value is drawn, and which round values are written beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

HUGE = 1e306
TINY = 1e-290


@dataclass(frozen=True)
class Scale:
    """A straight axis: the value `low` is drawn at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where one value is drawn."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def places(self, values: Doubles) -> Doubles:
        """Where each value is drawn; one beyond the axis is drawn at its end."""
        held = np.asarray(values.clip(self.low, self.high), np.float64)
        return self.start + (held - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values between the two, about so many: multiples of 1, 2 or 5 times a power of ten."""
    step = _round_up((high - low) / about)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def extent(values: Doubles) -> tuple[float, float]:
    """The smallest and the largest finite value, moved apart where they are too close to be told apart."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, high = (float(np.clip(end, -HUGE, HUGE)) for end in (finite.min(), finite.max()))
    size = max(abs(low), abs(high))
    if high - low > max(size * 1e-6, TINY):
        return low, high
    room = size / 20 if size > TINY else 1.0
    return low - room, high + room


def _round_up(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9))
