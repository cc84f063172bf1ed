"""A program that derives by hand for a squared error, or compares with what it has just set to zero, is told so."""

from __future__ import annotations

from typing import Any

import numpy as np

from graders import paths
from graders.laws.backprop import Array
from graders.observe.outcome import Outcome
from graders.suite.loading import imported

hidden: Any = imported(paths.SECRET / "cdl-tp1-3" / "hidden" / "__init__.py", "hidden_cdl-tp1-3")
OTHER = hidden.other


def program(**values: Array) -> Outcome:
    return Outcome(journal=[], variables={"a.py": dict(values)}, figures=[], images=[])


def derived(factor: float) -> Outcome:
    """One example, three hidden units, one output; gradients of (ŷ − y)² times a factor."""
    rng = np.random.default_rng(3)
    X, y = np.array([[2.0, 3.0]]), np.array([[1.0]])
    W1, b1, W2, b2 = rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=(3, 1)), rng.normal(size=1)
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = factor * 2 * (A1 @ W2 + b2 - y)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return program(
        x=X, y=y, W1=W1, b1=b1, W2=W2, b2=b2, A1=A1,
        grad_W1=X.T @ dZ1, grad_b1=dZ1, grad_W2=A1.T @ dZ2, grad_b2=dZ2,
    )  # fmt: skip


def test_the_gradients_of_a_squared_error_are_worth_something() -> None:
    said = OTHER.of_another_loss(derived(1.0))
    assert (said.diagnosis, said.credit) == ("squared-error", 0.5)


def test_a_forgotten_factor_of_two_is_named() -> None:
    assert OTHER.of_another_loss(derived(0.5)).diagnosis == "half"


def test_any_other_gradients_by_hand_are_not_missing() -> None:
    assert OTHER.of_another_loss(derived(0.3)).diagnosis == "another-loss"


def test_nothing_by_hand_is_nothing() -> None:
    assert OTHER.of_another_loss(program(W1=np.ones((2, 3)))) is None
