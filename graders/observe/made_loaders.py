"""Ask which loaders a submission makes: by its function, when it was read, or when it is run as a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import BaseModel, ConfigDict

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.ran import guarded
from graders.observe.request import Request
from graders.probes.wire import Array, Value


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Head(_Told):
    """The first batch: its shape, its type, its extremes, its first images and labels."""

    shape: list[int]
    type: str
    low: float
    high: float
    images: Array
    labels: list[int]


class Loader(_Told):
    """A loader; `files` are the ends of the paths that it reads, `labels` theirs. Only without files there is a head. Where
    epochs are wanted, `drawn` are the places of the examples that came in each, and `classes` the label of every example."""

    batch_size: int
    shuffled: bool
    plainly: bool
    drop_last: bool
    size: int
    files: list[str]
    labels: list[int]
    head: Head | None
    problem: str | None
    drawn: list[list[int]] = []
    classes: list[int] = []


class Made(_Told):
    """Loaders, what was printed while they were made, and the sets of files that variables hold."""

    loaders: list[Loader]
    printed: str
    held: list[list[str]] = []


@dataclass(frozen=True, eq=False)
class MadeLoaders:
    """A probe: what the function `name` gives for these values, where it is bound; else, or where it gives no loader, what the
    `programs` make, if they are wanted; and which examples come in so many `epochs`."""

    name: str | None = None
    values: Mapping[str, Value] | None = None
    seconds: float = 60
    group: str = "made loaders"
    programs: bool = True
    epochs: int = 0

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """The function; or the reading, and a run of each script that has something behind its main guard."""
        bound = context.bound(self.name) if self.name else None
        if context.binding.entry is None or len(seen) > (bound is not None) or any(map(_gave, seen)):
            return ()
        if bound is not None and not seen:
            return (self._request(None, cast("Value", bound.subject)),)
        if not self.programs:
            return ()
        return [self._request(None, None), *(self._request(file, None) for file in guarded(context))]

    def _request(self, file: str | None, subject: Value) -> Request:
        arguments: dict[str, Value] = {"file": file, "subject": subject, "values": dict(self.values or {})}
        arguments |= {"epochs": self.epochs} if self.epochs else {}
        fresh = None if file is None else "made_loaders"
        return Request("made_loaders", arguments, f"{self.group} {file}", self.seconds, fresh=fresh)

    def read(self, context: Context, seen: Sequence[Observation]) -> Made | Failure:
        """All of them; the first failure where there is nothing."""
        told = [_MADE.read(one) for one in seen]
        found = [one for one in told if isinstance(one, Made)]
        if not found:
            return next(
                (one for one in told if isinstance(one, Failure)),
                Failure("missing", type="DataLoader", message="DataLoader"),
            )
        loaders = [loader for one in found for loader in one.loaders]
        held = [files for one in found for files in one.held]
        return Made(loaders=loaders, printed="\n".join(one.printed for one in found), held=held)


_MADE = Reader(Made)


def _gave(seen: Observation) -> bool:
    """Whether there are loaders at all; a function that fails is judged by its failure."""
    told = _MADE.read(seen)
    return isinstance(told, Failure) or bool(told.loaders)
