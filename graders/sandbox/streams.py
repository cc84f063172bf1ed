"""Reading what comes out of a sandbox, with a clock and a limit on every byte."""

from __future__ import annotations

import fcntl
import os
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from graders.probes.wire import PREFIX, lengths

CHUNK = 2**20
PACKET = 65_536
MOST_KEPT = 256 * 2**10
MOST_PRINTED = 64 * 2**20
MOST_RESULTS = 512 * 2**20
F_SETPIPE_SZ = 1031


class FloodedError(Exception):
    """More came out than anybody would read."""


def pipe() -> tuple[int, int]:
    """A pipe as roomy as an ordinary user may make it."""
    reader, writer = os.pipe()
    with suppress(OSError):
        fcntl.fcntl(writer, F_SETPIPE_SZ, CHUNK)
    return reader, writer


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

    def __init__(self, descriptor: int) -> None:
        """Read from this end of a pipe."""
        self.descriptor, self.buffer, self.size = descriptor, bytearray(), 0

    def feed(self) -> bool:
        """Take what is there; whether more may come."""
        data = os.read(self.descriptor, CHUNK)
        self.size += len(data)
        self.buffer += data
        if self.size > MOST_RESULTS:
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
    """Messages of a control socket, with the descriptors that came along."""

    def __init__(self, control: socket.socket) -> None:
        """Read from the judge's end."""
        self.control, self.descriptor = control, control.fileno()
        self.messages: list[tuple[bytes, list[int]]] = []

    def feed(self) -> bool:
        """Take one message; whether more may come."""
        try:
            message, descriptors, _, _ = socket.recv_fds(self.control, PACKET, 4)
        except ConnectionError:
            return False
        if message:
            self.messages.append((message, list(descriptors)))
        return bool(message)


Stream = Printed | Frames | Packets


class Watch:
    """Waits for several streams at once, until a deadline."""

    def __init__(self, *streams: Stream) -> None:
        """Watch these streams."""
        self.selector = selectors.DefaultSelector()
        for stream in streams:
            self.selector.register(stream.descriptor, selectors.EVENT_READ, stream)

    def until(self, done: Callable[[], bool], deadline: float) -> bool:
        """Read until `done`, true, or until the deadline (monotonic seconds) or the end of every stream, false."""
        while not done():
            left = deadline - time.monotonic()
            if left <= 0 or not self.selector.get_map():
                return False
            for key, _ in self.selector.select(left):
                if not key.data.feed():
                    self.selector.unregister(key.fd)
        return True

    def ended(self, stream: Stream) -> bool:
        """Whether a stream has come to its end."""
        return stream.descriptor not in {key.fd for key in self.selector.get_map().values()}
