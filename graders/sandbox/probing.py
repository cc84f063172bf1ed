"""The judge's end of one probe process: takes its observations, until it has given all or does not go on."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.probes.wire import WireError
from graders.sandbox.failures import observation
from graders.sandbox.streams import FloodedError, Frames, Printed, Watch


class Probing:
    """Reads the results of a probe process, `most` bytes of them, while it reads and drops what is printed."""

    def __init__(self, results: int, printed: int, most: int) -> None:
        """Read from these ends of two pipes, and close them at the end."""
        self.frames, self.printed = Frames(results, most), Printed(printed)
        self.watch = Watch(self.frames, self.printed)
        self.goes_on = True

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """The observations in order; the last one is the failure of a process that did not go on."""
        seen: list[Observation] = []
        for request in group:
            seen.append(self._next(request.seconds))
            if not self.goes_on:
                break
        return seen

    def _next(self, seconds: float) -> Observation:
        """The next observation, or how it failed to come."""
        taken: list[bytes] = []

        def arrived() -> bool:
            if frame := self.frames.take():
                taken.append(frame)
            return bool(taken)

        try:
            end = self.watch.until(arrived, time.monotonic() + seconds)
            if end == "done":
                return self._told(observation(taken[0]))
            told = Failure("timeout") if end == "late" else Failure("crashed")
        except FloodedError as flood:
            told = Failure("flooded", message=str(flood))
        except WireError as error:
            told = Failure("unreadable", message=str(error))
        self.goes_on = False
        return told

    def _told(self, seen: Observation) -> Observation:
        """A process that had no memory left does not go on: an exception keeps alive what filled it."""
        self.goes_on = not (isinstance(seen, Failure) and seen.kind == "memory")
        return seen

    def close(self) -> None:
        """Read no more."""
        self.watch.close()
        os.close(self.frames.descriptor)
        os.close(self.printed.descriptor)
