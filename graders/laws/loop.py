"""Training loops, read from their events: which forward passes learn, in which order things happen, what the loss is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from graders.observe.training import Event, Examples, Lesson, Run

Array = NDArray[np.float64]
LIKE = 1e-3


@dataclass(frozen=True, eq=False)
class Batch:
    """One backward pass, with the forward pass and the loss before it."""

    forward: Event | None
    loss: Event | None
    backward: Event


def batches(events: Sequence[Event]) -> list[Batch]:
    """Every backward pass of a run, in order."""
    found: list[Batch] = []
    forwards: list[Event] = []
    loss = None
    for event in events:
        if event.event == "forward":
            forwards.append(event)
            loss = None if event.grad is not False else loss
        elif event.event == "loss":
            loss = event
        elif event.event == "backward":
            found.append(Batch(_learning(forwards), loss, event))
            forwards = []
    return found


def _learning(forwards: Sequence[Event]) -> Event | None:
    """The forward pass before a backward pass: the last one with gradients, if there is one."""
    return next((one for one in reversed(forwards) if one.grad is not False), forwards[-1] if forwards else None)


def evaluations(run: Run) -> list[Event]:
    """Forward passes from which nothing is learned, of examples of ours where any can be recognised.

    Several passes on training batches before one backward pass are learned from, all of them.
    """
    kept: list[Event] = []
    waiting: list[Event] = []
    for event in run.events:
        if event.event == "forward":
            waiting.append(event)
        elif event.event == "backward":
            last = _learning(waiting)
            kept += [one for one in waiting if one is not last and not _also_learned(one, run.lesson)]
            waiting = []
    kept += waiting
    ours = [
        one for one in kept if any(labels_of(one, some) is not None for some in (run.lesson.train, run.lesson.valid))
    ]
    return ours or kept


def _also_learned(forward: Event, lesson: Lesson) -> bool:
    return bool(forward.training) and forward.grad is not False and labels_of(forward, lesson.valid) is None


def accumulates(events: Sequence[Event]) -> bool:
    """Whether a gradient that a step has used is still there at a later backward pass.

    Several backward passes before one step, on purpose, are no accident: only what was used counts.
    """
    used = False
    for event in events:
        if event.event == "step":
            used = True
        elif event.event == "backward":
            if used and event.stale > 0:
                return True
            used = False
    return False


def steps_first(events: Sequence[Event]) -> bool:
    """Whether the optimizer steps before there is any gradient."""
    order = [event.event for event in events if event.event in ("step", "backward")]
    return bool(order) and order[0] == "step"


def clears_too_late(events: Sequence[Event]) -> bool:
    """Whether every step comes after the gradients of its backward pass were cleared."""
    order = [event.event for event in events if event.event in ("backward", "zero", "step")]
    before = [tuple(order[max(place - 2, 0) : place]) for place, event in enumerate(order) if event == "step"]
    return bool(before) and all(one == ("backward", "zero") for one in before)


def count(events: Sequence[Event], kind: str) -> int:
    """How many events of one kind."""
    return sum(event.event == kind for event in events)


def labels_of(forward: Event, examples: Examples) -> Array | None:
    """The labels (n,) of the rows that a pass was given, found by their first values; None where one is not ours."""
    rows = np.asarray(forward.rows, float)
    ours = examples.x.reshape(len(examples.x), -1)[:, : rows.shape[-1] if rows.ndim == 2 else 0]
    if rows.ndim != 2 or not ours.size:
        return None
    known = {row.astype(np.float32).tobytes(): label for row, label in zip(ours, examples.y, strict=True)}
    labels = [known.get(row.astype(np.float32).tobytes()) for row in rows]
    return None if None in labels else np.array(labels, float)


def cross_entropy(logits: Array, y: Array) -> Array:
    """Binary cross-entropy of each logit: log(1 + exp(z)) - y z."""
    return np.logaddexp(0, logits) - y * logits


Loss = Callable[[Array, Array], float]
RIGHT: Mapping[str, Loss] = {
    "mean": lambda z, y: float(cross_entropy(z, y).mean()),
    "sum": lambda z, y: float(cross_entropy(z, y).sum()),
}
WRONG: Mapping[str, Loss] = {
    "loss-broadcast": lambda z, y: float(cross_entropy(z[:, None], y[None, :]).mean()),
    "sigmoid-twice": lambda z, y: float(cross_entropy(expit(z), y).mean()),
    "squared-error": lambda z, y: float(np.square(z - y).mean()),
    "squared-error-of-sigmoid": lambda z, y: float(np.square(expit(z) - y).mean()),
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
    return expit(value) if isinstance(value, np.ndarray) else None


def _same(one: object, other: object) -> bool:
    return (
        isinstance(one, np.ndarray)
        and isinstance(other, np.ndarray)
        and one.size == other.size
        and bool(np.allclose(one.reshape(-1), other.reshape(-1), atol=1e-5, equal_nan=True))
    )


def losses(run: Run) -> list[float]:
    """The loss of every batch, NaN included."""
    return [
        float(one.backward.value) if one.backward.value is not None else float("nan") for one in batches(run.events)
    ]


def epochs(values: Sequence[float], lesson: Lesson) -> list[float]:
    """The mean of each epoch's batches."""
    size = -(-len(lesson.train.y) // lesson.batch_size)
    return [float(np.mean(values[start : start + size])) for start in range(0, len(values), size)]


def recognised(events: Sequence[Event], examples: Examples) -> Iterator[Event]:
    """The forward passes whose rows are of these examples."""
    return (event for event in events if event.event == "forward" and labels_of(event, examples) is not None)
