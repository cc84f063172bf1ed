"""The probe processes of a submission process: started, waited for, and gone with whatever they left running."""

from __future__ import annotations

import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from graders.sandbox import waiting

GRACE = 0.1
FORK_TRIES, FORK_PAUSE = 100, 0.02
# As it was before student code could stop it.
CLOCK = time.monotonic


def forked(child: Callable[[], None]) -> int:
    """The pid of a process that does this and ends."""
    if pid := _fork():
        return pid
    try:
        child()
    finally:
        os._exit(0)


def _fork() -> int:
    """Where a user has no namespace of its own, what was killed of an earlier submission counts as a process until it is gone.

    Counted tries, for student code may have changed the clock of this process.
    """
    for _ in range(FORK_TRIES):
        with suppress(BlockingIOError):
            return os.fork()
        time.sleep(FORK_PAUSE)
    return os.fork()


def reaped(probe: int) -> int | None:
    """The exit status of a probe process; it and whatever it left running are gone afterwards."""
    status = None
    with suppress(ChildProcessError):
        status = _waited(probe)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(probe, signal.SIGKILL)
    sweep()
    return status


def _waited(probe: int) -> int | None:
    """How it ended; None where it did not, and was killed here."""
    deadline, patient = CLOCK() + GRACE, True
    while (ended := os.wait4(probe, os.WNOHANG))[0] == 0:
        if CLOCK() > deadline:
            os.kill(probe, signal.SIGKILL)
            patient = False
        time.sleep(0.001)
    status = waiting.code(ended[1], ended[2], resource.getrlimit(resource.RLIMIT_CPU)[1])
    return status if patient or status != -signal.SIGKILL else None


def sweep() -> None:
    """Kill what student code left running, and wait for it: all of the namespace where this process is its init."""
    init = os.getpid() == 1
    if init:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0 if init else os.WNOHANG)[0]:
            pass
