"""Where sandboxes come from in this process: one warm template, started with the first submission that needs it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from graders.assignment import Assignment, Budget
from graders.sandbox.loading import Job
from graders.sandbox.rlimits import MIB, Limits
from graders.sandbox.session import Session

if TYPE_CHECKING:
    from graders.sandbox.sandboxes import Sandboxes

MOST_SUBMISSIONS = 300
FORKS = hasattr(os, "pidfd_open") and hasattr(os, "fork")


class Opener:
    """Opens a sandbox for each submission; a new template now and then, and after one that died."""

    def __init__(self, level: str, slot: int) -> None:
        """Nothing is started yet."""
        self.level, self.slot, self.used = level, slot, 0
        self.sandboxes: Sandboxes | None = None

    def open(self, assignment: Assignment, job: Job) -> Session:
        """A submission in its sandbox, its files read; in a plain process where the system has no such forks."""
        job["may_hurry"], job["pretend_card"] = assignment.limits.fewer_epochs, assignment.limits.cuda == "cpu"
        if not FORKS:
            from graders.sandbox.unforked import UnforkedSession

            return UnforkedSession(job, assignment.limits.import_seconds)
        from graders.sandbox.forked import ForkedSession
        from graders.sandbox.sandboxes import Sandboxes

        if self.sandboxes is None or self.used >= MOST_SUBMISSIONS or not self.sandboxes.alive:
            self.close()
            self.sandboxes, self.used = Sandboxes(self.level, self.slot), 0
        self.used += 1
        return ForkedSession(self.sandboxes, job, limits(assignment.limits), assignment.limits.import_seconds)

    def close(self) -> None:
        """End the template."""
        if self.sandboxes:
            self.sandboxes.close()
        self.sandboxes = None


def limits(budget: Budget) -> Limits:
    """The budget of an assignment in the kernel's units."""
    disk = budget.disk_mb * MIB
    return Limits(
        memory_bytes=budget.memory_mb * MIB,
        cpu_seconds=budget.cpu_seconds,
        file_bytes=disk,
        processes=budget.processes,
        disk_bytes=disk,
    )
