"""One submission, graded where a platform has put it: what an autograder does in its container."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from graders.engine.pool import Trouble, Work, outcomes
from graders.engine.record import Class
from graders.language import say
from graders.report.model import Report

# What is asked for besides student code: the same for everybody, so the same hidden inputs.
SEED = 0


class _TimeIsUpError(Exception):
    """The platform would end us soon, without a word to the student."""


@dataclass(frozen=True)
class Job:
    """What an autograder is called with. `root` stands before the platform's own paths."""

    assignment: str
    root: Path
    language: str
    level: str
    seconds: float
    visibility: str = "after_published"


def graded_once(job: Job, path: Path, out: Path | None = None) -> Report:
    """The report of what lies at a path, kept in `out`; an ungradable one where something of ours failed, or the time was up."""
    from graders.engine.grading import ungradable
    from graders.engine.worker import course

    settings = Class(submissions=str(path), assignment=job.assignment, seed=SEED, language=job.language)
    with TemporaryDirectory(prefix="graded-") as folder:
        work = Work("submission", path, out or Path(folder))
        try:
            with _at_most(job.seconds):
                outcome = next(iter(outcomes(settings, job.level, [work], 1)))[1]
            if not isinstance(outcome, Trouble):
                return outcome.report
            reason = outcome.reason
        except _TimeIsUpError:
            reason = say("The grading was not over after {seconds} seconds.", seconds=job.seconds)
        return ungradable(course(settings, job.level), work.name, work.out, reason)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt what goes on for longer; where the system has no such clock, nothing does."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _time_is_up(number: int, frame: FrameType | None) -> None:
    raise _TimeIsUpError
