"""A submission in sandboxes of the template: one after another, where the one before it ended in the middle.

Whose trouble is it? An exception, an exit, a crash, a time limit: the student's, at once. A process that was killed, or
that ended where nobody saw it: perhaps ours, so the same thing is tried once more, and believed the second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.sandbox.box import Box, GoneError
from graders.sandbox.failures import perhaps_ours
from graders.sandbox.loading import Job
from graders.sandbox.rlimits import Limits
from graders.sandbox.session import Loaded
from graders.sandbox.warm import Template
from graders.sandbox.ways import read

MOST_RESTARTS = 3


def hard(seconds: float) -> float:
    """When reading is killed: what takes its time is interrupted after `seconds`, and what follows has some time more."""
    return 1.25 * seconds + 1


class ForkedSession:
    """A submission whose files were read, ready to be looked at."""

    def __init__(self, template: Template, job: Job, limits: Limits, seconds: float) -> None:
        """Open a sandbox and let it read the files, for `seconds` at most; after that, definitions only."""
        self.template, self.limits, self.seconds = template, limits, seconds
        self.box: Box | None = None
        self.gone = Failure("crashed")
        self.job, self.loaded = read(cast("Job", {**job, "seconds": float(seconds)}), self._opened_twice)
        self.restarts = MOST_RESTARTS if self.loaded.stands else 0

    def _opened_twice(self, job: Job) -> Loaded | Failure:
        self.job = job
        first = self._opened()
        return self._opened() if perhaps_ours(first) else first

    def _opened(self) -> Loaded | Failure:
        self.close()
        self.box = Box(self.template, self.job, self.limits)
        try:
            return self.box.read(hard(self.seconds))
        except GoneError as gone:
            self.close()
            self.gone = gone.failure
            return gone.failure

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request; what ends a probe process costs the request that did it."""
        seen: list[Observation] = []
        doubted = -1
        while len(seen) < len(group) and (box := self._standing()):
            seen += self._look(box, group[len(seen) :])
            if len(seen) - 1 > doubted and perhaps_ours(seen[-1]):
                seen.pop()
                doubted = len(seen)
        return seen + [self.gone] * (len(group) - len(seen))

    def _look(self, box: Box, group: Sequence[Request]) -> list[Observation]:
        try:
            seen = box.look(group)
        except GoneError as gone:
            self.gone = gone.failure
            self.close()
            return []
        self.gone = seen[-1] if isinstance(seen[-1], Failure) else self.gone
        return seen

    def _standing(self) -> Box | None:
        """The sandbox, opened again if it fell, while that is worth another attempt."""
        while (self.box is None or not self.box.stands) and self.restarts > 0:
            self.restarts -= 1
            self._opened()
        return self.box if self.box and self.box.stands else None

    def close(self) -> None:
        """Kill all that runs in the sandbox."""
        if self.box:
            self.box.close()
        self.box = None
