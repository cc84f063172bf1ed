"""Top-level code of a student gets its time, and is then interrupted where it is, so that what follows is read as well."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Student code may catch the first interrupt: others follow.
AGAIN = 0.25
# After each interrupt, what follows has this share of the time, then half of that, and so on: a quarter in all.
NEXT = 8


class TooLongError(BaseException):
    """Top-level code did not come to its end in time. No Exception: `except Exception` goes on with it."""


class Patience:
    """What is left of the time for reading a submission."""

    def __init__(self, seconds: float) -> None:
        """So much in all; infinite where nobody waits, or where the system has no such clock."""
        self._ends, self._next = time.monotonic() + seconds, seconds / NEXT
        self._works = seconds < float("inf") and hasattr(signal, "setitimer")

    @contextmanager
    def statement(self) -> Iterator[None]:
        """TooLongError, raised inside a statement that is still running when the time is over."""
        if not self._works:
            yield
            return
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, max(self._ends - time.monotonic(), 0.01), AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def ended(self, problem: BaseException) -> None:
        """What follows an interrupt has some time of its own."""
        if isinstance(problem, TooLongError):
            self._ends, self._next = time.monotonic() + self._next, self._next / 2


def _interrupt(_: int, __: FrameType | None) -> None:
    raise TooLongError("it did not come to an end within the time for reading")
