"""Hidden inputs tell every right answer from every mistake that has a name, whatever the seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders import paths
from graders.suite.loading import imported

HIDDEN: Any = imported(paths.SECRET / "mu4in811" / "hidden" / "__init__.py", "hidden_mu4in811")
SEEDS = range(300)


@pytest.mark.parametrize("kind", [HIDDEN.pointwise.TANH, HIDDEN.pointwise.SIGMOID], ids=lambda kind: kind.name)
def test_derivatives_of_activations_are_told_apart(kind: Any) -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        z, delta = rng.standard_normal((5, 4)) + 0.3, rng.standard_normal((5, 4))
        right = delta * kind.slope(z)
        for slope, _ in kind.mistakes.values():
            assert np.abs(delta * slope(z) - right).max() > 1e-2


def test_the_jacobian_of_the_softmax_is_not_its_diagonal() -> None:
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        p, delta = HIDDEN.multiclass.softmax(rng.standard_normal((6, 4))), rng.standard_normal((6, 4))
        right = p * (delta - (p * delta).sum(axis=1, keepdims=True))
        assert np.abs(p * (1 - p) * delta - right).max() > 1e-2


def test_values_of_the_cross_entropy_are_told_apart() -> None:
    y = np.array([2, 0, 1, 3, 3, 1])
    t = np.eye(4)[y]
    for seed in SEEDS:
        z = np.random.default_rng(seed).standard_normal((6, 4))
        p = HIDDEN.multiclass.softmax(z)
        right = -np.log(p[np.arange(6), y])
        for name, (of, _) in HIDDEN.multiclass.MISTAKES.items():
            found = of(t, p).sum(axis=1)
            assert HIDDEN.numbers.factor(found, right, 1e-2) is None or name == "sign"


def test_a_network_in_exact_arithmetic_goes_against_its_gradient() -> None:
    rng = np.random.default_rng(0)
    Affine, Net = HIDDEN.numbers.Affine, HIDDEN.chain.Net
    net = Net(
        Affine(rng.standard_normal((2, 4)), rng.standard_normal(4)),
        Affine(rng.standard_normal((4, 1)), rng.standard_normal(1)),
    )
    x, y = HIDDEN.sequential.clusters(rng, 20)

    def loss(one: Any) -> float:
        return float(0.5 * ((one.forward(x)[1] - y) ** 2).sum())

    first, second = net.gradients(x, y)
    squares = sum(float((part**2).sum()) for layer in (first, second) for part in layer)
    assert loss(net) - loss(net.stepped(x, y, 1e-6)) == pytest.approx(1e-6 * squares, rel=1e-4)
