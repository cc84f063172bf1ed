"""What a submission does that uses up the machine, or that does not end, one function each."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import threading
import time
from pathlib import Path

from isolated_attacks import LIBC, RESULT, outcome


def fork_bomb() -> int:
    """How many children can be had at once."""
    count = 0
    with contextlib.suppress(OSError):
        while count < 60:
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
            count += 1
    return count


def thread_bomb() -> int:
    """How many threads can be had at once."""
    stop, count = threading.Event(), 0
    threading.stack_size(65_536)
    with contextlib.suppress(RuntimeError):
        while count < 60:
            threading.Thread(target=stop.wait, daemon=True).start()
            count += 1
    stop.set()
    return count


def allocate(size: int) -> str:
    """Ask for memory, and use it."""
    import numpy

    return outcome(lambda: numpy.ones(size, dtype=numpy.uint8).sum())


def swarm(count: int, size: int) -> int:
    """How many processes can use so much memory at once."""
    reader, writer = os.pipe()
    children = []
    for _ in range(count):
        children.append(os.fork())
        if children[-1] == 0:
            held = bytearray(size)
            held[::4096] = b"x" * len(held[::4096])
            os.write(writer, b"x")
            time.sleep(30)
    reached = 0
    while reached < count and select.select([reader], [], [], 2)[0]:
        reached += len(os.read(reader, count))
    # One that has reached it may have been killed for another since.
    return min(reached, sum(os.waitpid(child, os.WNOHANG)[0] == 0 for child in children))


def anonymous_files() -> dict[str, str]:
    """Memory that no address space has."""
    block = outcome(lambda: LIBC.shmget(0, 1 << 20, 0o1600))
    return {"memfd": outcome(lambda: os.memfd_create("x")), "system v": block}


def fill(folder: str, most: int) -> tuple[int, str]:
    """Write files of a megabyte each, until an error."""
    written = 0

    def write() -> None:
        nonlocal written
        while written < most:
            Path(folder, f"{written}").write_bytes(bytes(1 << 20))
            written += 1 << 20

    ended = outcome(write)
    return written, ended


def many_files(folder: str, most: int) -> tuple[int, str]:
    """Make empty files, until an error."""
    made = 0

    def make() -> None:
        nonlocal made
        while made < most:
            os.close(os.open(f"{folder}/{made}", os.O_CREAT | os.O_WRONLY))
            made += 1

    ended = outcome(make)
    return made, ended


def one_file(size: int) -> str:
    """One file that is too large."""
    return outcome(lambda: os.truncate(os.open("large", os.O_CREAT | os.O_WRONLY), size))


def leave_daemon() -> str:
    """A process in a session of its own that holds the result pipe after everything else has ended."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in range(1, 32):
                with contextlib.suppress(OSError):
                    signal.signal(number, signal.SIG_IGN)
            time.sleep(20)
        os._exit(0)
    time.sleep(0.05)
    return "left"


def stay(undo: bool) -> None:
    """Say that we run, and stay; perhaps after asking the kernel not to kill us with our parent."""
    if undo:
        LIBC.prctl(1, 0, 0, 0, 0)
    leave_daemon()
    os.write(RESULT, b"{")
    time.sleep(20)


def crash() -> None:
    """Touch memory that is not there."""
    ctypes.string_at(0)


def leave(status: int) -> None:
    """End at once."""
    os._exit(status)


def busy() -> None:
    """Compute for ever."""
    while True:
        pass
