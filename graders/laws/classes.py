"""Training loops of several classes: what the network answered, which formula gives the loss, what each epoch measured. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from graders.laws.loop import Batch, batches, labels_of
from graders.observe.training import Event, Examples, Run

Array = NDArray[np.float64]
LIKE = 1e-3


@dataclass(frozen=True, eq=False)
class Scored:
    """Answers (n, classes) of one pass, and the labels (n,) of its rows."""

    logits: Array
    y: NDArray[np.int64]

    @property
    def loss(self) -> float:
        """The mean cross-entropy."""
        return cross_entropy(self.logits, self.y)

    @property
    def accuracy(self) -> float:
        """The share of right classes."""
        return float((self.logits.argmax(axis=1) == self.y).mean())


def cross_entropy(logits: Array, y: NDArray[np.int64]) -> float:
    """The mean of -log softmax(z)[y]."""
    return float(-log_softmax(logits, axis=1)[np.arange(len(y)), y].mean())


def scored(forward: Event | None, examples: Examples) -> Scored | None:
    """A pass over rows of these examples; None for any other."""
    if forward is None or not isinstance(forward.output, np.ndarray) or forward.output.ndim != 2:
        return None
    labels = labels_of(forward, examples)
    logits = forward.output.astype(float)
    fits = labels is not None and len(labels) == len(logits) and labels.max() < logits.shape[1]
    return Scored(logits, labels.astype(int)) if fits and labels is not None else None


Loss = Callable[[Array, NDArray[np.int64]], float]
RIGHT: Mapping[str, Loss] = {"mean": cross_entropy, "sum": lambda z, y: len(y) * cross_entropy(z, y)}
WRONG: Mapping[str, Loss] = {
    "softmax-before-loss": lambda z, y: cross_entropy(softmax(z, axis=1), y),
    "sigmoid-before-loss": lambda z, y: cross_entropy(1 / (1 + np.exp(-z)), y),
    "relu-before-loss": lambda z, y: cross_entropy(np.maximum(z, 0), y),
    "logits-as-log-probabilities": lambda z, y: float(-z[np.arange(len(y)), y].mean()),
    "probabilities-as-log-probabilities": lambda z, y: float(-softmax(z, axis=1)[np.arange(len(y)), y].mean()),
    "squared-error": lambda z, y: float(np.square(z - np.eye(z.shape[1])[y]).mean()),
    "squared-error-of-softmax": lambda z, y: float(np.square(softmax(z, axis=1) - np.eye(z.shape[1])[y]).mean()),
    "sign": lambda z, y: -cross_entropy(z, y),
}


def explains(run: Run, loss: Loss) -> bool:
    """Whether a formula gives what went backwards at every batch, up to one positive factor."""
    pairs = [
        (batch.backward.value, loss(one.logits, one.y))
        for batch in batches(run.events)
        if (one := scored(batch.forward, run.lesson.train))
    ]
    if not pairs or not all(value is not None and np.isfinite(value) for value, _ in pairs):
        return False
    seen, expected = np.array(pairs, float).T
    factor = float(seen @ expected / max(expected @ expected, 1e-30))
    close = bool(np.all(abs(seen - factor * expected) <= LIKE * abs(factor) * (1 + abs(expected))))
    return close and factor > 0


def takes_raw_logits(batch: Batch) -> bool:
    """Whether cross_entropy was called on the very output of the network, whatever its weights and reduction."""
    loss, forward = batch.loss, batch.forward
    if loss is None or forward is None or loss.name != "cross_entropy":
        return False
    given, made = loss.input, forward.output
    both = isinstance(given, np.ndarray) and isinstance(made, np.ndarray) and given.shape == made.shape
    return both and bool(np.allclose(given, made, atol=1e-5, equal_nan=True))  # type: ignore[arg-type]


def gives_probabilities(run: Run) -> bool:
    """Whether the network itself ends with a softmax: every row of its answers adds up to 1."""
    found = [one.output for one in run.events if one.event == "forward" and isinstance(one.output, np.ndarray)]
    rows = [one for one in found if one.ndim == 2 and len(one)]
    return bool(rows) and all(bool((one >= 0).all()) and np.allclose(one.sum(axis=1), 1, atol=1e-4) for one in rows)


@dataclass(frozen=True, eq=False)
class Epochs:
    """What the passes of a training say of each epoch: ways to measure, each with one value an epoch."""

    loss: Sequence[Sequence[float]]
    accuracy: Sequence[Sequence[float]]


def learning(run: Run, epochs: int) -> Epochs:
    """Measured on the passes that were learned from: before each step, with dropout on."""
    found = [scored(batch.forward, run.lesson.train) for batch in batches(run.events)]
    ours = [one for one in found if one]
    if not ours or len(ours) != len(found) or len(ours) % epochs:
        return Epochs((), ())
    size = len(ours) // epochs
    return _measured([ours[start : start + size] for start in range(0, len(ours), size)])


def evaluated(run: Run, examples: Examples, epochs: int) -> list[Epochs]:
    """Measured on the passes over these examples from which nothing was learned: at each epoch, before it or after it."""
    swept = list(sweeps(run, examples))
    starts = range(len(swept) - epochs + 1) if len(swept) <= epochs + 2 else [0]
    found = [_measured(swept[start : start + epochs]) for start in starts]
    if epochs and len(swept) > epochs and len(swept) % epochs == 0:
        # Loss and accuracy may each be measured on a pass of its own.
        each = len(swept) // epochs
        found += [_measured(swept[place::each]) for place in range(each)]
    return found


def sweeps(run: Run, examples: Examples) -> Iterator[list[Scored]]:
    """The passes over all of these examples, each as its batches."""
    learned = {id(batch.forward) for batch in batches(run.events)}
    sweep: list[Scored] = []
    for event in run.events:
        one = scored(event, examples) if event.event == "forward" and id(event) not in learned else None
        sweep += [one] if one else []
        if one and sum(len(part.y) for part in sweep) >= len(examples.y):
            yield sweep
            sweep = []


def _measured(parts: Sequence[Sequence[Scored]]) -> Epochs:
    """Each epoch as the mean over its examples, or over its batches."""
    if not parts or not all(parts):
        return Epochs((), ())
    weights = [np.array([len(one.y) for one in part], float) for part in parts]
    losses = [np.array([one.loss for one in part]) for part in parts]
    right = [np.array([one.accuracy for one in part]) for part in parts]
    return Epochs(_means(losses, weights), _means(right, weights))


def _means(values: Sequence[Array], weights: Sequence[Array]) -> list[list[float]]:
    return [
        [float(np.average(one, weights=weight)) for one, weight in zip(values, weights, strict=True)],
        [float(one.mean()) for one in values],
    ]


def same(found: Sequence[float], expected: Sequence[float], factors: Sequence[float] = (1.0,)) -> bool:
    """Whether a series is another one, up to one of these factors: accuracies are also given in percent."""
    if len(found) != len(expected):
        return False
    one, other = np.array(found, float), np.array(expected, float)
    return any(bool(np.all(np.abs(one - factor * other) <= LIKE * factor * (1 + np.abs(other)))) for factor in factors)
