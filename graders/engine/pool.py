"""A class on several processes: each worker keeps a warm template and grades one submission after another."""

from __future__ import annotations

import multiprocessing
import signal
import traceback
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graders.engine.record import Class
from graders.language import Message, say

if TYPE_CHECKING:
    from graders.engine.grading import Outcome
    from graders.engine.worker import Worker

ATTEMPTS = 2


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


_worker: list[Worker] = []


def _start(settings: Class, level: str, slots: multiprocessing.Queue[int]) -> None:
    from graders.engine.worker import Worker

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker[:] = [Worker(settings, level, slots.get())]


def _grade(work: Work) -> Outcome:
    return _worker[0].grade(work.name, work.path, work.out)


def outcomes(settings: Class, level: str, works: Sequence[Work], jobs: int) -> Iterator[tuple[Work, Outcome | Trouble]]:
    """Grade all of it, each as it ends. A worker that dies is replaced, and what it held is tried again, alone."""
    left = list(works)
    for attempt in range(1, ATTEMPTS + 1):
        if left:
            left = yield from _round(settings, level, left, jobs if attempt == 1 else 1)
    for work in left:
        yield work, Trouble(work, say("The judge's own process ended in the middle."), "")


def _round(settings: Class, level: str, works: Sequence[Work], jobs: int
           ) -> Generator[tuple[Work, Outcome | Trouble], None, list[Work]]:
    """What a pool finishes; returns what was left when it broke."""
    done: set[Work] = set()
    with _pool(settings, level, max(1, min(jobs, len(works)))) as pool:
        try:
            futures = {pool.submit(_grade, work): work for work in works}
            for future in as_completed(futures):
                if not isinstance(future.exception(), BrokenProcessPool):
                    done.add(futures[future])
                    yield futures[future], _outcome(futures[future], future)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [work for work in works if work not in done]


def _pool(settings: Class, level: str, jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    slots: multiprocessing.Queue[int] = context.Queue()
    for slot in range(2 * jobs):
        slots.put(slot)
    return ProcessPoolExecutor(jobs, context, _start, (settings, level, slots))


def _outcome(work: Work, future: Future[Outcome]) -> Outcome | Trouble:
    error = future.exception()
    if error is None:
        return future.result()
    details = "".join(traceback.format_exception(error))
    return Trouble(work, say("Our own error: {type}: {message}", type=type(error).__name__, message=str(error)[:500]),
                   details)
