"""Whom the student's code runs as.

Root becomes a user that owns nothing and that no other sandbox uses at the same time: process limits are counted for
each user, and signals go to processes of the same user. An ordinary user cannot become anybody else.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from graders.sandbox import capabilities, kernel

# Nobody's: between the ranges that distributions give to people, containers and services.
FIRST_USER, SLOTS = 60_578, 606
INSIDE = 1000


@dataclass(frozen=True, slots=True)
class Identity:
    """The user as the student's code sees it, and whether root's rights are needed and there to become it."""

    user: int
    privileged: bool


def choose(slot: int, namespaces: bool) -> Identity:
    """Who a sandbox of this slot runs as, in new namespaces or without."""
    user = FIRST_USER + slot
    needed = (capabilities.SETUID, capabilities.SETGID, *((capabilities.SYS_ADMIN,) if namespaces else ()))
    if os.geteuid() == 0 and capabilities.has(*needed) and _mapped(user):
        return Identity(user, privileged=True)
    return Identity(INSIDE if namespaces else os.geteuid(), privileged=False)


def assume(identity: Identity) -> None:
    """Become that user, without any capability and without a way to gain one."""
    capabilities.forget()
    if identity.privileged:
        os.setgroups([])
        os.setresgid(identity.user, identity.user, identity.user)
        os.setresuid(identity.user, identity.user, identity.user)
    capabilities.drop()
    # Changing identity makes /proc/self the property of root, and then a process cannot list its own descriptors.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def _mapped(user: int) -> bool:
    """Whether this user exists in our user namespace: a container may map a single one."""
    with open("/proc/self/uid_map", encoding="ascii") as lines:
        ranges = [[int(word) for word in line.split()] for line in lines]
    return any(first <= user < first + size for first, _, size in ranges)
