"""The images of the lab, made from a seed: small pictures of the sky as a satellite may see it, of four kinds.

A ring (the eye of a cyclone), bands (a front), cells (showers) and one cloud, on an uneven ground, in three channels. Each
stands anywhere in the picture, in any size, strength and direction: what a single pixel shows, or the mean of all, tells nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np

SIDE, CHANNELS = 16, 3
KINDS = ("ring", "bands", "cells", "cloud")
TRAINING, TESTING = 480, 200
Array = np.ndarray


def given(seed: int) -> dict[str, bytes]:
    """Everything that lies in the working directory: images (n, 3, 16, 16) float32 and labels (n,) int64."""
    rng = np.random.default_rng([seed, 5])
    files: dict[str, bytes] = {}
    for name, size in (("train", TRAINING), ("test", TESTING)):
        images, labels = skies(rng, size)
        files[f"data/{name}_images.npy"] = _saved(images)
        files[f"data/{name}_labels.npy"] = _saved(labels)
    return files


def _saved(array: Array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def skies(rng: np.random.Generator, size: int) -> tuple[Array, Array]:
    """Pictures of all kinds, as many of each, in any order, and their labels."""
    labels = rng.permutation(np.arange(size) % len(KINDS))
    return np.stack([sky(rng, int(label)) for label in labels]), labels.astype(np.int64)


def sky(rng: np.random.Generator, label: int) -> Array:
    """One picture (3, 16, 16), about 0 to 1."""
    shape = SHAPES[KINDS[label]](rng)
    shape = shape / max(float(shape.mean()), 0.05)
    strength = rng.uniform(0.1, 0.14) * rng.uniform(0.8, 1.2, CHANNELS)
    ground = rng.uniform(0.2, 0.5, CHANNELS)[:, None, None] + 0.04 * rng.standard_normal((CHANNELS, SIDE, SIDE))
    return np.clip(ground + strength[:, None, None] * shape, 0, 2).astype(np.float32)


def _distance(rng: np.random.Generator, margin: float) -> Array:
    """From a place at least `margin` away from the edges."""
    y, x = np.mgrid[:SIDE, :SIDE] - rng.uniform(margin, SIDE - 1 - margin, 2)[:, None, None]
    return np.asarray(np.hypot(y, x))


def _ring(rng: np.random.Generator) -> Array:
    radius = rng.uniform(3, 4.5)
    return np.exp(-((_distance(rng, 4) - radius) ** 2) / 1.2)


def _bands(rng: np.random.Generator) -> Array:
    y, x = np.mgrid[:SIDE, :SIDE]
    angle, turn = rng.uniform(0, np.pi), rng.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * x + np.sin(angle) * y) * rng.uniform(1.1, 1.6) + turn
    return np.asarray(0.5 + 0.5 * np.sin(along))


def _cells(rng: np.random.Generator) -> Array:
    return sum((np.exp(-(_distance(rng, 1) ** 2) / 1.2) for _ in range(rng.integers(6, 10))), np.zeros((SIDE, SIDE)))


def _cloud(rng: np.random.Generator) -> Array:
    return np.exp(-((_distance(rng, 3) / rng.uniform(3, 4)) ** 4))


SHAPES: dict[str, Callable[[np.random.Generator], Array]] = {
    "ring": _ring,
    "bands": _bands,
    "cells": _cells,
    "cloud": _cloud,
}
