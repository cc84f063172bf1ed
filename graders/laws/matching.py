"""Which raw example each row of a file was made from, whatever was done to its scale, right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graders.laws.invariance import BAND, CHUNK, EXAMPLE, Examples, Floats, Integers, Units, units

# The nearest raw example must be at most this share of the second's distance. On 200 examples of 16 × 24 noisy values
# that share a spectrum, a right match has a share near 0, up to 0.62 when values were truncated to integers; a row from
# nowhere at least 0.82. Larger examples are further apart (64 × 64: 0.45 and 0.96).
STANDS_OUT = 0.7
# With one raw example there is no second, and only an exact match will do.
ALONE = 0.99
# float32 products of unit rows are this exact.
EXACT = 1e-6
# A share this small needs no second opinion.
CLEAR = 0.05


class _Nearest(NamedTuple):
    which: Integers
    share: Floats


def match(rows: Floats, raw: Floats) -> Integers:
    """For each row the index (n,) of the raw example it comes from, -1 where none stands out.

    raw has shape (m, freq, time), rows too or (n, freq·time). An affine map with a scale > 0, common to an example, to
    each of its bands or to each of its frames, and any increasing function leave an example recognizable; so do, to a
    degree, truncation and clipping. Silent examples give -1. Of equal raw examples the first is meant.
    """
    return origins(rows, Examples(raw))


def origins(rows: Floats, raw: Examples) -> Integers:
    """The same for raw examples that are asked for more than once."""
    if not len(rows) or not len(raw.x):
        return np.full(len(rows), -1)
    some = Examples(rows.reshape(-1, *raw.x.shape[1:]))
    which, share = _best(some, raw)
    known = (share <= STANDS_OUT) & ~_silent(some)
    return np.where(known, raw.first[which], -1)


def _best(some: Examples, raw: Examples) -> _Nearest:
    """The clearest answer of all views for each row; later views are asked only while some row is not clear."""
    which, share = np.zeros(len(some.x), np.intp), np.full(len(some.x), np.inf)
    for view in VIEWS.values():
        if (share <= CLEAR).all():
            break
        rows, kept = view(raw)
        one = _nearest(view(some), Units(rows[raw.first], kept[raw.first]))
        which, share = np.where(one.share < share, one.which, which), np.minimum(one.share, share)
    return _Nearest(which, share)


def _nearest(rows: Units, raw: Units) -> _Nearest:
    """The raw example with the highest mean correlation over the row's groups, and how it stands out."""
    parts = [
        _nearest_of(Units(rows.rows[i : i + CHUNK], rows.kept[i : i + CHUNK]), raw)
        for i in range(0, len(rows.rows), CHUNK)
    ]
    return _Nearest(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _nearest_of(rows: Units, raw: Units) -> _Nearest:
    similarity = rows.rows @ raw.rows.T / np.maximum(rows.kept, 1)[:, None]
    which = similarity.argmax(axis=1)
    nearest = np.take_along_axis(similarity, which[:, None], axis=1)
    np.put_along_axis(similarity, which[:, None], 0, axis=1)
    second = similarity.max(axis=1, initial=0 if len(raw.rows) > 1 else ALONE)
    return _Nearest(which, (1 - nearest[:, 0] + EXACT) / (1 - second + EXACT))


def _ranks(x: Floats) -> Floats:
    from scipy import stats  # half a second, for rows that nothing else recognises

    return np.asarray(stats.rankdata(x, axis=2))


def _silent(some: Examples) -> NDArray[np.bool_]:
    return np.asarray((some.bands.kept == 0) | (some.frames.kept == 0))


VIEWS: Mapping[str, Callable[[Examples], Units]] = {
    "band": lambda some: some.bands,
    "example": lambda some: units(some.x, EXAMPLE, some.roundoff),
    "step": lambda some: some.frames,
    "ranks": lambda some: units(_ranks(some.x), BAND, 0),
}
