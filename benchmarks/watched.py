"""What the processes of a grading hold while it runs, and what they leave behind, as the kernel tells it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

GROUPS, MOUNTS = Path("/sys/fs/cgroup"), Path("/proc/self/mounts")
PATIENCE = 10.0


@dataclass(frozen=True)
class Sample:
    """How many processes, open descriptors, mebibytes of their own, mounts, control groups and temporary files there are."""

    HELD: ClassVar = ("processes", "descriptors", "memory", "mounts", "groups", "temporary")

    graded: int
    processes: int
    descriptors: int
    memory: int
    mounts: int
    groups: int
    temporary: int


@dataclass
class Watched:
    """A command that grades, and the only folder where it may put temporary files."""

    pid: int
    temporary: Path
    mounts: int = field(init=False)
    groups: frozenset[str] = field(init=False)
    # Each process that was ever seen, with the moment of its start: numbers are given again.
    seen: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.mounts, self.groups = _mounts(), groups()

    def sample(self, graded: int) -> Sample:
        """What is held now."""
        pids = below(self.pid)
        self.seen |= {(pid, _start(pid)) for pid in pids}
        return Sample(
            graded,
            len(pids),
            sum(len(_listed(Path(f"/proc/{pid}/fd"))) for pid in pids),
            sum(_memory(pid) for pid in pids) // 2**20,
            _mounts() - self.mounts,
            len(groups() - self.groups),
            self._files(),
        )

    def left(self) -> list[str]:
        """What is still there a while after the command has ended."""
        deadline = time.monotonic() + PATIENCE
        while (found := list(self._left())) and time.monotonic() < deadline:
            time.sleep(0.1)
        return found

    def _left(self) -> Iterator[str]:
        alive = [pid for pid, start in self.seen if start and _start(pid) == start]
        counts = {
            "processes": len(alive),
            "mounts": _mounts() - self.mounts,
            "groups": len(abandoned(self.groups)),
            "temporary files": self._files(),
        }
        yield from (f"{count} {name}" for name, count in counts.items() if count > 0)

    def _files(self) -> int:
        return sum(1 for _ in self.temporary.rglob("*"))


def below(pid: int) -> list[int]:
    """A process, and all that it and its children started."""
    direct = [int(word) for task in _listed(Path(f"/proc/{pid}/task")) for word in _children(pid, task)]
    return [pid, *(one for child in direct for one in below(child))]


def _children(pid: int, task: str) -> list[str]:
    with suppress(OSError):
        return Path(f"/proc/{pid}/task/{task}/children").read_text().split()
    return []


def _members(group: str) -> str:
    with suppress(OSError):
        return Path(group, "cgroup.procs").read_text()
    return "?"


def groups() -> frozenset[str]:
    """The control groups of gradings on this machine."""
    return frozenset(
        f"{folder}/{name}" for folder, names, _ in os.walk(GROUPS) for name in names if name.startswith("graders-")
    )


def abandoned(before: frozenset[str]) -> list[str]:
    """Groups that are new since then, and in which nobody is: the others belong to another grading."""
    return [group for group in groups() - before if not _members(group)]


def _start(pid: int) -> str:
    """When a process was started, in the kernel's ticks; empty where there is none, or only its end to be noticed."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        return "" if fields[0] == "Z" else fields[19]
    return ""


def _mounts() -> int:
    return len(MOUNTS.read_text().splitlines())


def _listed(folder: Path) -> list[str]:
    with suppress(OSError):
        return os.listdir(folder)
    return []


def _memory(pid: int) -> int:
    """Resident bytes that it shares with nobody."""
    with suppress(OSError):
        _, resident, shared = map(int, Path(f"/proc/{pid}/statm").read_text().split()[:3])
        return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
    return 0
