"""The hidden inputs separate every right formula from every mistake, and fair luck from wrong weights: over many seeds."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from scipy import stats

from graders import assignment
from graders.laws.initialization import Law
from graders.laws.weights import Layer, explain_law
from graders.suite.loading import hidden_suite, published

hidden_suite(assignment.load("enm-tp1"))
binary, decision, formulas, gradients, initial, loaders, losses = (
    import_module(f"hidden_enm_tp1.{name}")
    for name in "binary decision formulas gradients initial loaders losses".split()
)
data = published("enm-tp1", "data")
TABLES = {
    "softmax": (formulas.SOFTMAX, formulas.scores, 3),
    "one_hot": (formulas.ONE_HOT, formulas.targets, 2),
    "decide": (decision.DECISION, decision.rows, 3),
    "nll_loss": (losses.NLL, losses.classified, 3),
    "binary": (binary.BINARY, lambda rng: binary.answered(rng, np.float32), 2),
}


@pytest.mark.parametrize("name", TABLES)
def test_no_mistake_looks_right_or_like_another(name: str) -> None:
    known, cases, usual = TABLES[name]
    every: dict[str, Callable[..., Any]] = {
        f"right {place}": formula for place, (formula, _) in enumerate(known.right)
    } | {diagnosis: formula for diagnosis, (formula, _) in known.wrong.items()}
    for seed in range(200):
        some = cases(np.random.default_rng(seed))[:usual]
        for (one, formula), (other, second) in itertools.combinations(every.items(), 2):
            with np.errstate(all="ignore"):
                answers = [(case, second(**case)) for case in some]
            assert not formulas.explains(formula, answers), (seed, one, other)


def test_a_right_softmax_of_each_kind_passes() -> None:
    for seed in range(50):
        some = formulas.scores(np.random.default_rng(seed))
        right = {"cases": some, "answers": [formulas.softmax(one["z"]) for one in some]}
        assert formulas.stable(right).credit == 1
        with np.errstate(all="ignore"):
            naive = {"cases": some, "answers": [_naive(one["z"]) for one in some]}
            whole = {"cases": some, "answers": [_naive(one["z"] - one["z"].max()) for one in some]}
        assert formulas.stable(naive).diagnosis == "overflow"
        assert formulas.stable(whole).diagnosis == "maximum-of-everything"


def _naive(z: np.ndarray) -> np.ndarray:
    powers = np.exp(z)
    return powers / powers.sum(axis=1, keepdims=True)


WEIGHTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "": lambda n: 1 / n,
    "weights-are-counts": lambda n: n,
    "equal-weights": lambda n: n**0.0,
    "root-of-counts": lambda n: n**-0.5,
    "complement": lambda n: 1 - n / n.sum(),
    "too-strong": lambda n: n**-2.0,
}


def in_batches(x: np.ndarray, y: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """As a loader gives them."""
    starts = range(0, len(y), loaders.BATCH)
    return [(x[one : one + loaders.BATCH], y[one : one + loaders.BATCH]) for one in starts]


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_are_told_by_what_is_drawn(name: str) -> None:
    counts = np.array(loaders.COUNTS)
    for seed in range(200):
        rng = np.random.default_rng(seed)
        y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
        weights = WEIGHTS[name](counts.astype(float))[y]
        drawn = rng.choice(len(y), (loaders.DRAWS, len(y)), p=weights / weights.sum())
        rows = np.arange(len(y), dtype=np.float32)[:, None]
        verdict = loaders._evenly([in_batches(rows[one], y[one]) for one in drawn], [])
        assert (verdict.diagnosis if verdict else "") == name, seed


LAWS: dict[str, Law] = {name: law for name, (law, _) in initial.RIGHT.items()} | {
    name: one[0] for name, one in initial.MISTAKES.items() if name not in ("zeros", "constant")
}


@pytest.mark.parametrize("an_epoch", [72, 90, 270, 360, 720])
def test_even_draws_are_refused_less_than_once_in_twenty_million(an_epoch: int) -> None:
    """By the exact law of the draws: no simulation is that long."""
    n = an_epoch * loaders.DRAWS
    counts = np.arange(n + 1)
    shares = np.stack([counts, (n - counts) / 2, (n - counts) / 2], axis=1) / n
    refused = ~loaders.even(shares, n)
    assert loaders.CLASSES * stats.binom.pmf(counts, n, 1 / 3)[refused].sum() < 5e-8


@pytest.mark.parametrize("name", WEIGHTS)
def test_even_draws_pass_and_others_never_do(name: str) -> None:
    """10 000 runs, of half as many draws as an epoch has examples."""
    counts, n = np.array(loaders.COUNTS, float), loaders.DRAWS * loaders.SIZE // 2
    expected = WEIGHTS[name](counts) * counts
    drawn = np.random.default_rng(0).multinomial(n, expected / expected.sum(), size=10_000)
    assert (loaders.even(drawn / n, n) == (name == "")).all()


@pytest.mark.parametrize("name", LAWS)
def test_each_law_is_recognised(name: str) -> None:
    for seed in range(20):
        rng = np.random.default_rng(seed)
        samples = [Layer((k, n), _drawn(rng, LAWS[name]((k, n)), 24 * min(n * k, 500))) for n, k in initial.SIZES]
        right = {key: law for key, (law, _) in initial.RIGHT.items()}
        assert explain_law(samples, right, {key: one[0] for key, one in initial.MISTAKES.items()}) == name, seed


def _drawn(rng: np.random.Generator, law: Any, size: int) -> np.ndarray:
    values = rng.normal(0, law.std, size) if hasattr(law, "std") else rng.uniform(law.low, law.high, size)
    return values.astype(np.float32)


def test_no_wrong_gradient_looks_right() -> None:
    for seed in range(200):
        rng = np.random.default_rng(seed)
        x = [rng.standard_normal((n, gradients.FEATURES)) for n in (gradients.FIRST, gradients.SECOND)]
        y = [rng.integers(0, gradients.CLASSES, n) for n in (gradients.FIRST, gradients.SECOND)]
        weight = rng.standard_normal((gradients.CLASSES, gradients.FEATURES)) / 2
        heard = {"x": x, "y": y, "before": {"w": weight, "b": np.zeros(gradients.CLASSES)}}
        right = gradients.expected(heard, gradients.RIGHT)
        for name, (slope, _) in gradients.WRONG.items():
            wrong = gradients.expected(heard, slope)
            assert not any(gradients.alike(wrong, right, factor) for factor in (1, gradients.FIRST)), (seed, name)


def test_the_analytic_gradient_is_that_of_finite_differences() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.standard_normal((gradients.FIRST, gradients.FEATURES)), rng.integers(0, 4, gradients.FIRST)
    weight, bias = rng.standard_normal((4, gradients.FEATURES)), rng.standard_normal(4)
    heard = {"x": [x], "y": [y], "before": {"w": weight, "b": bias}}
    right = gradients.expected(heard, gradients.RIGHT)
    for place in np.ndindex(weight.shape):
        step = np.zeros_like(weight)
        step[place] = 1e-6
        up, down = (_likelihood(x, y, weight + sign * step, bias) for sign in (1, -1))
        assert abs((up - down) / 2e-6 - right["w"][place]) < 1e-6


def _likelihood(x: np.ndarray, y: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> float:
    return float(-np.log(formulas.softmax(x @ weight.T + bias)[np.arange(len(y)), y]).mean())


def test_the_days_are_unbalanced_and_new_each_time() -> None:
    first, second = (data.observations(np.random.default_rng(seed), 300) for seed in (1, 2))
    assert {*range(4)} == {*first.y.tolist()}
    assert np.bincount(first.y).argmax() == 0
    assert np.bincount(first.y).min() <= 20
    assert not {row.tobytes() for row in first.x} & {row.tobytes() for row in second.x}
    assert set(data.given(3)) == {"data/train.csv", "data/test.csv"}
