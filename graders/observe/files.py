"""Ask for files: what a submission writes where its data lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graders.observe.context import Context
from graders.observe.observation import NOT_WRITTEN, Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.wire import Value
from graders.submissions.matching import SURE

SETS = ("train", "valid", "test")
SIX = frozenset(f"{kind}/{array}" for kind in SETS for array in ("x", "y"))


@dataclass(frozen=True, eq=False)
class Written:
    """The arrays that were found, by "train/x" …; an array that may not be read is {"unreadable": why}, with the "numbers" in it.

    `seed` is the one that the given data was made from.
    """

    arrays: Mapping[str, Value]
    seed: int
    ended_by: Failure | None = None


@dataclass(frozen=True, eq=False)
class WrittenFiles:
    """A probe: the six files, by calling prepare, else as reading the submission left them, else by running it."""

    prepare: str
    data: str
    seconds: float
    group: str = "files"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """Look first, then act; what was written before an end in the middle is collected after it."""
        asked = 0
        for stage in self._stages(context, seen):
            if len(seen) == asked:
                return stage
            asked += len(stage)
            if _complete(seen[min(asked, len(seen)) - 1]):
                break
        return ()

    def _stages(self, context: Context, seen: Sequence[Observation]) -> list[list[Request]]:
        """What is asked in turn until all files are there. A prepare that was guessed and raises is none."""
        bound, entry = context.bound(self.prepare), context.binding.entry
        there, left = (Request("written", {}, self.group, 20, fresh=fresh) for fresh in ("files", None))
        stages = [[left]]
        if entry is not None and not entry.endswith(".ipynb"):
            name = entry.rsplit("/", 1)[-1]
            stages.append([Request("ran", {"entry": name}, self.group, self.seconds, fresh="files"), there])
        if bound is None:
            return stages
        called = {"subject": cast("Value", bound.subject), "data": self.data}
        guessed = bound.how not in SURE and seen and isinstance(seen[0], Failure)
        first = [Request("prepared", called, self.group, self.seconds, fresh="files"), there]
        return [first, *stages] if guessed else [first]

    def read(self, context: Context, seen: Sequence[Observation]) -> Written | Failure:
        """The most complete of what was found."""
        found = [_FOUND.read(one) for one in seen]
        arrays = [one for one in found if not isinstance(one, Failure) and one]
        failures = [one for one in found if isinstance(one, Failure)]
        if not arrays:
            return self._absent(context, failures)
        return Written(
            cast("Mapping[str, Value]", max(arrays, key=len)), context.seed, failures[0] if failures else None
        )

    def _absent(self, context: Context, failures: Sequence[Failure]) -> Failure:
        """Why there are no files. What nobody wrote yet is that, wherever the program then stops."""
        missing = context.missing(self.prepare)
        if missing and missing.type == NOT_WRITTEN:
            return missing
        return failures[0] if failures else missing or Failure("missing", type="x.npy")


def _complete(observation: Observation) -> bool:
    found = _FOUND.read(observation)
    return not isinstance(found, Failure) and found.keys() >= SIX


_FOUND = Reader(dict[str, object])
