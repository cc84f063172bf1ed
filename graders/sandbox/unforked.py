"""The judge's end of a submission process that was started afresh: no isolation, no fork, every system."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, cast

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.probes.wire import Value, WireError, decode, encode
from graders.sandbox.cold import frame
from graders.sandbox.environment import environment
from graders.sandbox.failures import failure, observation
from graders.sandbox.loading import Job
from graders.sandbox.session import Loaded

START_SECONDS = 120


class UnforkedSession:
    """A submission in a process of its own, started again after a request that ended it."""

    def __init__(self, job: Job, seconds: float) -> None:
        """Start it and let it read the files, for `seconds` at most; after that, definitions only."""
        self.job, self.seconds = job, seconds
        self.loaded = self._started()

    def _started(self) -> Loaded:
        said = self._start()
        if isinstance(said, Loaded):
            return said
        self.close()
        self.job = cast("Job", {**self.job, "run": False})
        again = self._start()
        if isinstance(again, Loaded):
            return Loaded((said, *again.problems), again.seconds, said)
        return Loaded((said,), 0.0, said)

    def _start(self) -> Loaded | Failure:
        self.folder = tempfile.TemporaryDirectory(prefix="submission-", ignore_cleanup_errors=True)
        script = Path(__file__).with_name("cold.py")
        self.process = subprocess.Popen([sys.executable, "-I", str(script), str(Path(self.folder.name, "work"))],
                                        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.frames: Queue[bytes] = Queue()
        Thread(target=_pump, args=(self.process.stdout, self.frames), daemon=True).start()
        self._send(encode(cast("Value", self.job)))
        return self._loaded()

    def _loaded(self) -> Loaded | Failure:
        content = self._next(START_SECONDS + self.seconds)
        if isinstance(content, Failure):
            return content
        said = cast("Mapping[str, object]", decode(content))
        return Loaded(tuple(failure(one) for one in cast("list[Value]", said["loaded"])), cast("float", said["seconds"]))

    def _send(self, content: bytes) -> None:
        assert self.process.stdin is not None, "opened as a pipe"
        try:
            self.process.stdin.write(content)
            self.process.stdin.flush()
        except OSError:
            return

    def _next(self, seconds: float) -> bytes | Failure:
        try:
            content = self.frames.get(timeout=seconds)
        except Empty:
            return Failure("timeout")
        return content or Failure("crashed", type=f"exit status {self.process.wait()}")

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request; what ends the process costs the request that did it."""
        seen: list[Observation] = []
        while len(seen) < len(group):
            if self.process.poll() is not None:
                self.close()
                self.loaded = self._started()
            self._send(encode([request.content() for request in group[len(seen) :]]))
            for request in group[len(seen) :]:
                seen.append(self._observed(request))
                if self.process.poll() is not None:
                    break
        return seen

    def _observed(self, request: Request) -> Observation:
        content = self._next(request.seconds)
        if isinstance(content, Failure):
            self.process.kill()
            self.process.wait()
            return content
        try:
            return observation(content)
        except WireError as error:
            return Failure("unreadable", message=str(error))

    def close(self) -> None:
        """End the process and remove its folder."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()
        self.folder.cleanup()


def _pump(stream: IO[bytes], frames: Queue[bytes]) -> None:
    """Whole frames as they come; an empty one at the end, and after bytes that are no frame."""
    try:
        while content := frame(stream):
            frames.put(content)
    except (WireError, ValueError, OSError):
        pass
    frames.put(b"")
