"""Reading what comes out of a sandbox, with a clock and a limit on every byte."""

from __future__ import annotations

import errno
import fcntl
import os
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal, Protocol

from graders.probes.wire import PREFIX, lengths

CHUNK = 2**20
PACKET = 65_536
MOST_KEPT = 256 * 2**10
MOST_PRINTED = 64 * 2**20
F_SETPIPE_SZ = 1031
SEALS = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
SEAL_PAUSE = 0.05

End = Literal["done", "late", "over"]


class FloodedError(Exception):
    """More came out than anybody would read."""


def pipe() -> tuple[int, int]:
    """A pipe as roomy as an ordinary user may make it."""
    reader, writer = os.pipe()
    with suppress(OSError):
        fcntl.fcntl(writer, F_SETPIPE_SZ, CHUNK)
    return reader, writer


def sealed(content: bytes) -> int:
    """An unnamed file in memory with this content, which whoever gets it can read and nobody can change."""
    descriptor = os.memfd_create("content", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    while not _seal(descriptor):
        time.sleep(SEAL_PAUSE)
    return descriptor


def _seal(descriptor: int) -> bool:
    """Refuse every change from now on; False where the kernel holds a page itself just now, as when it moves pages about: it
    takes that for somebody who may still write."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, SEALS)
    except OSError as problem:
        if problem.errno != errno.EBUSY:
            raise
        return False
    return True


class Stream(Protocol):
    """Something to read from."""

    descriptor: int

    def feed(self) -> bool:
        """Take what is there; whether more may come."""
        ...


class Printed:
    """Standard output and error: the beginning is kept, the rest is read and dropped, a flood is an error."""

    def __init__(self, descriptor: int) -> None:
        """Read from this end of a pipe."""
        self.descriptor, self.kept, self.size = descriptor, bytearray(), 0

    def feed(self) -> bool:
        """Take what is there; whether more may come."""
        data = os.read(self.descriptor, CHUNK)
        self.size += len(data)
        self.kept += data[: MOST_KEPT - len(self.kept)]
        if self.size > MOST_PRINTED:
            raise FloodedError("standard output")
        return bool(data)


class Frames:
    """Whole frames out of a stream of bytes."""

    def __init__(self, descriptor: int, most: int) -> None:
        """Read from this end of a pipe, `most` bytes and no more."""
        self.descriptor, self.buffer, self.size, self.most = descriptor, bytearray(), 0, most

    def feed(self) -> bool:
        """Take what is there; whether more may come."""
        data = os.read(self.descriptor, CHUNK)
        self.size += len(data)
        self.buffer += data
        if self.size > self.most:
            raise FloodedError("results")
        return bool(data)

    def take(self) -> bytes | None:
        """The next whole frame, if it is there."""
        if len(self.buffer) < PREFIX.size:
            return None
        whole = PREFIX.size + sum(lengths(bytes(self.buffer[: PREFIX.size])))
        if len(self.buffer) < whole:
            return None
        frame = bytes(self.buffer[:whole])
        del self.buffer[:whole]
        return frame


class Packets:
    """Messages of a control socket. The keeper's comes first and brings a handle; from nobody else one is taken."""

    def __init__(self, control: socket.socket) -> None:
        """Read from the judge's end."""
        self.control, self.descriptor = control, control.fileno()
        self.handle, self.messages = -1, list[bytes]()

    def feed(self) -> bool:
        """Take one message; whether more may come."""
        try:
            message = self._first() if self.handle < 0 else self.control.recv(PACKET)
        except ConnectionError:
            return False
        if message:
            self.messages.append(message)
        return bool(message)

    def _first(self) -> bytes:
        message, handles, _, _ = socket.recv_fds(self.control, PACKET, 1)
        self.handle = handles[0] if handles else -1
        return message


class Watch:
    """Waits for one stream and reads others meanwhile, so that nobody who writes to them is held up."""

    def __init__(self, main: Stream, *others: Stream) -> None:
        """Watch these streams."""
        self.main, self.over, self.selector = main, False, selectors.DefaultSelector()
        for stream in (main, *others):
            self.selector.register(stream.descriptor, selectors.EVENT_READ, stream)

    def until(self, done: Callable[[], bool], deadline: float) -> End:
        """Read until `done`, until the deadline (monotonic seconds) is past, or until the main stream is over."""
        while not done():
            left = deadline - time.monotonic()
            if self.over or left <= 0:
                return "over" if self.over else "late"
            self._read(left)
        return "done"

    def _read(self, seconds: float) -> None:
        for key, _ in self.selector.select(seconds):
            if not key.data.feed():
                self.selector.unregister(key.fd)
                self.over |= key.data is self.main

    def close(self) -> None:
        """Watch no longer."""
        self.selector.close()
