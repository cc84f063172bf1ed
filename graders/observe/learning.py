"""Optimizers that student code made, as the judge reads them; see `graders.probes.learning`."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict

from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.probes.wire import Array, Value


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _array(value: object) -> Array:
    """Of a tensor of no axis a number was sent."""
    if isinstance(value, int | float):
        return np.asarray(value)
    if isinstance(value, np.ndarray):
        return value
    raise ValueError("values are arrays or numbers")


Values = Annotated[Array, BeforeValidator(_array)]


class LossCall(_Told):
    """A loss function of torch was called."""

    name: str
    input: object
    target: object


class Target(_Told):
    """Answers of a network of one input were compared with these values."""

    at: Values
    value: Values


class Learner(_Told):
    """One optimizer and what it learned by."""

    name: str
    options: dict[str, float]
    shapes: list[list[int]]
    initial: list[Values]
    final: list[Values]
    steps: int
    values: list[float]
    stale: bool
    dropout: float
    losses: list[LossCall]
    targets: list[Target] = []


_LEARNERS = Reader(list[Learner])


def learners(told: object) -> list[Learner]:
    """The optimizers that made a step."""
    return [one for one in optimizers(told) if one.steps]


def optimizers(told: object) -> list[Learner]:
    """The same; where none made a step, all that are there. Read as what anybody may have sent: nothing where it cannot be."""
    read = _LEARNERS.read(Seen(_plain(told)))
    return [] if isinstance(read, Failure) else read


def _plain(told: object) -> Value:
    return told if isinstance(told, list) else []
