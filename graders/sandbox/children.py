"""The probe processes of a submission process: started, waited for, and gone with whatever they left running."""

from __future__ import annotations

import os
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from graders.sandbox import waiting

# Milliseconds.
GRACE = 100
FORK_TRIES, FORK_PAUSE = 100, 0.02


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
    patient = _ends(probe)
    if not patient:
        os.kill(probe, signal.SIGKILL)
    _, ended, used = os.wait4(probe, 0)
    status = waiting.code(ended, used, resource.getrlimit(resource.RLIMIT_CPU)[1])
    return status if patient or status != -signal.SIGKILL else None


def _ends(probe: int) -> bool:
    """Whether it ends by itself, and soon."""
    handle, watch = os.pidfd_open(probe), select.poll()
    watch.register(handle, select.POLLIN)
    ended = watch.poll(GRACE)
    os.close(handle)
    return bool(ended)


def sweep() -> None:
    """Kill what student code left running, and wait for it: all of the namespace where this process is its init."""
    init = os.getpid() == 1
    if init:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
    with suppress(ChildProcessError):
        while os.waitpid(-1, 0 if init else os.WNOHANG)[0]:
            pass
