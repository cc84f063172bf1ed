"""Whose mean and deviation standardized the validation and test sets, read off the files that were written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np

from graders.laws.invariance import first_of_each
from graders.laws.standardization import STRATEGIES, Floats, Statistics, statistics

Shared = Literal["global", "band"]
Source = Literal["train", "all", "own"]
Sets = Mapping[str, Floats]

# In units of σ: float32 arithmetic errs by less than 1e-5, while sets of some hundred examples differ by hundredths.
SAME = 1e-3
# Relative: ddof changes less from 100 values on, another set's deviation more.
SAME_DEVIATION = 5e-3
# In units of σ: float16 leaves 3e-4 that no affine map explains, another strategy a tenth or more.
RESIDUE = 1e-2
# Relative: below it, a band is constant up to float32 rounding and shows nothing.
FLAT = 1e-6
# What a careful student adds to σ or to σ².
EPSILON = 1e-5


def which_statistics(
    raw: Sets, written: Sets, strategy: Shared, *, originals: Sets | None = None
) -> dict[str, Source | None]:
    """For each set but "train": whether it was standardized by the statistics of "train", of all sets or its own.

    raw and written hold arrays (n, freq, time) whose rows match one to one; written ones may be flattened to
    (n, freq·time). Rows may be repeated, before or after the statistics were taken. Where rows were dropped, or
    not matched, `originals` has the whole sets. None where no affine map, or no such statistics, explain the set.
    """
    versions = [raw, {name: x[first_of_each(x)] for name, x in raw.items()}, *([originals] if originals else [])]
    shared = [_shared(sets, strategy) for sets in versions]
    found: dict[str, Source | None] = {}
    for name in (name for name in raw if name != "train"):
        fitted = fit(raw[name], written[name], strategy)
        candidates = [
            {**known, "own": statistics(sets[name], strategy)} for known, sets in zip(shared, versions, strict=True)
        ]
        misfits = [(_misfit(fitted, one), source) for known in candidates for source, one in known.items()]
        least, source = min(misfits, key=lambda pair: pair[0])
        found[name] = source if least <= SAME else None
    return found


def fit(raw: Floats, written: Floats, strategy: Shared) -> Statistics:
    """The µ and σ of least squares in raw = σ written + µ, for each band or for all.

    NaN for a band that is constant in `raw`; all NaN where the map is not affine.
    """
    axes = STRATEGIES[strategy]
    w = np.asarray(written, np.float64).reshape(raw.shape)
    (mu_raw, spread), mu_written = statistics(raw, strategy), statistics(w, strategy).mu
    x, w = raw - mu_raw, w - mu_written
    with np.errstate(divide="ignore", invalid="ignore"):
        sigma = (x * w).sum(axes, keepdims=True) / np.square(w).sum(axes, keepdims=True)
        residue = np.sqrt(np.square(x - sigma * w).mean(axes, keepdims=True))
    shown = spread > FLAT * abs(mu_raw)
    if not np.all(residue[shown] <= RESIDUE * spread[shown]):
        shown = np.zeros_like(shown)
    return Statistics(np.where(shown, mu_raw - sigma * mu_written, np.nan), np.where(shown, sigma, np.nan))


def _shared(sets: Sets, strategy: Shared) -> dict[Source, Statistics]:
    """The statistics that every set may have been standardized by."""
    return {
        "train": statistics(sets["train"], strategy),
        "all": statistics(np.concatenate(list(sets.values())), strategy),
    }


def _misfit(fitted: Statistics, candidate: Statistics) -> float:
    """The largest difference of means in units of σ; infinity where the deviations differ by more than an epsilon."""
    known = np.isfinite(fitted.mu) & (candidate.sigma > 0)
    if not known.any():
        return math.inf
    mu, sigma = candidate.mu[known], candidate.sigma[known]
    largest = np.hypot(sigma, math.sqrt(EPSILON)) + EPSILON
    seen = fitted.sigma[known]
    if (seen < sigma * (1 - SAME_DEVIATION)).any() or (seen > largest * (1 + SAME_DEVIATION)).any():
        return math.inf
    return float((abs(fitted.mu[known] - mu) / sigma).max())
