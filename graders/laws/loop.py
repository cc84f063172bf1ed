"""Training loops, read from their events: which forward passes learn, in which order things happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from graders.observe.training import Event, Examples, Lesson, Run

Array = NDArray[np.float64]


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


def with_steps(events: Sequence[Event]) -> Sequence[Event]:
    """The events; where no optimizer steps, changes that were made by hand count as steps, which have no name."""
    if count(events, "step"):
        return events
    return [
        one.model_copy(update={"event": "step", "reached": one.covered}) if one.event == "moved" else one
        for one in events
    ]


def ascends(events: Sequence[Event]) -> bool:
    """Whether an optimizer was told to go towards a larger loss."""
    return any(one.ascends for one in events if one.event == "step")


def own(events: Sequence[Event]) -> list[Event]:
    """The events without the training of other networks: backward passes that do not reach this one, and what follows them."""
    kept: list[Event] = []
    other = False
    for event in events:
        if event.event in ("forward", "backward"):
            other = event.event == "backward" and not event.own
        if not (other and event.event in ("backward", "step", "zero", "loss")):
            kept.append(event)
    return kept


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
    rows = np.asarray(forward.rows, np.float32)
    if rows.ndim != 2 or not rows.shape[1] or not examples.x.size:
        return None
    known = _labels(examples, rows.shape[1])
    labels = [known.get(row) for row in _bytes(rows)]
    return None if None in labels else np.array(labels, float)


@lru_cache(maxsize=8)
def _labels(examples: Examples, width: int) -> Mapping[bytes, float]:
    """By the first values of each example; a class of students is taught with the same ones."""
    return dict(zip(_bytes(examples.x.reshape(len(examples.x), -1)[:, :width]), examples.y.tolist(), strict=True))


def _bytes(rows: NDArray[np.generic]) -> list[bytes]:
    """Each row (n, width), width > 0, in float32."""
    exact = np.ascontiguousarray(rows, np.float32)
    return [row.tobytes() for row in exact]


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
