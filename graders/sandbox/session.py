"""One submission in a sandbox, seen from the judge: open it, ask it groups of requests, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request


class SandboxError(Exception):
    """Our own trouble: the template or the isolation does not work here. Never a student's zero."""


class KilledError(SandboxError):
    """A process was killed that student code cannot reach: worth another attempt, and never a student's failure."""


@dataclass(frozen=True)
class Ran:
    """A cell (counted from 1) or a script (0) that was run: what it printed, the value that it ended with, how it failed."""

    file: str
    cell: int
    printed: str
    shown: str
    seconds: float
    raised: Failure | None = None


@dataclass(frozen=True)
class Loaded:
    """What happened when the files were read: what went wrong in them, whether only definitions were read, and whether there
    is anything to ask now."""

    problems: tuple[Failure, ...]
    seconds: float
    definitions_only: Failure | None = None
    ran: tuple[Ran, ...] = ()
    # What was needed of the surroundings and was not there as it was: (kind, name), see `graders.probes.noted`.
    surroundings: tuple[tuple[str, str], ...] = ()
    stands: bool = True


class Session(Protocol):
    """A submission whose files were read, ready to be looked at."""

    loaded: Loaded

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request of the group, in order."""
        ...

    def close(self) -> None:
        """Nothing of it is left afterwards."""
        ...
