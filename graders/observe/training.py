"""Ask a training function: let it train the student's network on data of ours, watch it, and ask for predictions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from pydantic import BaseModel, ConfigDict

from graders.observe.context import Context
from graders.observe.network import recipe
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.wire import Array, Value
from graders.sandbox.failures import inner_failure


@dataclass(frozen=True, eq=False)
class Examples:
    """x (n, freq, time) float32 and y (n,) of 0 and 1."""

    x: Array
    y: Array

    def value(self) -> Value:
        """As a request holds it."""
        return {"x": self.x, "y": self.y.astype(np.float32)}


@dataclass(frozen=True, eq=False)
class Lesson:
    """Data and hyperparameters of one training; `asked` are inputs whose labels never enter the sandbox."""

    train: Examples
    valid: Examples
    epochs: int
    batch_size: int
    asked: Examples | None = None


class Event(BaseModel):
    """One event of a training loop; see `graders.probes.recorder`."""

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    event: str
    name: str = ""
    training: bool | None = None
    grad: bool | None = None
    rows: object = None
    output: object = None
    value: float | None = None
    stale: float = 0.0
    input: object = None
    target: object = None
    covered: float = 1.0
    own: bool = True
    reached: float = 1.0
    rates: tuple[float, ...] = ()
    ascends: bool = False


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    events: list[Event]
    printed: str
    history: object
    moved: dict[str, float]
    answers: object
    raised: dict[str, object] | None = None


@dataclass(frozen=True, eq=False)
class Run:
    """One training; `raised` is what happened after its last epoch, or where nobody watched."""

    lesson: Lesson
    events: Sequence[Event]
    printed: str
    history: Value
    moved: Mapping[str, float]
    answers: Value
    raised: Failure | None = None

    def epochs(self) -> int:
        """How often the loop learned from the training set: fewer than asked for where it stopped early."""
        learned, wanted = self.learned(), self.lesson.epochs
        return min(max(round(learned), 1), wanted) if learned else wanted

    def learned(self) -> float:
        """The same, as a share of the examples; 0 where no batch was seen."""
        learned, size = 0, 0
        for event in self.events:
            if event.event == "forward":
                size = len(event.rows) if isinstance(event.rows, np.ndarray) else 0
            elif event.event == "backward":
                learned += size
        return learned / len(self.lesson.train.y)


@dataclass(frozen=True, eq=False)
class Attempt:
    """What one training is tried with: the seed, the learning rate, and how many times as many epochs."""

    seed: int
    rate: float
    longer: int = 1


@dataclass(frozen=True, eq=False)
class Trainings:
    """A probe: trainings one after another until one is `enough`, so that nobody loses a point to one bad seed."""

    train: str
    network: str
    lesson: Callable[[np.random.Generator], Lesson]
    attempts: tuple[Attempt, ...]
    enough: Callable[[Run], bool]
    watch: bool
    seconds: float
    group: str

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The next attempt, unless the last one was enough or would fail again."""
        if context.missing(self.train, self.network) or len(seen) >= len(self.attempts):
            return ()
        if seen and self._settled(self._run(seen[-1], self._lesson(context, self.attempts[len(seen) - 1]))):
            return ()
        return (self._request(context, self.attempts[len(seen)]),)

    def _settled(self, last: Run | Failure) -> bool:
        """A division by zero in a metric may depend on luck; what hangs or is not written does not."""
        if isinstance(last, Failure):
            return last.kind != "raised" or last.type == "NotImplementedError"
        return self.enough(last)

    def _lesson(self, context: Context, attempt: Attempt) -> Lesson:
        """The same examples at every attempt."""
        lesson = context.once(f"lesson {self.lesson.__name__}", self.lesson)
        return replace(lesson, epochs=lesson.epochs * attempt.longer)

    def _request(self, context: Context, attempt: Attempt) -> Request:
        lesson, train = self._lesson(context, attempt), context.bound(self.train)
        assert train is not None, "asked only where the name is bound"
        like = context.bound("load_dataset")
        _, freq, time = lesson.train.x.shape
        values = {"epochs": lesson.epochs} | ({} if train.has_default("lr") else {"lr": attempt.rate})
        taught: Value = {
            "train": lesson.train.value(),
            "valid": lesson.valid.value(),
            "batch_size": lesson.batch_size,
            "values": values,
            "seed": attempt.seed,
        }
        arguments: dict[str, Value] = {
            "subject": cast("Value", train.subject),
            "recipe": recipe(context, self.network, (freq, time)),
            "lesson": taught,
            "like": cast("Value", like.subject) if like else None,
            "idle": self._idle(context),
            "watch": self.watch,
            "ask": lesson.asked.x if lesson.asked else None,
        }
        return Request("training", arguments, self.group, self.seconds, attempt.seed)

    def _idle(self, context: Context) -> Value:
        """What the training may call that nobody wrote yet, such as a metric: it is paid where it is asked for."""
        bound = context.binding.names.values()
        found = (one for one in bound if one and one.definition.kind == "function" and one.definition.unwritten)
        return [cast("Value", one.subject) for one in found]

    def read(self, context: Context, seen: Sequence[Observation]) -> list[Run] | Failure:
        """The trainings that came to an end, the last one last; the first failure if none did."""
        if missing := context.missing(self.train, self.network):
            return missing
        tried = zip(self.attempts, seen, strict=False)
        runs = [self._run(observation, self._lesson(context, attempt)) for attempt, observation in tried]
        ended = [run for run in runs if isinstance(run, Run)]
        return ended or next(run for run in runs if isinstance(run, Failure))

    def _run(self, observation: Observation, lesson: Lesson) -> Run | Failure:
        told = _TOLD.read(observation)
        if isinstance(told, Failure):
            return told
        raised = inner_failure(cast("Value", told.raised)) if told.raised else None
        history, answers = cast("Value", told.history), cast("Value", told.answers)
        run = Run(lesson, told.events, told.printed, history, told.moved, answers, raised)
        # What is raised after all there was to learn, by a picture or a file, spoils nothing of what was seen before.
        whole = run.learned() > lesson.epochs - 0.5 if self.watch else self.enough(run)
        return raised if raised and not whole else run


_TOLD = Reader(_Told)


def trainings(
    lesson: Callable[[np.random.Generator], Lesson],
    *,
    attempts: Sequence[Attempt],
    enough: Callable[[Run], bool],
    group: str,
    watch: bool = False,
    seconds: float = 60,
) -> Trainings:
    """Let the student's `train` teach the student's `MyMLP` this lesson, by one attempt after another until `enough`."""
    return Trainings("train", "MyMLP", lesson, tuple(attempts), enough, watch, seconds, group)
