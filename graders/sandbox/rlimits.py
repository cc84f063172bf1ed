"""What one submission may use. These limits hold for each process; only a cgroup adds its processes up.

Measured on Linux 6.18, with 64 processes allowed: 62 more can be forked, as root and as an ordinary user, because the
keeper and the first process count. As root the count is that of the slot's user, whom nobody else is. In a user
namespace it is that of the namespace, however many processes the user has outside. Without namespaces and without root
it is that of the user on the whole machine, so what runs already is added to the limit. Root itself is never limited.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a submission; `memory_bytes` comes on top of what the template has mapped."""

    memory_bytes: int = 4096 * MIB
    cpu_seconds: int = 120
    file_bytes: int = 256 * MIB
    processes: int = 64
    open_files: int = 256
    disk_bytes: int = 512 * MIB


def mapped() -> int:
    """Bytes of address space that this process has mapped."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def volunteer() -> None:
    """Be the first to go when the machine runs out of memory, before the judge."""
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("1000")


def running(user: int) -> int:
    """How many threads this user has on the machine."""
    return sum(_threads(int(name), user) for name in os.listdir("/proc") if name.isdigit())


def _threads(pid: int, user: int) -> int:
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as lines:
            said = dict(line.split(":", 1) for line in lines)
    except OSError:  # it has ended meanwhile
        return 0
    return int(said["Threads"]) if int(said["Uid"].split()[0]) == user else 0


def apply(limits: Limits, *, already_mapped: int = 0, already_running: int = 0) -> None:
    """Limit this process and what it forks, for ever; a limit that is tighter already stays."""
    for name, value in _table(limits, already_mapped, already_running).items():
        which = getattr(resource, name, None)
        if which is not None:
            _, hard = resource.getrlimit(which)
            allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(which, (allowed, allowed))


def _table(limits: Limits, already_mapped: int, already_running: int) -> dict[str, int]:
    return {
        "RLIMIT_AS": limits.memory_bytes + already_mapped,
        # One value for soft and hard: the first process of a pid namespace never gets the signal of the soft one.
        "RLIMIT_CPU": limits.cpu_seconds,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_NPROC": limits.processes + already_running,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_STACK": 8 * MIB,
        "RLIMIT_SIGPENDING": 1024,
        **dict.fromkeys(("RLIMIT_CORE", "RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE", "RLIMIT_NICE", "RLIMIT_RTPRIO"), 0),
    }
