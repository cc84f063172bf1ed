"""What is left of a spectrogram when scale and offset are taken away, by example, by band or by frame.

Spectrograms have shape (n, freq, time). What varies no more than rounding does is constant: it becomes zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Integers = NDArray[np.intp]
Axes = tuple[int, ...]

EXAMPLE: Axes = (1, 2)
BAND: Axes = (2,)
STEP: Axes = (1,)

# A group is constant when its deviation is below this many times the rounding of its largest value.
AUDIBLE = 16
CHUNK = 512


class Units(NamedTuple):
    """Rows (n, freq·time) float32 whose groups have mean 0 and norm 1, or are zero; how many are not (n,)."""

    rows: NDArray[np.float32]
    kept: Integers


@dataclass(frozen=True, eq=False)
class Examples:
    """Spectrograms x (n, freq, time), and what is found of them once, however many sets they are compared with."""

    x: Floats

    @cached_property
    def roundoff(self) -> float:
        """The unit roundoff of the format that they went through."""
        return rounding(self.x)

    @cached_property
    def copies(self) -> Integers:
        """For each row, the index (n,) of the first row that is equal to it."""
        return copies(self.x)

    @cached_property
    def first(self) -> Integers:
        """The indices (k,) of the rows that differ from all rows before them."""
        return np.unique(self.copies)

    @cached_property
    def bands(self) -> Units:
        """Each band of each example centred and scaled."""
        return units(self.x, BAND, self.roundoff)

    @cached_property
    def frames(self) -> Units:
        """Each frame of each example centred and scaled."""
        return units(self.x, STEP, self.roundoff)


def normalised(x: Floats, axes: Axes = BAND) -> NDArray[np.float32]:
    """Rows (n, freq·time) of norm 1, alike for examples that differ by a scale > 0 and an offset for each group.

    `axes` span a group: EXAMPLE, BAND (of one example) or STEP. An example whose groups are all constant gives zeros.
    """
    rows, kept = units(x, axes, rounding(x))
    return rows / np.sqrt(np.maximum(kept, 1)).astype(np.float32)[:, None]


def units(x: Floats, axes: Axes, roundoff: float) -> Units:
    """Each group of x centred and scaled to norm 1; groups that are constant, or not finite, are zero."""
    parts = [_units(x[start : start + CHUNK], axes, roundoff) for start in range(0, max(len(x), 1), CHUNK)]
    return Units(np.concatenate([part.rows for part in parts]), np.concatenate([part.kept for part in parts]))


def _units(x: Floats, axes: Axes, roundoff: float) -> Units:
    exact = np.asarray(x, np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        centred = exact - exact.mean(axes, keepdims=True)
        norm = np.sqrt(np.square(centred).sum(axes, keepdims=True))
    size = np.prod([x.shape[axis] for axis in axes])
    noise = roundoff * abs(exact).max(axes, keepdims=True) * np.sqrt(size / 3)
    varied = np.isfinite(norm) & (norm > AUDIBLE * noise)
    rows = np.divide(centred, norm, out=np.zeros_like(centred), where=varied)
    return Units(
        rows.reshape(len(x), x.shape[1] * x.shape[2]).astype(np.float32), np.count_nonzero(varied, axis=(1, 2))
    )


def rounding(x: Floats) -> float:
    """The unit roundoff of the format that x went through: 2⁻¹¹ if float16 holds its values, else float32's 2⁻²⁴."""
    some = x[:: max(len(x) // 64, 1)]
    with np.errstate(over="ignore"):
        half = np.array_equal(some.astype(np.float16), some)
    return 2.0**-11 if half else 2.0**-24


def first_of_each(x: Floats) -> Integers:
    """The indices (k,) of the rows that differ from all rows before them, bit by bit, in order."""
    return np.unique(copies(x))


def copies(x: Floats) -> Integers:
    """For each row, the index (n,) of the first row that is equal to it, bit by bit."""
    seen: dict[bytes, int] = {}
    return np.array([seen.setdefault(blake2b(row.tobytes()).digest(), i) for i, row in enumerate(x)], np.intp)
