from collections.abc import Callable

import numpy as np
import pytest

from graders.laws.separation import separates
from graders.laws.standardization import (
    DDOFS,
    STRATEGIES,
    TOLERANCE,
    Explained,
    Floats,
    Hypothesis,
    Strategy,
    misfit,
    readings,
    standardized,
    statistics,
)
from graders.laws.standardization_mistakes import explain_standardization, hidden_spectrograms, mistakes

SEEDS = 200
NAMES = list(STRATEGIES)
X = hidden_spectrograms(np.random.default_rng(0))


def everything(x: Floats) -> list[Hypothesis]:
    return [*readings(x), *mistakes(x)]


@pytest.mark.parametrize("ddof", DDOFS)
@pytest.mark.parametrize("strategy", NAMES)
def test_every_strategy_is_recognized_however_it_is_written(strategy: Strategy, ddof: int) -> None:
    mu, sigma = statistics(X, strategy, ddof)
    expected = ("reading", strategy, strategy)
    right = (X - mu) / sigma
    shapes = [right, right.reshape(len(X), -1), right[:, None], right.astype(np.float32), right.astype(np.float16)]
    epsilons = [(X - mu) / (sigma + 1e-5), (X - mu) / np.sqrt(sigma**2 + 1e-5), (X - mu) / (sigma + 1e-3)]
    in_float32 = (X - mu.astype(np.float32)) / sigma.astype(np.float32)
    for observed in [*shapes, *epsilons, in_float32, right.tolist()]:
        assert explain_standardization(X, observed)[:3] == expected


def test_statistics_are_those_of_numpy_and_broadcast() -> None:
    for strategy, axes in STRATEGIES.items():
        for ddof in DDOFS:
            mu, sigma = statistics(X, strategy, ddof)
            np.testing.assert_allclose(mu, X.mean(axes, dtype=float, keepdims=True))
            np.testing.assert_allclose(sigma, X.std(axes, dtype=float, keepdims=True, ddof=ddof))
            np.testing.assert_allclose((X - mu) / sigma, standardized(X, strategy, ddof))


def test_ddof_is_told_where_it_shows() -> None:
    assert explain_standardization(X, standardized(X, "spectrogram-band", 0)).ddof == 0
    assert explain_standardization(X, standardized(X, "spectrogram-band", 1)).ddof == 1


def test_every_mistake_is_named() -> None:
    for explained, expected in mistakes(X):
        found = explain_standardization(X, expected.astype(np.float32))
        assert (found.kind, found.name) == ("mistake", explained.name)
        assert found.strategy == explained.strategy


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("divided-by-variance", lambda x: (x - x.mean()) / x.var()),
        ("mean-forgotten", lambda x: x / x.std(axis=(0, 2), keepdims=True)),
        ("deviation-forgotten", lambda x: x - x.mean(axis=2, keepdims=True)),
        ("parentheses-missing", lambda x: x - x.mean() / x.std()),
        ("min-max", lambda x: (x - x.min()) / (x.max() - x.min())),
        ("min-max-symmetric", lambda x: 2 * (x - x.min()) / (x.max() - x.min()) - 1),
        ("divided-by-maximum", lambda x: x / x.max()),
        ("divided-by-range", lambda x: (x - x.mean()) / np.ptp(x)),
        ("per-time-step", lambda x: (x - x.mean((0, 1))) / (x.std((0, 1)) + 1e-5)),
        ("per-spectrogram-and-time-step", lambda x: (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)),
        ("per-pixel", lambda x: (x - x.mean(0)) / x.std(0, ddof=1)),
        ("truncated-to-integers", lambda x: ((x - x.mean()) / (x.std() + 1e-5)).astype(int)),
        ("mean-and-deviation-over-different-axes", lambda x: (x - x.mean()) / x.std((0, 2), keepdims=True)),
        ("unchanged", lambda x: x),
    ],
)
def test_a_mistake_in_the_words_of_a_student_is_named(name: str, function: Callable[[Floats], Floats]) -> None:
    assert explain_standardization(X, function(X))[:2] == ("mistake", name)


@pytest.mark.parametrize("observed", [np.zeros((3, 4)), np.full(X.shape, np.nan), np.zeros(X.shape), X[::-1], []])
def test_what_nothing_explains_is_unexplained(observed: Floats) -> None:
    assert explain_standardization(X, observed) == Explained()


def test_silent_examples_are_left_out_of_the_judgement() -> None:
    x = X.copy()
    x[3] = 0
    for strategy in NAMES:
        for silent in (0.0, np.nan):
            observed = np.nan_to_num(standardized(x, strategy), nan=silent)
            assert explain_standardization(x, observed).name == strategy
    assert misfit(np.full((2, 2, 2), np.nan), np.zeros((2, 2, 2)), 1) == np.inf


def test_hidden_spectrograms_separate_every_reading_from_every_mistake() -> None:
    labels = [explained[:3] for explained, _ in everything(X)]
    for seed in range(SEEDS):
        x = hidden_spectrograms(np.random.default_rng(seed))
        arrays = {str(number): expected for number, (_, expected) in enumerate(everything(x))}
        functions = {name: (lambda expected=expected: expected) for name, expected in arrays.items()}
        collisions = separates([()], functions, 2 * TOLERANCE)
        assert [pair for pair in collisions if labels[int(pair[0])] != labels[int(pair[1])]] == [], f"seed {seed}"


def test_hidden_spectrograms_are_positive_float32_with_deviations_of_some_units() -> None:
    for seed in range(SEEDS):
        x = hidden_spectrograms(np.random.default_rng(seed))
        assert x.dtype == np.float32
        assert x.min() > 0
        assert min(statistics(x, strategy).sigma.min() for strategy in STRATEGIES) > 1
