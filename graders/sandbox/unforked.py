"""The judge's end of a submission process that was started afresh: no isolation, no fork, every system."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, cast

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.probes.wire import Value, WireError, decode, encode
from graders.sandbox.cold import frame
from graders.sandbox.environment import environment
from graders.sandbox.failures import ending, loaded, observation, ran
from graders.sandbox.loading import Job
from graders.sandbox.session import Loaded, Ran
from graders.sandbox.ways import read

START_SECONDS = 120
MOST_RESTARTS = 10
LEFT_SECONDS = 2.0
# Frames that nobody asked for wait here; a process that goes on writing them is held up.
MOST_WAITING = 2


class UnforkedSession:
    """A submission in a process of its own, started again after a request that ended it."""

    def __init__(self, job: Job, seconds: float) -> None:
        """Start it and let it read the files, for `seconds` at most; after that, definitions only."""
        self.seconds = 1.25 * seconds + 1
        self.job, self.loaded = read(cast("Job", {**job, "seconds": float(seconds)}), self._read)
        self.restarts = MOST_RESTARTS if self.loaded.stands else 0

    def _read(self, job: Job) -> Loaded | Failure:
        if hasattr(self, "process"):
            self.close()
        self.job = job
        return self._started()

    def _started(self) -> Loaded | Failure:
        self._start()
        try:
            told = list[Ran]()
            while isinstance(content := self._next(START_SECONDS + self.seconds), bytes):
                if one := ran(said := decode(content)):
                    told.append(one)
                else:
                    return replace(loaded(said), ran=tuple(told))
        except WireError as error:
            content = Failure("unreadable", message=str(error))
        self.close()
        return content

    def _start(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True)
        script = Path(__file__).with_name("cold.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(Path(self.folder.name, "work"))],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.frames: Queue[bytes] = Queue(MOST_WAITING)
        self.pump = Thread(target=_pump, args=(self.process.stdout, self.frames), daemon=True)
        self.pump.start()
        self._send(encode(cast("Value", self.job)))

    def _send(self, content: bytes) -> None:
        assert self.process.stdin is not None, "opened as a pipe"
        try:
            self.process.stdin.write(content)
            self.process.stdin.flush()
        except OSError:  # it has ended, and will be found so
            return

    def _next(self, seconds: float) -> bytes | Failure:
        """The next frame; where none comes, the process is gone afterwards."""
        try:
            content = self.frames.get(timeout=seconds)
        except Empty:
            self._kill()
            return Failure("timeout")
        return content or Failure("crashed", type=ending(self._kill()))

    def _kill(self) -> int:
        """How the process ended, by itself if it is about to."""
        try:
            return self.process.wait(1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request; what ends the process costs the request that did it."""
        seen: list[Observation] = []
        while len(seen) < len(group) and self._stands():
            self._send(encode([request.content() for request in group[len(seen) :]]))
            for request in group[len(seen) :]:
                seen.append(self._observed(request))
                if self.process.poll() is not None:
                    break
        return seen + [Failure("crashed")] * (len(group) - len(seen))

    def _stands(self) -> bool:
        """Whether there is a process to ask, started again if need be."""
        while self.process.poll() is not None and self.restarts:
            self.restarts -= 1
            self.close()
            self._started()
        return self.process.poll() is None

    def _observed(self, request: Request) -> Observation:
        content = self._next(request.seconds)
        if isinstance(content, Failure):
            return content
        try:
            return observation(content)
        except WireError as error:
            return Failure("unreadable", message=str(error))

    def close(self) -> None:
        """End the process and what it started, and remove its folder.

        What left its session may hold the pipe open for ever: whoever still reads it is left to it, without a place to write to.
        """
        self.process.kill()
        with suppress(OSError, AttributeError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        ends = time.monotonic() + LEFT_SECONDS
        while self.pump.is_alive() and time.monotonic() < ends:
            with suppress(Empty):
                self.frames.get(timeout=0.1)
        if not self.pump.is_alive():
            assert self.process.stdout is not None, "opened as a pipe"
            self.process.stdout.close()
        with suppress(OSError):
            assert self.process.stdin is not None, "opened as a pipe"
            self.process.stdin.close()
        self.folder.cleanup()


def _pump(stream: IO[bytes], frames: Queue[bytes]) -> None:
    """Whole frames as they come; an empty one at the end, and after bytes that are no frame."""
    try:
        while content := frame(stream):
            frames.put(content)
    except (WireError, ValueError, OSError):
        pass
    frames.put(b"")
