"""Into the sandbox. The one place that says which layer comes when, and what each level is made of.

Theory of operation. Three processes: the template (warm, trusted, holds no secret) forks the keeper; the keeper calls
`isolate`, which forks once more; only that child returns from it, to run the student's code, already inside:

    template ──fork──▶ keeper ──isolate: fork──▶ submission process ──fork──▶ whatever it starts
                       waits, has no rights      returns from isolate

full      namespaces, a root of its own, limits, Landlock where the kernel has it, system call filter. The submission
          process is the first of its pid namespace: when it ends, the kernel ends whatever it left behind.
partial   for containers that refuse namespaces: Landlock, a stricter filter, limits. The student can learn which files
          exist outside, and shares process numbers, host name and disk with us. The keeper lives in a Landlock domain
          around the student's, so that its signals reach the submission and nobody else: it kills what is left behind.
none      limits only: for code that is trusted anyway, on one's own machine. Never for marks.

Whoever holds a pidfd of the announced process ends everything by killing it; so does the end of the keeper (full) or of
the template. Every layer is there or `isolate` raises: no level is lowered in silence. `layers` tells what is there.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from graders.sandbox import identity, kernel, landlock, namespaces, rlimits, root, seccomp, waiting
from graders.sandbox.rlimits import Limits
from graders.sandbox.trees import interpreter_trees, layout, shows

Level = Literal["full", "partial", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Isolation:
    """What a sandbox is made of.

    `trees` are shown read-only; a tree that shows one of the `secrets` is refused. `work` is the student's folder: made
    of memory at level full, a folder of the machine otherwise, and then the only place to write. `slot` tells
    sandboxes apart that run at the same time.
    """

    level: Level
    trees: tuple[str, ...] = field(default_factory=interpreter_trees)
    secrets: tuple[str, ...] = ()
    work: str = "/work"
    limits: Limits = field(default_factory=Limits)
    slot: int = 0
    allow_exec: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.slot < identity.SLOTS:
            raise ValueError(f"a slot is a number from 0 to {identity.SLOTS - 1}, not {self.slot}")
        if os.path.normpath(self.work) != self.work or self.work in ("/", ".") or not os.path.isabs(self.work):
            raise ValueError(f"the work folder needs an absolute, plain path, not {self.work}")
        for tree in self.trees:
            if not os.path.isabs(tree):
                raise ValueError(f"a tree needs an absolute path, not {tree}")
        for secret in self.secrets:
            if shown := [tree for tree in self.trees if shows(tree, secret)]:
                raise ValueError(f"{shown[0]} would show {secret} to a submission")


def isolate(
    spec: Isolation,
    *,
    announce: Callable[[int], None] = lambda pid: None,
    populate: Callable[[], None] = lambda: None,
) -> None:
    """Return in the process that will run the student's code, isolated; raise `OSError` where a layer fails.

    The caller has closed all descriptors that a student may not have. The keeper calls `announce` with the pid of
    that process as seen from outside, and only then waits for it, so the pid is nobody else's. That process calls
    `populate` in the work folder, as the student's user, before any limit holds.
    """
    {"full": _full, "partial": _partial, "none": _none}[spec.level](spec, announce, populate)


def _begin() -> int:
    """What holds for the keeper too; how much of its address space is the template's."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    # The files in /proc/self belong to root, out of our reach, if the template changed its user after it was started.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    os.umask(0o022)
    rlimits.volunteer()
    return rlimits.mapped()


def _full(spec: Isolation, announce: Callable[[int], None], populate: Callable[[], None]) -> None:
    mapped = _begin()
    student = identity.choose(spec.slot, namespaces=True)
    namespaces.enter(student)
    keeper = waiting.fork(announce, lambda: identity.assume(student), sweep=False, cpu_seconds=spec.limits.cpu_seconds)
    os.setsid()
    root.build(root.Root(spec.trees, spec.work, spec.limits.disk_bytes, student.user))
    identity.assume(student)
    waiting.tie_to(keeper)
    os.close(keeper)
    populate()
    rlimits.apply(spec.limits, already_mapped=mapped)
    if landlock.version():
        # The root holds nothing but what we put there, so all of it may be read.
        writable = (spec.work, root.TEMPORARY, root.SHARED)
        landlock.restrict(landlock.Rules(("/",), writable, root.DEVICES, spec.allow_exec))
    seccomp.install(allow_exec=spec.allow_exec, shared=False)


def _partial(spec: Isolation, announce: Callable[[int], None], populate: Callable[[], None]) -> None:
    mapped = _begin()
    student = identity.choose(spec.slot, namespaces=False)
    running = rlimits.running(student.user)
    os.makedirs(spec.work, mode=0o700, exist_ok=True)
    if student.privileged:
        os.chown(spec.work, student.user, student.user)
    identity.assume(student)
    landlock.keep_signals_inside()
    keeper = waiting.fork(announce, lambda: None, sweep=True)
    os.setsid()
    os.close(keeper)
    os.chdir(spec.work)
    populate()
    rlimits.apply(spec.limits, already_mapped=mapped, already_running=running)
    landlock.restrict(landlock.Rules(layout(spec.trees).real, (spec.work,), root.DEVICES, spec.allow_exec))
    seccomp.install(allow_exec=spec.allow_exec, shared=True)


def _none(spec: Isolation, announce: Callable[[int], None], populate: Callable[[], None]) -> None:
    keeper = waiting.fork(announce, lambda: None, sweep=False)
    os.setsid()
    os.close(keeper)
    os.makedirs(spec.work, mode=0o700, exist_ok=True)
    os.chdir(spec.work)
    populate()
    rlimits.apply(spec.limits, already_mapped=rlimits.mapped(), already_running=rlimits.running(os.getuid()))
