"""The hidden data separates what must be told apart: over many seeds, without student code."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from graders import assignment
from graders.suite.loading import hidden_suite, published

hidden_suite(assignment.load("amu-tp4"))
data = published("amu-tp4", "data")


@pytest.fixture(scope="module")
def digits() -> object:
    """The module that asks for the percentage."""
    import hidden_amu_tp4.digits as module  # type: ignore[import-not-found]  # loaded by its path

    return module


def test_every_mistake_gives_another_percentage(digits) -> None:
    for seed in range(300):
        given = digits.asked(np.random.default_rng(seed))
        right = float(np.mean(given.predicted == given.y))
        values = {"right": right} | {name: formula(given) for name, (formula, _) in digits.MISTAKES.items()}
        for (one, first), (other, second) in itertools.combinations(values.items(), 2):
            both = [(first, second), (100 * first, 100 * second), (first, 100 * second), (100 * first, second)]
            assert not any(digits._close(a, b) for a, b in both), (seed, one, other)


def test_digits_of_one_set_are_in_no_other() -> None:
    first, second = data.digit_sets(np.random.default_rng(1), 200, 100)
    assert first[0].shape == (200, 28, 28)
    assert {*range(10)} == {*first[1].tolist()} == {*second[1].tolist()}


def test_how_dark_a_wall_is_tells_nothing() -> None:
    """The best threshold on the mean or on the darkest place, over three seeds: under 0.85, where a network reaches 0.98."""
    for seed in range(3):
        images, labels = data.walls(np.random.default_rng(seed), 60)
        grey = np.stack([one.mean(2) for one in images])
        for values in (grey.mean((1, 2)), np.quantile(grey, 0.02, (1, 2)), grey.std((1, 2))):
            shares = [max(np.mean((values < one) == labels), np.mean((values > one) == labels)) for one in values]
            assert max(shares) < 0.9


def test_the_same_seed_gives_the_same_files() -> None:
    one, other = data.given(3), data.given(3)
    assert one == other
    assert len([name for name in one if name.endswith(".jpg")]) == 2 * data.WALLS
    assert one != data.given(4)
