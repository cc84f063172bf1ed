"""The judge's end of one sandbox that the template forked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from typing import IO, cast

from graders.observe.observation import Failure, Observation, Seen
from graders.observe.request import Request
from graders.probes.wire import Value, WireError, encode
from graders.sandbox.failures import ANSWERED, ending, failure, observation
from graders.sandbox.loading import Job
from graders.sandbox.rlimits import Limits
from graders.sandbox.session import Loaded, SandboxError
from graders.sandbox.streams import FloodedError, Frames, Packets, Printed, Watch, pipe
from graders.sandbox.warm import Template

OPEN_SECONDS = 20
ANSWER_SECONDS = 10
MOST_RESTARTS = 3


Packet = tuple[bytes, list[int]]


class GoneError(Exception):
    """The submission process does not answer any more: a failure of whatever was being looked at."""

    def __init__(self, failure: Failure) -> None:
        """Carry what is known of its end."""
        super().__init__(failure.kind)
        self.failure = failure


class ForkedSession:
    """A submission in a sandbox of the template; opened again where its process ends in the middle."""

    def __init__(self, template: Template, job: Job, limits: Limits, seconds: float) -> None:
        """Open the sandbox and let it read the files, for `seconds` at most; after that, definitions only."""
        self.template, self.job, self.limits, self.seconds = template, job, limits, seconds
        self.restarts = 0
        self.loaded = self._load()

    def _load(self) -> Loaded:
        try:
            return self._open(self.job)
        except GoneError as gone:
            self.close()
            self.job = cast("Job", {**self.job, "run": False})
            return self._load_definitions(gone.failure)

    def _load_definitions(self, first: Failure) -> Loaded:
        try:
            loaded = self._open(self.job)
        except GoneError as gone:
            return Loaded((first, gone.failure), 0.0, first)
        return replace(loaded, problems=(first, *loaded.problems), definitions_only=first)

    def _open(self, job: Job) -> Loaded:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        reader, writer = pipe()
        self.printed, self.packets = Printed(reader), Packets(self.control)
        self.watch, self.process = Watch(self.packets, self.printed), -1
        with theirs, _sent(encode(cast("Value", job))) as content:
            self.template.fork(self._request(), [theirs.fileno(), writer, content.fileno()])
        os.close(writer)
        self._isolated()
        said = self._answer(self.seconds)
        return Loaded(tuple(failure(problem) for problem in said["loaded"]), float(said["seconds"]))

    def _request(self) -> dict[str, object]:
        self.folder = None if self.template.level == "full" else tempfile.mkdtemp(prefix="submission-")
        return {"slot": self.template.slot, "level": self.template.level, "limits": asdict(self.limits),
                "work": f"{self.folder}/work" if self.folder else "/work"}

    def _isolated(self) -> None:
        """Wait until the submission process stands in its isolation; that it does not is our trouble."""
        try:
            self.process = self._handle(OPEN_SECONDS)
        except GoneError as gone:
            complaint = bytes(self.printed.kept).decode(errors="replace")
            raise SandboxError(f"the sandbox did not open ({gone.failure.kind}): {complaint[-2000:]}") from gone

    def _handle(self, seconds: float) -> int:
        """The pidfd that comes next. The keeper and the submission process write to one socket, in any order."""
        return self._packet(seconds, lambda packet: len(packet[1]) == 1)[1][0]

    def _packet(self, seconds: float, wanted: Callable[[Packet], bool]) -> Packet:
        def arrived() -> bool:
            return any(wanted(packet) for packet in self.packets.messages)

        try:
            if self.watch.until(arrived, time.monotonic() + seconds):
                place = next(place for place, packet in enumerate(self.packets.messages) if wanted(packet))
                return self.packets.messages.pop(place)
        except FloodedError as flood:
            raise GoneError(Failure("flooded", message=str(flood))) from flood
        raise GoneError(Failure("crashed" if self.watch.ended(self.packets) else "timeout"))

    def _answer(self, seconds: float) -> dict[str, list[Value]]:
        message, _ = self._packet(seconds, lambda packet: not packet[1])
        try:
            said = json.loads(message)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise GoneError(Failure("unreadable"))
        return said

    def observe(self, group: Sequence[Request]) -> list[Observation]:
        """One observation for each request; what ends a probe process costs the request that did it."""
        seen: list[Observation] = []
        while len(seen) < len(group):
            try:
                seen += self._look(group[len(seen) :])
            except GoneError as gone:
                if not self._restarted():
                    seen += [gone.failure] * (len(group) - len(seen))
        return seen

    def _restarted(self) -> bool:
        self.close()
        self.restarts += 1
        try:
            return self.restarts <= MOST_RESTARTS and bool(self._open(self.job))
        except GoneError:
            return False

    def _look(self, group: Sequence[Request]) -> list[Observation]:
        """What one probe process sees, up to the request that ends it."""
        results, printed = self._handed_over(group)
        frames, output = Frames(results), Printed(printed)
        watch = Watch(frames, output)
        probe = self._handle(ANSWER_SECONDS)
        seen: list[Observation] = []
        try:
            while len(seen) < len(group) and (not seen or isinstance(seen[-1], Seen) or seen[-1].kind in ANSWERED):
                seen.append(_next(watch, frames, group[len(seen)].seconds))
        finally:
            status = self._reaped(probe)
            for descriptor in (results, printed, probe):
                os.close(descriptor)
        if isinstance(seen[-1], Failure) and seen[-1].kind == "crashed":
            seen[-1] = replace(seen[-1], type=ending(status))
        return seen

    def _handed_over(self, group: Sequence[Request]) -> tuple[int, int]:
        (results, results_end), (printed, printed_end) = pipe(), pipe()
        with _sent(encode([request.content() for request in group])) as content:
            try:
                socket.send_fds(self.control, [b"look"], [content.fileno(), results_end, printed_end])
            except OSError as error:
                raise GoneError(Failure("crashed")) from error
            finally:
                os.close(results_end)
                os.close(printed_end)
        return results, printed

    def _reaped(self, probe: int) -> int | None:
        with suppress(OSError):
            signal.pidfd_send_signal(probe, signal.SIGKILL)
        with suppress(OSError, GoneError):
            self.control.send(b"reap")
            status = self._answer(ANSWER_SECONDS).get("status")
            return status if isinstance(status, int) else None
        return None

    def close(self) -> None:
        """Kill all that runs in the sandbox."""
        if self.process >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self.process, signal.SIGKILL)
            os.close(self.process)
        self.process = -1
        self.control.close()
        with suppress(OSError):
            os.close(self.printed.descriptor)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def _sent(content: bytes) -> IO[bytes]:
    """An unnamed file with this content, to be read from its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it once it was handed over
    file.write(content)
    file.seek(0)
    return file


def _next(watch: Watch, frames: Frames, seconds: float) -> Observation:
    """The next observation of a probe process, or how it failed to come."""
    taken: list[bytes] = []

    def arrived() -> bool:
        if frame := frames.take():
            taken.append(frame)
        return bool(taken)

    try:
        if watch.until(arrived, time.monotonic() + seconds):
            return observation(taken[0])
    except FloodedError as flood:
        return Failure("flooded", message=str(flood))
    except WireError as error:
        return Failure("unreadable", message=str(error))
    return Failure("crashed" if watch.ended(frames) else "timeout")
