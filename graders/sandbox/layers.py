"""What isolation this machine gives, found by doing it in children that are thrown away.

Reading settings is not enough: some systems let a process make a user namespace and refuse what it is for. Importable
on every system; on others than Linux the answer is "none".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from graders.sandbox.isolation import Level

DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Which layers work here, `landlock` as the number of its ABI; and, for those that do not, why."""

    namespaces: bool = False
    proc: bool = False
    landlock: int = 0
    seccomp: bool = False
    cgroup: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """How far a submission can be isolated here."""
        if self.namespaces and self.seccomp:
            return "full"
        # From this ABI on Landlock keeps signals inside, and can stand alone.
        return "partial" if self.landlock >= 6 and self.seccomp else "none"


class _Outcome(NamedTuple):
    works: bool
    said: str


def probe() -> Layers:
    """Try every layer. Forks, so call it while this process has one thread."""
    if sys.platform != "linux":
        return Layers(reasons=(f"isolation needs Linux, and this is {sys.platform}",))
    from graders.sandbox import landlock

    tried = {"namespaces": _attempt(_namespaces), "landlock": _attempt(_landlock), "seccomp": _attempt(_seccomp),
             "cgroup": _attempt(_cgroup)}  # fmt: skip
    return Layers(
        namespaces=tried["namespaces"].works,
        proc=tried["namespaces"].said == "proc",
        landlock=landlock.version() if tried["landlock"].works else 0,
        seccomp=tried["seccomp"].works,
        cgroup=tried["cgroup"].works,
        reasons=tuple(f"{layer}: {outcome.said}" for layer, outcome in tried.items() if not outcome.works),
    )


def _attempt(layer: Callable[[], str]) -> _Outcome:
    """Do it in a child; whether it worked, and what it says."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, f"{DONE}{layer()}".encode())
        except OSError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8", errors="replace") as file:
        said = file.read()
    os.waitpid(child, 0)
    return _Outcome(said.startswith(DONE), said.removeprefix(DONE) or "ended without a word")


def _namespaces() -> str:
    from graders.sandbox import identity, namespaces, root, trees, waiting

    student = identity.choose(0, namespaces=True)
    namespaces.enter(student)
    waiting.fork(lambda pid: None, lambda: identity.assume(student), sweep=False)
    root.build(root.Root(trees.interpreter_trees(), "/work", 2**20, student.user))
    identity.assume(student)
    return "proc" if os.path.isdir("/proc/self") else "no /proc"


def _landlock() -> str:
    from graders.sandbox import capabilities, landlock

    capabilities.drop()
    landlock.restrict(landlock.Rules())
    try:
        os.listdir("/")
    except PermissionError:
        return ""
    raise OSError("the kernel accepts rules and does not keep them")


def _seccomp() -> str:
    from graders.sandbox import capabilities, kernel, seccomp

    capabilities.drop()
    seccomp.install(allow_exec=False, shared=True)
    try:
        kernel.unshare(0)
    except PermissionError:
        return ""
    raise OSError("the kernel accepts a filter and does not apply it")


def _cgroup() -> str:
    from graders.sandbox import cgroup

    group = cgroup.create(f"probe-{os.getpid()}", 2**30, 64)
    if not group.folders:
        raise OSError("no group can be made here")
    cgroup.remove(group)
    return ""
