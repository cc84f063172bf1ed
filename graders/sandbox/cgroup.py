"""Control groups: the only limit that adds up all processes of a submission and the files it holds in memory.

A group is made where this machine lets us: version 2 where it is delegated, version 1 as root. Where it does not, there
is an empty group, and every function does nothing with it, so that no caller asks. A process is attached before it
forks: what it has forked before stays outside.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

MOUNTS, OURS = "/proc/self/mountinfo", "/proc/self/cgroup"
PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """The folders of a group, one a hierarchy; none where no group can be made."""

    folders: tuple[str, ...] = ()


def create(name: str, memory_bytes: int, processes: int) -> Group:
    """A new group with these limits, which its processes and files share."""
    for parents in _places():
        made: list[str] = []
        try:
            for parent in parents:
                made.append(_made(parent, name))
                _limit(made[-1], memory_bytes, processes)
            return Group(tuple(made))
        except OSError:
            remove(Group(tuple(made)))
    return Group()


def attach(group: Group, pid: int) -> None:
    """Count this process, and what it forks from now on."""
    for folder in group.folders:
        _write(folder, "cgroup.procs", pid)


def killed_for_memory(group: Group) -> bool:
    """Whether the kernel killed a process because the group had no memory left."""
    for folder in group.folders:
        for name in ("memory.events", "memory.oom_control"):
            with suppress(OSError), open(os.path.join(folder, name), encoding="ascii") as lines:
                if any(line.startswith("oom_kill ") and int(line.split()[1]) for line in lines):
                    return True
    return False


def remove(group: Group) -> None:
    """Kill what is left, where the kernel can do that, and take the group away when its last process is gone."""
    deadline = time.monotonic() + PATIENCE
    for folder in group.folders:
        with suppress(OSError):
            _write(folder, "cgroup.kill", 1)
        while os.path.isdir(folder) and time.monotonic() < deadline:
            with suppress(OSError):
                os.rmdir(folder)
                break
            time.sleep(0.001)


def _made(parent: str, name: str) -> str:
    """A new folder; one that a grader of the same name left behind when it was killed is made anew."""
    files = os.listdir(parent)
    if "cgroup.procs" not in files:
        raise FileNotFoundError(f"{parent} is no group")
    if "cgroup.subtree_control" in files:
        _write(parent, "cgroup.subtree_control", "+memory +pids")
    folder = os.path.join(parent, name)
    remove(Group((folder,)))
    os.mkdir(folder)
    return folder


def _limit(folder: str, memory_bytes: int, processes: int) -> None:
    """The limits of this folder's hierarchy: in version 1 memory and pids are two, so each file may be elsewhere."""
    there = set(os.listdir(folder))
    limits = {"pids.max": processes, "memory.max": memory_bytes, "memory.limit_in_bytes": memory_bytes}
    optional = {"memory.swap.max": 0, "memory.oom.group": 1, "memory.memsw.limit_in_bytes": memory_bytes}
    if not there & limits.keys():
        raise FileNotFoundError(f"no limits can be set in {folder}")
    for name, value in {**limits, **optional}.items():
        if name in there:
            _write(folder, name, value)


def _places() -> Iterator[tuple[str, ...]]:
    """Where a group might be made, best first: below our own, or beside it where ours may have no children."""
    own = _own_folders()
    if unified := own.get(""):
        yield (unified,)
        yield (os.path.dirname(unified),)
    if "memory" in own and "pids" in own:
        yield (own["memory"], own["pids"])


def _own_folders() -> dict[str, str]:
    """The folder of our own group in each hierarchy, by controller; version 2 has the empty name."""
    found: dict[str, str] = {}
    with suppress(OSError), open(OURS, encoding="utf-8") as lines:
        paths = {names: path for _, names, path in (line.rstrip("\n").split(":", 2) for line in lines)}
        for controllers, root, point in _mounted():
            for names, path in paths.items():
                if names == controllers or set(names.split(",")) & set(controllers.split(",")) - {""}:
                    below = os.path.relpath(path, root)
                    found |= dict.fromkeys(names.split(","), os.path.normpath(os.path.join(point, below)))
    return found


def _mounted() -> Iterator[tuple[str, str, str]]:
    """Controllers, the part of the hierarchy that is shown, and where, of each mounted hierarchy."""
    with open(MOUNTS, encoding="utf-8") as lines:
        for line in lines:
            fields, _, rest = line.partition(" - ")
            kind, _, options = rest.split()[:3]
            if kind in ("cgroup", "cgroup2"):
                _, _, _, root, point = fields.split()[:5]
                yield ("" if kind == "cgroup2" else options), root, point


def _write(folder: str, name: str, value: int | str) -> None:
    """One system call, because the kernel reads each as a whole; never makes a file, should this be no group at all."""
    descriptor = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)
