"""Losses of a training loop: which formula gives what went backwards, and what a loss of torch was called on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from graders.laws.loop import Batch, batches, labels_of
from graders.laws.pointwise import sigmoid
from graders.observe.training import Lesson, Run

Array = NDArray[np.float64]
LIKE = 1e-3


def cross_entropy(logits: Array, y: Array) -> Array:
    """Binary cross-entropy of each logit: log(1 + exp(z)) - y z."""
    with np.errstate(invalid="ignore"):
        return np.logaddexp(0, logits) - y * logits


Loss = Callable[[Array, Array], float]
RIGHT: Mapping[str, Loss] = {
    "mean": lambda z, y: float(cross_entropy(z, y).mean()),
    "sum": lambda z, y: float(cross_entropy(z, y).sum()),
}
WRONG: Mapping[str, Loss] = {
    "loss-broadcast": lambda z, y: float(cross_entropy(z[:, None], y[None, :]).mean()),
    "sigmoid-twice": lambda z, y: float(cross_entropy(sigmoid(z), y).mean()),
    "squared-error": lambda z, y: float(np.square(z - y).mean()),
    "squared-error-of-sigmoid": lambda z, y: float(np.square(sigmoid(z) - y).mean()),
    "squared-error-broadcast": lambda z, y: float(np.square(z[:, None] - y[None, :]).mean()),
    "absolute-error": lambda z, y: float(np.abs(z - y).mean()),
    "sign": lambda z, y: float(-cross_entropy(z, y).mean()),
}


def explains(run: Run, loss: Loss) -> bool:
    """Whether a formula gives every loss of a run; False where no batch can be recognised."""
    return _fits(run, loss, factor=1)


def explains_up_to_a_factor(run: Run, loss: Loss) -> bool:
    """The same, where the loss was divided by a number: of batches to accumulate, for instance."""
    return _fits(run, loss, factor=None)


def _fits(run: Run, loss: Loss, factor: float | None) -> bool:
    found = [(one, logits_and_labels(one, run.lesson)) for one in batches(run.events)]
    pairs = [(one.backward.value, loss(*pair)) for one, pair in found if pair]
    if not pairs or not all(value is not None and np.isfinite(value) for value, _ in pairs):
        return False
    seen, expected = np.array(pairs, float).T
    if factor is None:
        factor = float(seen @ expected / max(expected @ expected, 1e-30))
    return factor > 0 and bool(np.all(abs(seen - factor * expected) <= LIKE * factor * (1 + abs(expected))))


def negates(run: Run) -> bool:
    """Whether minus a loss of torch is what goes backwards."""
    pairs = [(one.backward.value, one.loss.value) for one in batches(run.events) if one.loss]
    return bool(pairs) and all(
        value is not None and of_torch and abs(value + of_torch) <= LIKE * abs(of_torch) for value, of_torch in pairs
    )


def logits_and_labels(batch: Batch, lesson: Lesson) -> tuple[Array, Array] | None:
    """What the network answered for a batch, and the labels of its rows."""
    if batch.forward is None or not isinstance(batch.forward.output, np.ndarray):
        return None
    y = labels_of(batch.forward, lesson.train)
    logits = batch.forward.output.reshape(-1).astype(float)
    return (logits, y) if y is not None and len(y) == len(logits) else None


def takes_raw_logits(batch: Batch) -> bool:
    """Whether BCEWithLogits was called on the very output of the network, whatever its weights and reduction."""
    loss, forward = batch.loss, batch.forward
    return (
        loss is not None
        and forward is not None
        and loss.name == "binary_cross_entropy_with_logits"
        and _same(loss.input, forward.output)
    )


def takes_probabilities(batch: Batch) -> bool:
    """Whether BCE was called on the network's output, or on its sigmoid."""
    loss, forward = batch.loss, batch.forward
    return (
        loss is not None
        and forward is not None
        and loss.name == "binary_cross_entropy"
        and (_same(loss.input, forward.output) or _same(loss.input, _sigmoid(forward.output)))
    )


def _sigmoid(value: object) -> object:
    return sigmoid(value) if isinstance(value, np.ndarray) else None


def _same(one: object, other: object) -> bool:
    return (
        isinstance(one, np.ndarray)
        and isinstance(other, np.ndarray)
        and one.size == other.size
        and bool(np.allclose(one.reshape(-1), other.reshape(-1), atol=1e-5, equal_nan=True))
    )
