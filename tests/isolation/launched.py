"""Runs a command as another user and without parts of the kernel, as a container that refuses them would.

    launched.py USER WITHOUT COMMAND…

USER is a number, 0 for whoever we are; WITHOUT is any of "namespaces", "landlock", "filter", joined by a comma. Only this
file changes itself: the command that it becomes is the real one, and finds out by itself what this machine gives.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "sandbox")]

from isolated_stage import make_reachable  # noqa: E402

from graders.sandbox import bpf, kernel, seccomp, syscalls  # noqa: E402

REFUSED = {
    "namespaces": ("unshare", errno.EPERM),
    "landlock": ("landlock_create_ruleset", errno.ENOSYS),
    "filter": ("seccomp", errno.EINVAL),
}


def main(user: int, without: list[str], command: list[str]) -> None:
    """Become the command."""
    if user or "namespaces" in without:
        make_reachable()
    if user:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    if without:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.seccomp(program(without))
    os.execv(command[0], command)


def program(without: list[str]) -> bytes:
    """A filter that refuses what makes these layers, and nothing else."""
    calls = [REFUSED[name] for name in without]
    refused = [bpf.refuse(syscalls.NUMBERS[name][syscalls.MACHINES.index(syscalls.machine())] or 0, error)
               for name, error in calls]  # fmt: skip
    inside = [seccomp.NAMESPACES] if "namespaces" in without else []
    number = syscalls.number("clone") or 0
    cloned = [bpf.only_if(number, bpf.must_lack(0, bits)) for bits in inside]
    return b"".join((bpf.head(syscalls.machine()), *refused, *cloned, bpf.ALLOW))


if __name__ == "__main__":
    main(int(sys.argv[1]), [one for one in sys.argv[2].split(",") if one], sys.argv[3:])
