"""What noise of deviation c passes, and what noise does not: by many draws."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np
import pytest

from graders import assignment
from graders.suite.loading import hidden_suite

hidden_suite(assignment.load("mu4in811"))
autoencoder = import_module("hidden_mu4in811.autoencoder")
C, SHAPE = autoencoder.C, (autoencoder.ROWS, autoencoder.PIXELS)

Draw = Callable[[np.random.Generator, float], np.ndarray]
RIGHT: dict[str, Draw] = {
    "normal": lambda rng, c: rng.normal(0, c, SHAPE),
    "of single precision": lambda rng, c: (c * rng.standard_normal(SHAPE, np.float32)).astype(float),
    "kept between 0 and 1": lambda rng, c: (
        np.clip((x := rng.uniform(0.4, 0.6, SHAPE)) + rng.normal(0, c, SHAPE), 0, 1) - x
    ),
}
WRONG: dict[str, tuple[Draw, str]] = {
    "variance": (lambda rng, c: rng.normal(0, c**0.5, SHAPE), "c-as-variance"),
    "square": (lambda rng, c: rng.normal(0, c**2, SHAPE), "variance-is-c-to-the-fourth"),
    "half": (lambda rng, c: rng.normal(0, c / 2, SHAPE), "wrong-scale"),
    "tenth too large": (lambda rng, c: rng.normal(0, 1.1 * c, SHAPE), "wrong-scale"),
    "uniform in [-c, c]": (lambda rng, c: rng.uniform(-c, c, SHAPE), "not-gaussian"),
    "uniform of that deviation": (lambda rng, c: rng.uniform(-1, 1, SHAPE) * c * 3**0.5, "not-gaussian"),
    "uniform in [0, c]": (lambda rng, c: rng.uniform(0, c, SHAPE), "not-gaussian"),
    "shifted": (lambda rng, c: rng.normal(c / 10, c, SHAPE), "not-centred"),
    "one an image": (lambda rng, c: np.broadcast_to(rng.normal(0, c, (SHAPE[0], 1)), SHAPE), "one-draw"),
    "one a pixel": (lambda rng, c: np.broadcast_to(rng.normal(0, c, SHAPE[1]), SHAPE), "one-draw"),
    "Laplace": (lambda rng, c: rng.laplace(0, c / 2**0.5, SHAPE), "not-gaussian"),
    "its absolute value": (lambda rng, c: abs(rng.normal(0, c, SHAPE)), "not-gaussian"),
    "none": (lambda rng, c: np.zeros(SHAPE), "no-noise"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_noise_passes(name: str) -> None:
    rng = np.random.default_rng(0)
    assert all(autoencoder._law(RIGHT[name](rng, C), RIGHT[name](rng, 2 * C)) is None for _ in range(100))


@pytest.mark.parametrize("name", WRONG)
def test_wrong_noise_is_named(name: str) -> None:
    rng, (draw, diagnosis) = np.random.default_rng(0), WRONG[name]
    for _ in range(20):
        verdict = autoencoder._law(draw(rng, C), draw(rng, 2 * C))
        assert verdict is not None
        assert verdict.diagnosis == diagnosis
