"""Landlock: the second wall around files, and without namespaces the only one.

It decides what may be read, written, made, removed and run; whom a signal and an abstract socket may reach; and that no
TCP port is opened or called. It does not hide that a file exists, nor protect its mode, times and owner, nor decide
about sockets that have a path: see `seccomp` for those.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from graders.sandbox import kernel

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_CHAR, MAKE_BLOCK, REFER, TRUNCATE, IOCTL_DEV = 1 << 6, 1 << 11, 1 << 13, 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
READ, DEVICE = READ_FILE | READ_DIR, READ_FILE | WRITE_FILE
# All but running programs and making devices. MAKE_SOCK must stay: without it a DataLoader with workers hangs.
WRITE = ((1 << 15) - 1) & ~(EXECUTE | MAKE_CHAR | MAKE_BLOCK)

# The first ABI that keeps signals inside, and with it the first that can stand alone.
SCOPES = 6
_BITS_OF_ABI = {1: 13, 2: 14, 3: 15, 4: 15}
_BITS_SINCE_5 = 16
_NETWORK, _NETWORK_SINCE = 0b11, 4
_SCOPED = 0b11


@dataclass(frozen=True, slots=True)
class Rules:
    """Paths to read, to write, and devices; `execute` allows programs to run from what is read."""

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    execute: bool = False


def version() -> int:
    """The ABI of this kernel; 0 where it has no Landlock, or where Landlock is off."""
    try:
        return kernel.landlock_version()
    except OSError:
        return 0


def restrict(rules: Rules) -> None:
    """Allow this process, and what it forks, what the rules say, and nothing else that Landlock knows."""
    handled = (1 << _BITS_OF_ABI.get(version(), _BITS_SINCE_5)) - 1
    with_programs = READ | (EXECUTE if rules.execute else 0)
    ruleset = _ruleset(handled)
    for rights, paths in ((with_programs, rules.read), (READ | WRITE, rules.write), (DEVICE, rules.devices)):
        _allow(ruleset, rights & handled, paths)
    _enforce(ruleset)


def keep_signals_inside() -> None:
    """From here on, signals reach nobody but what this process forks."""
    if version() < SCOPES:
        raise OSError(errno.ENOTSUP, "Landlock of this kernel cannot keep signals inside", f"ABI {version()}")
    _enforce(_ruleset(0))


def _ruleset(handled: int) -> int:
    """The structure grew with the ABI, and a kernel refuses bits that it does not know."""
    abi = version()
    if abi >= SCOPES:
        return kernel.landlock_ruleset(struct.pack("=QQQ", handled, _NETWORK if handled else 0, _SCOPED))
    if abi >= _NETWORK_SINCE:
        return kernel.landlock_ruleset(struct.pack("=QQ", handled, _NETWORK))
    return kernel.landlock_ruleset(struct.pack("=Q", handled))


def _allow(ruleset: int, rights: int, paths: Iterable[str]) -> None:
    for path in paths:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        kernel.landlock_allow(ruleset, rights if folder else rights & FILE_RIGHTS, descriptor)
        os.close(descriptor)


def _enforce(ruleset: int) -> None:
    kernel.landlock_restrict(ruleset)
    os.close(ruleset)
