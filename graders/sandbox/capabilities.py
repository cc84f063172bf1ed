"""Capabilities: which ones this process has, and how it loses them all."""

from __future__ import annotations

from graders.sandbox import kernel

SETGID, SETUID, SETPCAP, SYS_ADMIN = 6, 7, 8, 21
MOST = 64


def has(*numbers: int) -> bool:
    """Whether all of these are effective now."""
    effective = kernel.capget()[0]
    return all(effective >> number & 1 for number in numbers)


def forget() -> None:
    """Empty the bounding and the ambient set, as far as this process may; to be called while it still can."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    if has(SETPCAP):
        for number in range(_known()):
            kernel.prctl(kernel.PR_CAPBSET_DROP, number)


def drop() -> None:
    """Give up every capability, and every way to get one back by running a program."""
    kernel.capset_none()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def _known() -> int:
    """How many capabilities this kernel knows."""
    for number in range(MOST):
        try:
            kernel.prctl(kernel.PR_CAPBSET_READ, number)
        except OSError:
            return number
    return MOST
