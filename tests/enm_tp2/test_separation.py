"""The hidden inputs tell every mistake from what is right and from the others: over many seeds, without student code."""

from __future__ import annotations

from itertools import combinations
from types import ModuleType

import numpy as np
import pytest
from sklearn.linear_model import RidgeClassifier

from graders import assignment
from graders.suite.loading import hidden_suite, published

hidden_suite(assignment.load("enm-tp2"))
data = published("enm-tp2", "data")
SEEDS = 6


@pytest.fixture(scope="module")
def hidden() -> ModuleType:
    """The package of the suite."""
    import hidden_enm_tp2 as package  # type: ignore[import-not-found]  # loaded by its path

    return package


def test_every_slip_of_the_convolution_gives_something_else(hidden) -> None:
    from hidden_enm_tp2 import formulas

    names = {name: {aspect: name} for name, (aspect, _, _) in formulas.MISTAKES.items()}
    for seed in range(SEEDS):
        given = hidden.convolution.cases(np.random.default_rng(seed))
        outputs = {
            name: [formulas.computed(case, wrong) for case in given] for name, wrong in {"": {}, **names}.items()
        }
        for one, other in combinations(outputs, 2):
            pairs = zip(outputs[one], outputs[other], strict=True)
            assert not all(
                first is not None and second is not None and _alike(first, second) for first, second in pairs
            ), (
                seed,
                one,
                other,
            )


def test_every_slip_of_the_pooling_gives_something_else(hidden) -> None:
    pooling = hidden.pooling
    formulas = {"": pooling.right} | {name: formula for name, (formula, _) in pooling.MISTAKES.items()}
    for seed in range(SEEDS):
        given = pooling.cases(np.random.default_rng(seed))
        outputs = {name: [formula(case.x, **case.more) for case in given] for name, formula in formulas.items()}
        for one, other in combinations(outputs, 2):
            assert not all(map(_alike, outputs[one], outputs[other])), (seed, one, other)


def test_every_slip_of_the_size_gives_another_number(hidden) -> None:
    sizes = hidden.sizes
    formulas = {"": sizes.right} | {name: formula for name, (formula, _) in sizes.MISTAKES.items()}
    for seed in range(300):
        given = sizes.asked_for(np.random.default_rng(seed))
        outputs = {name: tuple(formula(one) for one in given) for name, formula in formulas.items()}
        assert len({*outputs.values()}) == len(outputs), seed


def test_the_convolution_is_torchs(hidden) -> None:
    import torch
    from torch.nn.functional import conv2d

    for case in hidden.convolution.cases(np.random.default_rng(3)):
        x, weight, bias = (
            None if one is None else torch.from_numpy(one) for one in (case.x, case.more["weight"], case.more["bias"])
        )
        expected = conv2d(x, weight, bias, case.more["stride"], case.more["padding"])
        assert np.allclose(hidden.convolution.right(case), expected)


def test_a_linear_model_does_not_recognise_the_skies() -> None:
    """Measured over four seeds: 0.59 to 0.69, where the reference has 0.95 to 0.99 after 24 epochs."""
    for seed in range(2):
        rng = np.random.default_rng(seed)
        (x, y), (asked, labels) = data.skies(rng, 400), data.skies(rng, 300)
        model = RidgeClassifier(100.0).fit(x.reshape(400, -1), y)
        assert model.score(asked.reshape(300, -1), labels) < 0.8


def test_the_same_seed_gives_the_same_files() -> None:
    assert data.given(3) == data.given(3)
    assert data.given(3) != data.given(4)


def _alike(first: np.ndarray, second: np.ndarray) -> bool:
    return first.shape == second.shape and bool(np.allclose(first, second, atol=1e-4 * (1 + np.abs(second).max())))
