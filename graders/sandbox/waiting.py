"""The keeper: forks the process that will run the student's code, waits for it, and ends as it ended.

It keeps nothing open and has no rights, so there is nothing to gain by reaching it. Both are tied together: the kernel
kills the child when the keeper dies. That promise is forgotten at a change of identity, so it is made again after each,
and each time the child looks whether the keeper is still there. In the same way the keeper ends with the template.
"""

from __future__ import annotations

import math
import os
import resource
import select
import signal
from collections.abc import Callable
from contextlib import suppress

from graders.sandbox import kernel


def fork(
    announce: Callable[[int], None], settle: Callable[[], None], *, sweep: bool, cpu_seconds: float = math.inf
) -> int:
    """Return in the child only, with a handle of the keeper; the keeper announces the child, settles, and waits.

    `sweep` kills what the child leaves behind. Only for a keeper whose signals reach nobody else. Whoever used
    `cpu_seconds` was killed for that, and not by somebody.
    """
    template, keeper = os.getppid(), os.pidfd_open(os.getpid())
    child = os.fork()
    if child == 0:
        tie_to(keeper)
        return keeper
    announce(child)
    os.closerange(0, os.sysconf("SC_OPEN_MAX"))
    settle()
    _tie_to_template(template, sweep)
    _, status, used = os.wait4(child, 0)
    if sweep:
        _sweep()
    ended = code(status, used, cpu_seconds)
    if ended < 0:
        _die_of(-ended)
    os._exit(ended)


def code(status: int, used: resource.struct_rusage, cpu_seconds: float) -> int:
    """The exit status, negative for a signal; SIGXCPU for whoever was killed for using so many seconds."""
    ended = os.waitstatus_to_exitcode(status)
    # The kernel adds them up in ticks, and may kill a good while before.
    late = 0 <= cpu_seconds <= (used.ru_utime + used.ru_stime) / 0.75
    return -signal.SIGXCPU if late and ended == -signal.SIGKILL else ended


def _die_of(number: int) -> None:
    """End by this signal: an exit status could be one that student code has chosen."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # what cannot be caught needs no default
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def tie_to(keeper: int) -> None:
    """Die with the keeper, also if it died before this call."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    watch = select.poll()
    watch.register(keeper, select.POLLIN)
    if watch.poll(0):
        os._exit(128 + signal.SIGKILL)


def _tie_to_template(template: int, sweep: bool) -> None:
    """Without a namespace to die with us, what the child forked must be swept before we go."""

    def end(*_: object) -> None:
        if sweep:
            _sweep()
        os._exit(128 + signal.SIGTERM)

    if sweep:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGTERM, end)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != template:
        end()


def _sweep() -> None:
    """Kill everybody whom our signals reach, and wait until they are gone."""
    with suppress(ProcessLookupError, PermissionError):
        os.kill(-1, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
