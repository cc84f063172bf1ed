from itertools import product

import numpy as np
import pytest

from graders.laws.splits import duplicates
from graders.laws.standardization import Floats, Strategy

from .spectrograms import STRATEGY_NAMES, noise, written

PAIRS = list(product(STRATEGY_NAMES, STRATEGY_NAMES))


def sets(rng: np.random.Generator, shape: tuple[int, int] = (16, 24)) -> tuple[Floats, Floats, list[list[int]]]:
    """Two raw sets of different sizes, and the pairs of rows that they share."""
    x = noise(rng, 150, shape)
    a, b = x[:90], np.concatenate([x[90:], x[[7, 3, 80]]])
    return a, b, [[3, 61], [7, 60], [80, 62]]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_copies_are_found_whatever_the_two_standardizations(one: Strategy, other: Strategy) -> None:
    for seed in range(3):
        a, b, shared = sets(np.random.default_rng(seed))
        for kinds in product((np.float32, np.float16), repeat=2):
            found = duplicates(written(a, one).astype(kinds[0]), written(b, other).astype(kinds[1]))
            assert found.tolist() == shared


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_power_spectrograms_whose_quiet_bands_drown_in_rounding_are_found_too(one: Strategy, other: Strategy) -> None:
    a, b, shared = sets(np.random.default_rng(0), (32, 40))
    a, b = 10 ** (a / 10), 10 ** (b / 10)
    for kinds in product((np.float32, np.float16), repeat=2):
        found = duplicates(written(a, one).astype(kinds[0]), written(b, other).astype(kinds[1]))
        assert found.tolist() == shared


def test_different_examples_never_pair() -> None:
    for seed in range(50):
        x = noise(np.random.default_rng(seed), 300)
        correlations = np.corrcoef(x[:100].reshape(100, -1))
        assert np.median(correlations) > 0.85
        one, other = PAIRS[seed % len(PAIRS)]
        for kind in (np.float32, np.float16):
            assert duplicates(written(x[:150], one).astype(kind), written(x[150:], other)).tolist() == []


def test_examples_that_share_a_pulse_far_above_the_noise_do_not_pair() -> None:
    rng = np.random.default_rng(0)
    frames = np.arange(24)
    pulse = np.where(frames >= 8, np.exp((8 - frames) / 3), 0)
    for decibels in (20, 30, 35):
        waves = rng.normal(size=(120, 16, 24)) + 10 ** (decibels / 20) * pulse
        x = np.square(waves).astype(np.float32)
        for kind in (np.float32, np.float16):
            found = duplicates(written(x[:60], "global").astype(kind), written(x[60:], "band").astype(kind))
            assert found.tolist() == []


def test_silent_examples_and_repetitions_inside_one_set_are_no_duplicates() -> None:
    a, b, shared = sets(np.random.default_rng(0))
    a[[11, 12, 13]] = 0
    b[[5, 6]] = 0
    for one, other in PAIRS:
        assert duplicates(written(a, one), written(b, other)).tolist() == shared
    assert duplicates(np.zeros((3, 16, 24)), np.zeros((3, 16, 24))).tolist() == []


def test_of_equal_rows_every_one_of_a_and_the_first_of_b_are_listed() -> None:
    x = noise(np.random.default_rng(0), 40)
    a, b = written(x[:30], "global"), written(x[20:], "band")
    repeated_a, repeated_b = a[[25, 3, 25, 25]], np.repeat(b, 20, axis=0)
    assert duplicates(repeated_a, repeated_b).tolist() == [[0, 100], [2, 100], [3, 100]]


def test_a_set_is_a_duplicate_of_itself_and_of_its_only_example() -> None:
    x = noise(np.random.default_rng(0), 1200)
    assert duplicates(x, written(x, "global")).tolist() == [[i, i] for i in range(1200)]
    assert duplicates(x[:1], x[:1]).tolist() == [[0, 0]]


def test_examples_that_are_not_finite_are_no_duplicates_and_disturb_no_other() -> None:
    x = noise(np.random.default_rng(0), 8)
    x[0], x[1, 3, 2], x[2, 3, 2], x[3] = np.nan, np.nan, np.inf, np.inf
    assert duplicates(x, x).tolist() == [[i, i] for i in (1, 2, 4, 5, 6, 7)]


def test_empty_sets_share_nothing() -> None:
    x = noise(np.random.default_rng(0), 4)
    assert duplicates(x[:0], x).shape == duplicates(x, x[:0]).shape == (0, 2)


def test_too_little_to_see_is_no_evidence() -> None:
    x = np.random.default_rng(0).normal(size=(10, 2, 4)).astype(np.float32)
    assert duplicates(x, x).tolist() == []
