"""A way of looking, as a suite declares it: which requests it makes, and what it reads from the observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.request import Request

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Probe(Protocol[T_co]):
    """Declared once, looked at once, however many criteria read it."""

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The next requests, given the observations of the earlier ones; none when enough was seen."""
        ...

    def read(self, context: Context, seen: Sequence[Observation]) -> T_co | Failure:
        """What the observations say, in the types that a judge reads."""
        ...


def asked(probe: Probe[object], context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
    """The next requests of a probe; the same question about the same observations is worked out once."""
    # What was seen is kept with it, so that no other observation takes its identity.
    return context.remembered(("asked", probe, *map(id, seen)), lambda: (tuple(seen), tuple(probe.ask(context, seen))))[
        1
    ]


def read(probe: Probe[T], context: Context, seen: Sequence[Observation]) -> T | Failure:
    """What a probe reads; the same observations are read once, however many criteria want them."""
    return context.remembered(("read", probe, *map(id, seen)), lambda: (tuple(seen), probe.read(context, seen)))[1]


@dataclass(frozen=True)
class Optional(Generic[T]):
    """A probe whose failure a judge wants to see as a value."""

    probe: Probe[T]

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The same requests."""
        return asked(self.probe, context, seen)

    def read(self, context: Context, seen: Sequence[Observation]) -> tuple[T | Failure]:
        """What was seen, or how it failed; in a tuple, so that a failure is not taken for the probe's own."""
        return (read(self.probe, context, seen),)


@dataclass(frozen=True)
class OrMissing(Optional[T]):
    """The same for a probe that its criterion is about: where nothing bears its name, the judge looks elsewhere."""


class Together(Generic[T]):
    """Several probes by name, each with what it saw or how it failed; it asks nothing that they do not ask."""

    def __init__(self, probes: Mapping[str, Probe[T]]) -> None:
        """Read these probes, which other criteria declare."""
        self.probes = dict(probes)

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The requests of all of them, round by round."""
        return self._rounds(context, seen)[1]

    def read(self, context: Context, seen: Sequence[Observation]) -> Mapping[str, T | Failure] | Failure:
        """What each of them reads."""
        mine, _ = self._rounds(context, seen)
        return {name: read(probe, context, mine[name]) for name, probe in self.probes.items()}

    def _rounds(
        self, context: Context, seen: Sequence[Observation]
    ) -> tuple[Mapping[str, list[Observation]], list[Request]]:
        """The observations of each probe, and the requests that none of these answers."""
        left, mine = list(seen), {name: list[Observation]() for name in self.probes}
        while True:
            wanted = {name: list(asked(probe, context, mine[name])) for name, probe in self.probes.items()}
            if not left or not any(wanted.values()):
                return mine, [request for requests in wanted.values() for request in requests]
            for name, requests in wanted.items():
                mine[name] += left[: len(requests)]
                left = left[len(requests) :]


class Reader(Generic[T]):
    """Reads plain data as a type; what does not fit is the student's trouble, found in this one place."""

    def __init__(self, kind: type[T]) -> None:
        """Prepare for this type."""
        plain = isinstance(kind, type) and hasattr(kind, "model_config")
        self._adapter: TypeAdapter[T] = TypeAdapter(
            kind, config=None if plain else ConfigDict(arbitrary_types_allowed=True)
        )

    def read(self, observation: Observation) -> T | Failure:
        """The value, or why there is none."""
        if isinstance(observation, Failure):
            return observation
        try:
            return self._adapter.validate_python(observation.value)
        except ValidationError as error:
            return Failure("unreadable", message="; ".join(e["msg"] for e in error.errors()[:2])[:300])
