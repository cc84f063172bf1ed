"""A submission in sandboxes of the template: one after another, where the one before it ended in the middle.

Whose trouble is it? An exception, an exit, a crash, a time limit: the student's, at once. A process that was killed: where
student code cannot have done it, ours, and the same thing is done again until it ends otherwise; else perhaps ours, and
believed the third time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar, cast

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.sandbox import wide
from graders.sandbox.box import Box
from graders.sandbox.failures import GoneError, perhaps_ours
from graders.sandbox.loading import Job
from graders.sandbox.rlimits import Limits
from graders.sandbox.sandboxes import Sandboxes
from graders.sandbox.session import KilledError, Loaded, SandboxError
from graders.sandbox.ways import read

MOST_RESTARTS, MOST_KILLS, TRIES = 3, 8, 3
Made = TypeVar("Made")


def hard(seconds: float) -> float:
    """When reading is killed: what takes its time is interrupted after `seconds`, and what follows has some time more."""
    return 1.25 * seconds + 1


class ForkedSession:
    """A submission whose files were read, ready to be looked at."""

    def __init__(self, sandboxes: Sandboxes, job: Job, limits: Limits, seconds: float) -> None:
        """Let a sandbox read the files, for `seconds` at most; after that, definitions only."""
        self.sandboxes, self.limits, self.seconds, self.wide = sandboxes, limits, seconds, wide.wanted(job)
        self.box: Box | None = None
        self.gone, self.kills, self.restarts = Failure("crashed"), 0, 0
        self.job, self.loaded = read(cast("Job", {**job, "seconds": float(seconds)}), self._opened_for)
        self.restarts = MOST_RESTARTS if self.loaded.stands else 0

    def _opened_for(self, job: Job) -> Loaded | Failure:
        self.job = job
        for _ in range(TRIES - 1):
            if not perhaps_ours(made := self._opened()):
                return made
        return self._opened()

    def _opened(self) -> Loaded | Failure:
        return self._whoever_is_killed(self._open)

    def _whoever_is_killed(self, step: Callable[[], Made]) -> Made:
        """What a step makes; it is done again where one of our own processes was killed, but not for ever."""
        while True:
            try:
                return step()
            except KilledError:
                self.close()
                self.kills, self.restarts = self.kills + 1, self.restarts + 1
                if self.kills > MOST_KILLS:
                    raise

    def _open(self) -> Loaded | Failure:
        self.close()
        self.box = self._box()
        try:
            return self.box.read(hard(self.seconds))
        except GoneError as gone:
            self.close()
            self.gone = gone.failure
            return gone.failure
        except SandboxError:
            self.close()
            raise

    def _box(self) -> Box:
        """A sandbox that stands; a template that opens none any more, for want of memory perhaps, is started anew once."""
        try:
            return self._given()
        except KilledError:
            raise
        except SandboxError:
            self.sandboxes.renew()
            return self._given()

    def _given(self) -> Box:
        box = self.sandboxes.take(self.limits, wide=self.wide)
        box.give(self.job)
        return box

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request; what ends a probe process costs the request that did it."""
        seen: list[Observation] = []
        doubts = Counter[int]()
        while (left := group[len(seen) :]) and (found := self._whoever_is_killed(partial(self._look, left))):
            seen += found
            if perhaps_ours(seen[-1]):
                doubts[len(seen)] += 1
                seen = seen[:-1] if doubts[len(seen)] < TRIES else seen
        return seen + [self.gone] * (len(group) - len(seen))

    def _look(self, group: Sequence[Request]) -> list[Observation]:
        """What the first of these requests give; nothing where the sandbox does not stand, and is not worth another attempt."""
        while box := self._standing():
            try:
                seen = box.look(group)
            except GoneError as gone:
                self.gone = gone.failure
                self.close()
            else:
                self.gone = seen[-1] if isinstance(seen[-1], Failure) else self.gone
                return seen
        return []

    def _standing(self) -> Box | None:
        """The sandbox, opened again if it fell, while that is worth another attempt."""
        while (self.box is None or not self.box.stands) and self.restarts > 0:
            self.restarts -= 1
            self._opened()
        return self.box if self.box and self.box.stands else None

    def close(self) -> None:
        """Kill all that runs in the sandbox. The next one opens meanwhile."""
        if self.box:
            self.box.close()
            self.sandboxes.open_ahead(self.limits, wide=self.wide)
        self.box = None
