from collections.abc import Callable

import numpy as np
import pytest

from graders.laws.matching import match
from graders.laws.standardization import STRATEGIES, Floats
from graders.laws.standardization_mistakes import mistakes

from .spectrograms import STRATEGY_NAMES, noise, written

RAW = noise(np.random.default_rng(0), 200)
ORDER = np.random.default_rng(1).permutation(np.concatenate([np.arange(150), np.repeat(np.arange(9), 4)]))


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
@pytest.mark.parametrize("strategy", STRATEGY_NAMES)
def test_shuffled_and_oversampled_rows_find_their_example(strategy: str, kind: type[np.floating]) -> None:
    x = written(RAW, next(name for name in STRATEGIES if name == strategy)).astype(kind)[ORDER]
    assert match(x, RAW).tolist() == ORDER.tolist()
    assert match(x.reshape(len(x), -1), RAW).tolist() == ORDER.tolist()


def test_every_wrong_standardization_still_finds_its_example() -> None:
    for explained, expected in mistakes(RAW):
        found = match(expected.astype(np.float32)[ORDER], RAW)
        assert (found == ORDER).mean() == 1, explained


@pytest.mark.parametrize(
    "function",
    [
        lambda x: 10 ** (x / 20),
        lambda x: 10 ** (x / 10),
        lambda x: np.clip((x - x.mean()) / x.std(), -1, 1),
        lambda x: np.round((x - x.mean()) / x.std(), 1),
        lambda x: np.log(x - x.min() + 1),
    ],
)
def test_increasing_functions_leave_examples_recognizable(function: Callable[[Floats], Floats]) -> None:
    for seed in range(5):
        raw = noise(np.random.default_rng(seed), 200)
        assert match(function(raw).astype(np.float32)[ORDER], raw).tolist() == ORDER.tolist()


def test_rows_from_nowhere_and_silent_rows_have_no_example() -> None:
    for seed in range(15):
        raw = noise(np.random.default_rng(seed), 300)
        raw[7] = 0
        for strategy in STRATEGY_NAMES:
            x = written(raw, strategy)
            assert match(x[200:], raw[:200]).tolist() == [-1] * 100
            assert match(x[:20], raw)[7] == -1


def test_of_equal_raw_examples_the_first_is_meant() -> None:
    raw = RAW[[4, 5, 4, 6]]
    assert match(written(raw, "global"), raw).tolist() == [0, 1, 0, 3]


def test_one_raw_example_is_enough_and_nothing_matches_nothing() -> None:
    assert match(RAW[:2], RAW[:1]).tolist() == [0, -1]
    assert match(RAW[:0], RAW).tolist() == []
    assert match(RAW[:2], RAW[:0]).tolist() == [-1, -1]
