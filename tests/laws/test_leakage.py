import numpy as np
import pytest

from graders.laws.leakage import Sets, Shared, fit, which_statistics
from graders.laws.standardization import Floats, Statistics, standardized, statistics

from .spectrograms import noise

STRATEGIES: tuple[Shared, ...] = ("global", "band")
SIZES = {"train": 60, "valid": 20, "test": 25}


def drawn(seed: int) -> dict[str, Floats]:
    rng = np.random.default_rng(seed)
    x = noise(rng, sum(SIZES.values()))
    return dict(zip(SIZES, np.split(x, np.cumsum(list(SIZES.values()))[:-1]), strict=True))


def applied(x: Floats, statistic: Statistics, epsilon: float = 0) -> Floats:
    return ((x - statistic.mu) / (statistic.sigma + epsilon)).astype(np.float32)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_source_of_the_statistics_is_found(strategy: Shared) -> None:
    for seed in range(30):
        raw = drawn(seed)
        ddof, epsilon = seed % 2, [0, 1e-8, 1e-5][seed % 3]
        pooled = statistics(np.concatenate(list(raw.values())), strategy, ddof)
        train = statistics(raw["train"], strategy, ddof)
        for source, chosen in {"train": train, "all": pooled}.items():
            written = {name: applied(x, chosen, epsilon).reshape(len(x), -1) for name, x in raw.items()}
            assert which_statistics(raw, written, strategy) == {"valid": source, "test": source}
        own = {name: applied(x, statistics(x, strategy, ddof), epsilon) for name, x in raw.items()}
        assert which_statistics(raw, own, strategy) == {"valid": "own", "test": "own"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_float16_and_an_epsilon_on_small_deviations_change_nothing(strategy: Shared) -> None:
    raw = {name: x * np.float32(1e-4) for name, x in drawn(0).items()}
    mu, sigma = statistics(raw["train"], strategy)
    half = {name: ((x - mu) / sigma).astype(np.float16) for name, x in raw.items()}
    careful = {name: (x - mu) / np.sqrt(sigma**2 + 1e-5) for name, x in raw.items()}
    for written in (half, careful):
        assert which_statistics(raw, written, strategy) == {"valid": "train", "test": "train"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_oversampling_before_or_after_the_statistics_changes_nothing(strategy: Shared) -> None:
    whole = drawn(1)
    rows = np.concatenate([np.arange(60), np.repeat(np.arange(9), 5)])
    raw = {**whole, "train": whole["train"][rows]}
    for train in (whole["train"], raw["train"]):
        written = {name: applied(x, statistics(train, strategy)) for name, x in raw.items()}
        assert which_statistics(raw, written, strategy) == {"valid": "train", "test": "train"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_dropped_rows_need_the_whole_sets(strategy: Shared) -> None:
    whole = drawn(2)
    raw = {**whole, "train": whole["train"][:35]}
    written = {name: applied(x, statistics(whole["train"], strategy)) for name, x in raw.items()}
    assert which_statistics(raw, written, strategy) == {"valid": None, "test": None}
    assert which_statistics(raw, written, strategy, originals=whole) == {"valid": "train", "test": "train"}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_other_statistics_and_other_maps_have_no_source(strategy: Shared) -> None:
    raw = drawn(3)
    train, valid = statistics(raw["train"], strategy), statistics(raw["valid"], strategy)
    for test in (
        applied(raw["test"], valid),
        applied(raw["test"], Statistics(train.mu, 1.2 * train.sigma)),
        applied(raw["test"], Statistics(train.mu, 0.9 * train.sigma)),
        standardized(raw["test"], "spectrogram"),
        np.full_like(raw["test"], np.nan),
        np.zeros_like(raw["test"]),
    ):
        written = {"train": applied(raw["train"], train), "valid": applied(raw["valid"], train), "test": test}
        assert which_statistics(raw, written, strategy) == {"valid": "train", "test": None}


def test_constant_bands_and_silent_examples_are_forgiven() -> None:
    raw: Sets = drawn(4)
    for x in raw.values():
        x[:, 2] = 0.1
        x[::7] = 0
        x[0, 2] = 0.1
    train = statistics(raw["train"], "band")
    written = {name: applied(x, train, 1e-8) for name, x in raw.items()}
    assert which_statistics(raw, written, "band") == {"valid": "train", "test": "train"}


def test_a_set_that_is_constant_everywhere_shows_nothing() -> None:
    raw = {**drawn(5), "test": np.full((4, 16, 24), 0.1, np.float32)}
    assert np.isnan(fit(raw["test"], raw["test"], "band").mu).all()
    assert which_statistics(raw, raw, "band")["test"] is None
