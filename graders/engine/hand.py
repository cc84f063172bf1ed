"""One process of the pool: grades what it is given, one submission at a time, with a warm template of its own.

A process whose parent is gone finds its pipe closed, and goes too.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from graders.engine.record import Class
from graders.language import Message, say
from graders.sandbox import memory
from graders.submissions.collect import UnreadableError

if TYPE_CHECKING:
    from graders.engine.grading import Outcome
    from graders.engine.worker import Worker

MOST_SECONDS = 1800
DIED, ENDLESS = say("The judge's own process ended in the middle."), say("The judge did not come to an end.")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# What a submission claims is computed again here: whatever it claims, there is an end to it.
MOST_MEMORY = 8 * 2**30
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True)
class Work:
    """One submission to grade."""

    name: str
    path: Path
    out: Path


@dataclass(frozen=True)
class Trouble:
    """Ours, with one submission."""

    work: Work
    reason: Message
    details: str


@dataclass(frozen=True)
class NoPlace:
    """Ours, with the folder of reports: the number of the error. No other submission has a place there either."""

    number: int


class Hand:
    """A process, and the submission that it holds."""

    def __init__(self, settings: Class, level: str, slot: int) -> None:
        """Start it."""
        self.arguments = (settings, level, slot)
        self.work: Work | None = None
        self._start()

    def _start(self) -> None:
        # It inherits the environment: one thread each, since the parallelism is across submissions.
        os.environ.update(dict.fromkeys(THREADS, "1"))
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, *self.arguments), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, work: Work) -> None:
        """Let it grade this one."""
        self.work, self.deadline = work, time.monotonic() + MOST_SECONDS
        try:
            self.pipe.send(work)
        except OSError:  # it has died, and will be found so
            return

    def answer(self, work: Work) -> Outcome | Trouble | NoPlace | None:
        """What became of this submission, if anything did."""
        try:
            if self.pipe.poll():
                answer: Outcome | Trouble | NoPlace = self.pipe.recv()
                self.work = None
                return answer
        except (EOFError, OSError):
            return self._anew(Trouble(work, DIED, ""))
        if time.monotonic() > self.deadline:
            return self._anew(Trouble(work, ENDLESS, ""))
        return None

    def _anew(self, trouble: Trouble) -> Trouble:
        """The trouble, after another process was started with nothing in its hands."""
        self.close()
        self._start()
        return trouble

    def close(self) -> None:
        """End the process: at once where it holds a submission."""
        self.pipe.close()
        if self.work:
            self.process.kill()
        self.process.join(10)
        self.process.kill()
        self.process.join()
        self.work = None


def serve(pipe: Connection, settings: Class, level: str, slot: int) -> None:
    """Grade what comes through the pipe, until it is closed."""
    from graders.engine.worker import Worker

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    memory.limit(MOST_MEMORY)
    worker = cache(partial(Worker, settings, level, slot))
    try:
        while True:
            pipe.send(_graded(worker, pipe.recv()))
    except (EOFError, OSError):
        return
    finally:
        if worker.cache_info().currsize:
            worker().opener.close()


def _graded(worker: Callable[[], Worker], work: Work) -> Outcome | Trouble | NoPlace:
    try:
        return worker().grade(work.name, work.path, work.out)
    except UnreadableError as error:
        return Trouble(work, error.reason, "")
    except Exception as error:  # noqa: BLE001  # whatever it is, it is ours, and told
        if isinstance(error, OSError) and _no_place(error, work.out.parent):
            return NoPlace(error.errno or errno.EIO)
        reason = say("Our own error: {type}: {message}", type=type(error).__name__, message=str(error)[:500])
        return Trouble(work, reason, "".join(traceback.format_exception(error)))


def _no_place(error: OSError, out: Path) -> bool:
    name = error.filename if isinstance(error.filename, str) else ""
    return error.errno in FULL or Path(name).is_relative_to(out)


def told(number: int, out: Path) -> OSError:
    """What ends the grading of a class whose reports have no place."""
    return OSError(number, os.strerror(number), str(out))
