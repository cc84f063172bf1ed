"""Filters of system calls, written in Python and assembled to the kernel's classic BPF.

A filter is a list of instructions of eight bytes. Each rule is a block that begins by comparing the number of the call
and is jumped over when it is another; inside a block every way ends in an answer, so the number is loaded only once.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000

_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _JUMP_FROM, _JUMP_BITS, _AND, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_KILL, _ERROR, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def answer(error: int) -> bytes:
    """The call is not made and fails with this error; 0 pretends that it was made."""
    return _instruction(_RETURN, _ERROR | error)


ALLOW = _instruction(_RETURN, _ALLOW)
KILL = _instruction(_RETURN, _KILL)


def head(machine: str) -> bytes:
    """Calls of another instruction set have other numbers: they end the process."""
    return b"".join((
        _instruction(_LOAD, _ARCHITECTURE), _instruction(_JUMP_EQUAL, ARCHITECTURES[machine], 1, 0), KILL,
        _instruction(_LOAD, _NUMBER), _instruction(_JUMP_FROM, X32, 0, 1), KILL))  # fmt: skip


def above(number: int) -> bytes:
    """Calls that are newer than this are not there."""
    return _instruction(_JUMP_ABOVE, number, 0, 1) + answer(errno.ENOSYS)


def refuse(number: int, error: int) -> bytes:
    """This call always fails."""
    return _instruction(_JUMP_EQUAL, number, 0, 1) + answer(error)


def only_if(number: int, *conditions: bytes) -> bytes:
    """This call is made if no condition answers it first."""
    body = b"".join(conditions) + ALLOW
    return _instruction(_JUMP_EQUAL, number, 0, len(body) // 8) + body


def where(place: int, value: int, *conditions: bytes) -> bytes:
    """These conditions hold only where an argument has this value."""
    body = b"".join(conditions)
    return _argument(place) + _instruction(_JUMP_EQUAL, value, 0, len(body) // 8) + body


def _argument(place: int) -> bytes:
    """The low half: the kernel itself reads no more of the arguments that are tested here."""
    return _instruction(_LOAD, _ARGUMENTS + 8 * place)


def must_be(place: int, value: int, mask: int = 0xFFFFFFFF) -> bytes:
    """A condition: an argument, or the bits of it in `mask`, has this value."""
    return (_argument(place) + _instruction(_AND, mask) + _instruction(_JUMP_EQUAL, value, 1, 0)
            + answer(errno.EPERM))  # fmt: skip


def must_not_be(place: int, values: Iterable[int], error: int = errno.EPERM) -> bytes:
    """A condition: an argument has none of these values."""
    return _argument(place) + b"".join(_instruction(_JUMP_EQUAL, value, 0, 1) + answer(error) for value in values)


def must_lack(place: int, bits: int) -> bytes:
    """A condition: an argument has none of these bits."""
    return _argument(place) + _instruction(_JUMP_BITS, bits, 0, 1) + answer(errno.EPERM)
