"""Made-up spectrograms for the tests: noise on a spectrum that all examples share, so that any two correlate."""

from __future__ import annotations

import numpy as np

from graders.laws.standardization import Floats, Strategy, standardized

STRATEGY_NAMES: tuple[Strategy, ...] = ("spectrogram", "global", "band", "spectrogram-band")
SHAPE = (16, 24)


def noise(rng: np.random.Generator, n: int, shape: tuple[int, int] = SHAPE) -> Floats:
    """x (n, freq, time) float32 of decibels: two examples correlate at about 0.9."""
    spectrum = -40 + 9 * np.sin(np.linspace(0, 6, shape[0]))[:, None] + rng.normal(0, 2, (shape[0], 1))
    loudness = rng.normal(0, 2, (n, 1, 1))
    return (spectrum + loudness + rng.normal(0, 2, (n, *shape))).astype(np.float32)


def written(x: Floats, strategy: Strategy) -> Floats:
    """As a submission writes it: float32, a small epsilon, silent examples finite."""
    return np.nan_to_num(standardized(x, strategy), posinf=0, neginf=0).astype(np.float32)
