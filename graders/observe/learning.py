"""Optimizers that student code made, as the judge reads them; see `graders.probes.learning`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from graders.observe.observation import Failure, Seen
from graders.observe.probe import Reader
from graders.probes.wire import Array, Value


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class LossCall(_Told):
    """A loss function of torch was called."""

    name: str
    input: object
    target: object


class Learner(_Told):
    """One optimizer and what it learned by."""

    name: str
    options: dict[str, float]
    shapes: list[list[int]]
    initial: list[Array]
    final: list[Array]
    steps: int
    values: list[float]
    stale: bool
    dropout: float
    losses: list[LossCall]


_LEARNERS = Reader(list[Learner])


def learners(told: object) -> list[Learner]:
    """What was seen, read as what anybody may have sent; nothing where it cannot be."""
    read = _LEARNERS.read(Seen(_plain(told)))
    return [] if isinstance(read, Failure) else read


def _plain(told: object) -> Value:
    return told if isinstance(told, list) else []
