"""Gradients that a program derived by hand for another loss than the one asked for: a squared error, or one output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.backprop import ACTIVATIONS, Array, same
from graders.observe.outcome import Outcome
from graders.verdict import Verdict, failed, partial, passed

from .conventions import NAMES
from .program import first, flattened

MOST = 40
Parts = tuple[Array, Array, Array, Array]


def by_hand(outcome: object) -> list[Array | None]:
    """What the variables hold that are called gradients, by W1, b1, W2, b2; nothing where one of the weights has none."""
    if not isinstance(outcome, Outcome):
        return []
    arrays = list(flattened(outcome.values()))
    found = [first(arrays, name, gradient=True) for name in NAMES]
    return found if found[0] is not None and found[2] is not None else []


def of_another_loss(outcome: object) -> Verdict | None:
    """What is to be said of gradients by hand that belong to no softmax."""
    found = by_hand(outcome)
    if not found or not isinstance(outcome, Outcome):
        return None
    if not any(np.any(one) for one in found[:3] if one is not None):
        return failed(
            "all-zero", say("All gradients are zero: no hidden unit lets anything through, and nothing is shown.")
        )
    for factor, verdict in SQUARED.items():
        if any(_all_same(found, [factor * part for part in parts]) for parts in _squared(outcome)):
            return verdict
    return failed(
        "another-loss",
        say(
            "Gradients by hand were found, and are not those of the mean cross-entropy after a softmax, which was asked for."
        ),
    )


SQUARED: Mapping[float, Verdict] = {
    1.0: partial(
        0.5,
        "squared-error",
        say("These are the gradients of a squared error, and right; the cross-entropy after a softmax was asked for."),
    ),
    0.5: failed(
        "half",
        say("These are half of the gradients of the squared error: the derivative of (ŷ − y)² is 2 (ŷ − y)."),
    ),
}


def _all_same(found: Sequence[Array | None], expected: Sequence[Array]) -> bool:
    return all(one is None or same(np.asarray(one, float), other) for one, other in zip(found, expected, strict=True))


def _squared(outcome: Outcome) -> Iterator[Parts]:
    """The gradients of the mean squared error, for each data and activation that the variables allow."""
    arrays = list(flattened(outcome.values()))
    weights = [first(arrays, name, gradient=False) for name in NAMES]
    if any(one is None for one in weights):
        return
    W1, b1, W2, b2 = (np.asarray(one, float) for one in weights)
    tables = [np.asarray(one, float) for _, one in arrays if one.ndim == 2][:MOST]
    for X in (one for one in tables if one.shape[1] == W1.shape[0] and W1.shape[1] == len(W2)):
        for y in (one for one in tables if one.shape == (len(X), W2.shape[1])):
            for act, derivative in ACTIVATIONS.values():
                Z1 = X @ W1 + b1.reshape(-1)
                A1 = act(Z1)
                dZ2 = 2 * (A1 @ W2 + b2.reshape(-1) - y) / y.size
                dZ1 = dZ2 @ W2.T * derivative(Z1)
                yield X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)


def unchanged(plain: object, scaled: object) -> Verdict | None:
    """Whether gradients by hand stay what they are while those of autograd are scaled."""
    before, after = by_hand(plain), by_hand(scaled)
    if not before or len(before) != len(after):
        return None
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one is not None and other is not None]
    return passed() if all(same(np.asarray(other, float), np.asarray(one, float)) for one, other in pairs) else None
