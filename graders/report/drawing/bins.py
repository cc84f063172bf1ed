"""Values counted in bins that begin and end where the expected interval does, so that no bar is half wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.report.drawing.axes import HUGE, TINY, Doubles, extent

FINE = 24
MOST = 72
ENOUGH = 4096
Sides = NDArray[np.bool_]


@dataclass(frozen=True)
class Bins:
    """Bin 0 begins at `low`; the first `wide` bins are the interval, negative ones and later ones lie outside."""

    low: float
    step: float
    wide: int
    places: NDArray[np.int64]

    @property
    def first(self) -> int:
        """The leftmost bin drawn; one empty bin shows where the interval ends."""
        return int(min(self.places.min(initial=0), 0)) - 1

    @property
    def last(self) -> int:
        """One past the rightmost bin drawn."""
        return int(max(self.places.max(initial=0) + 1, self.wide)) + 1

    @property
    def outside(self) -> int:
        """How many values are not in the interval."""
        return int(((self.places < 0) | (self.places >= self.wide)).sum())

    def at(self, bin_: float) -> float:
        """The value where a bin begins."""
        return self.low + bin_ * self.step

    def beyond(self, values: Doubles) -> int:
        """How many values are further out than the outermost bins there may be."""
        return int(((values < self.at(-MOST)) | (values > self.at(self.wide + MOST))).sum())


def bins(values: Doubles, low: float, high: float) -> Bins:
    """The place of each finite value; rounding to float32 does not put one outside."""
    low, high = (float(np.clip(end, -HUGE, HUGE)) for end in (low, high))
    if not low <= high:
        low, high = extent(values)
    size = max(abs(low), abs(high))
    least = max(size, TINY) * 1e-9
    if high - low > least:
        wide = _fineness(values, low, high)
        begin, step = low, (high - low) / wide
    else:
        wide, step = 1, max(_step_around(values, low), least)
        begin = low - step / 2
    slack = size * 1e-7 + (high - low) * 1e-6
    with np.errstate(over="ignore"):
        places = np.floor((values - begin) / step)
    return Bins(begin, step, wide, _sided(places, values < low - slack, values > high + slack, wide))


def _sided(places: Doubles, below: Sides, above: Sides, wide: int) -> NDArray[np.int64]:
    """A value that is outside is never rounded into the interval, nor one inside out of it."""
    held = places.clip(0, wide - 1)
    held[below] = places[below].clip(-MOST, -1)
    held[above] = places[above].clip(wide, wide + MOST - 1)
    return held.astype(np.int64)


def _fineness(values: Doubles, low: float, high: float) -> int:
    """How many bins the interval is cut in: fewer where most values are far from it, so that they still fit."""
    if not values.size:
        return FINE
    some = values[:: values.size // ENOUGH + 1]
    least, most = (float(end) for end in np.quantile(some, [0.01, 0.99]))
    intervals = 1 + (max(low - least, 0) + max(most - high, 0)) / (high - low)
    return int(max(1, min(FINE, MOST / intervals)))


def _step_around(values: Doubles, centre: float) -> float:
    return float(np.abs(values - centre).max(initial=0)) / 12 or max(abs(centre), 1) / FINE
