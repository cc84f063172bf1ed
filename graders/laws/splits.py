"""Which examples two sets share, up to the scale and offset that standardization gives each band of each example."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graders.laws.invariance import AUDIBLE, BAND, CHUNK, Examples, Floats, Integers, Units, units
from graders.laws.neighbours import candidates, projection

# Beyond what rounding explains, a band may differ by 1e-5 of correlation, which is 0.5 % of its deviation: arithmetic
# stays far below. Two recordings do not come so near as long as there is noise, be it 40 dB below the signal.
# Rounding to float16 explains about as much again, and up to 2 % where a band is hardly audible.
TOLERANCE = 1e-5
# Arithmetic rounds more than once.
SLACK = 4
# Fewer free values than this may agree by chance.
EVIDENCE = 16
# A band that is audible in fewer examples than this share of the best one's is not looked at to find candidates.
OFTEN = 0.25
# Sets of so few examples are compared as they are: to project them would take longer.
FEW = 512


def duplicates(a: Floats, b: Floats) -> Integers:
    """Pairs (k, 2), sorted: row a[i] and row b[j] are one example, each standardized in its own way.

    a (n, freq, time) and b (m, freq, time) may each have been standardized globally, per spectrogram, per band, or per
    spectrogram and band, and rounded to float32 or float16. Compared are the bands that rounding left audible in both:
    their mean correlation must be 1 up to rounding. Silent examples, which all look alike, are in no pair. Of several
    equal rows of b the first stands for all, while every row of a is in the list.
    """
    return in_both(Examples(a), Examples(b))


def in_both(a: Examples, b: Examples) -> Integers:
    """The same for sets of which each is compared with several."""
    if not len(a.x) or not len(b.x):
        return np.empty((0, 2), np.intp)
    often = _audible(a) * _audible(b)
    bands = np.asarray(often >= OFTEN * often.max())
    few = max(len(a.first), len(b.first)) <= FEW
    seen = _exactly if few else _projected
    near = candidates(seen(a, bands), seen(b, bands))
    pairs = np.column_stack([a.first[near[:, 0]], b.first[near[:, 1]]])
    return _for_every_copy(a.copies, pairs[_verified(a, b, pairs)])


def _audible(some: Examples) -> NDArray[np.float64]:
    """The share (freq,) of examples in which each band is audible, judged from some of them."""
    part = some.x[:: max(len(some.x) // CHUNK, 1)]
    rows = some.bands.rows if len(part) == len(some.x) else units(part, BAND, some.roundoff).rows
    return np.asarray(rows.reshape(part.shape).any(axis=2).mean(axis=0), np.float64)


def _exactly(some: Examples, bands: NDArray[np.bool_]) -> Units:
    """The rows of these bands as they are."""
    rows = some.bands.rows.reshape(some.x.shape)[some.first][:, bands]
    return Units(rows.reshape(len(rows), -1), np.count_nonzero(rows.any(axis=2), axis=1))


def _projected(some: Examples, bands: NDArray[np.bool_]) -> Units:
    matrix = projection(int(bands.sum()) * some.x.shape[2])
    parts = [some.first[start : start + CHUNK] for start in range(0, len(some.first), CHUNK)]
    found = [units(some.x[part][:, bands], BAND, some.roundoff) for part in parts]
    return Units(np.concatenate([part.rows @ matrix for part in found]), np.concatenate([part.kept for part in found]))


def _verified(one: Examples, other: Examples, pairs: Integers) -> NDArray[np.bool_]:
    parts = [pairs[start : start + CHUNK].T for start in range(0, len(pairs), CHUNK)]
    alike = [_alike(_bands(one.x[i], one.roundoff), _bands(other.x[j], other.roundoff)) for i, j in parts]
    return np.concatenate([np.empty(0, bool), *alike])


class _Bands(NamedTuple):
    """Centred values (n, freq, time); for each band (n, freq), its variance and the variance of its rounding."""

    centred: NDArray[np.float64]
    variance: NDArray[np.float64]
    noise: NDArray[np.float64]


def _bands(x: Floats, roundoff: float) -> _Bands:
    exact = x.astype(np.float64)
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        centred = exact - exact.mean(axis=2, keepdims=True)
    return _Bands(centred, np.square(centred).mean(axis=2), (roundoff * abs(exact).max(axis=2)) ** 2 / 3)


def _alike(p: _Bands, q: _Bands) -> NDArray[np.bool_]:
    """Whether row i of one is row i of the other (n,), band by band, up to a scale > 0 and an offset."""
    audible = (p.variance > AUDIBLE**2 * p.noise) & (q.variance > AUDIBLE**2 * q.noise)
    with np.errstate(divide="ignore", invalid="ignore"):  # bands that are not audible
        distance = 1 - (p.centred * q.centred).mean(axis=2) / np.sqrt(p.variance * q.variance)
        rounded = (p.noise / p.variance + q.noise / q.variance) / 2
    excess = np.where(audible, distance - SLACK * rounded - TOLERANCE, 0).sum(axis=1)
    enough = audible.sum(axis=1) * (p.centred.shape[2] - 2) >= EVIDENCE
    return np.asarray(enough & (excess <= 0))


def _for_every_copy(copies_of: Integers, pairs: Integers) -> Integers:
    partners: dict[int, list[int]] = defaultdict(list)
    for first, partner in pairs.tolist():
        partners[first].append(partner)
    every = [(row, partner) for row, first in enumerate(copies_of.tolist()) for partner in sorted(partners[first])]
    return np.array(every, np.intp).reshape(-1, 2)
