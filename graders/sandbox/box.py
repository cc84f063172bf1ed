"""The judge's end of one sandbox: a submission process in its isolation, and all that the judge holds of it.

The judge acts on nothing that student code could have made. It kills by the handle that the keeper announced before
the first line of student code ran; a probe process is killed by its parent, the submission process, and where that one
does not answer, the whole sandbox goes.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict, replace
from typing import cast

from graders.observe.observation import Failure, Observation
from graders.observe.request import Request
from graders.probes.wire import Value, WireError, encode
from graders.sandbox import cgroup
from graders.sandbox.failures import GoneError, answer, ending, loaded, ran
from graders.sandbox.loading import Job
from graders.sandbox.probing import Probing
from graders.sandbox.rlimits import Limits
from graders.sandbox.session import KilledError, Loaded, Ran, SandboxError
from graders.sandbox.streams import FloodedError, Packets, Printed, Watch, pipe, sealed
from graders.sandbox.turns import taken
from graders.sandbox.warm import Template

OPEN_SECONDS = 20
# Nobody's code but the student's may lie below it: a file is told by its path from here.
WORK = "/submission"
ANSWER_SECONDS = 10
MOST_RESULTS = 256 * 2**20
MOST_TOLD = 2_000


class Box:
    """A sandbox of the template; it opens while the judge does something else, until it is given a submission."""

    def __init__(self, template: Template, limits: Limits, *, wide: bool = False) -> None:
        """Begin to open it; `wide` where it is to hold more libraries."""
        self.template, self.limits, self.wide = template, limits, wide
        self.left, self.keeper, self.stands = MOST_RESULTS, 0, True
        self.folder = None if template.level == "full" else tempfile.mkdtemp(prefix="submission-")
        # A process that reaches its own limit is told so; the group's is above that, and counts files in memory too.
        self.group = cgroup.create(template.group(), limits.memory_bytes + limits.disk_bytes, limits.processes + 8)
        self.turn = taken(template.level, self.group)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.settimeout(ANSWER_SECONDS)
        reader, writer = pipe()
        self.printed, self.packets = Printed(reader), Packets(self.control)
        self.watch = Watch(self.packets, self.printed)
        try:
            with theirs, os.fdopen(writer, "wb"):
                asked = {"limits": asdict(limits), "group": self.group.folders, "work": self.folder or WORK}
                self.keeper = template.fork(asked, [theirs.fileno(), writer], wide=wide)
        except BaseException:
            self.close()
            raise

    def give(self, job: Job) -> None:
        """Give it a submission; SandboxError where it does not stand, KilledError where that is because something was killed.

        Two messages come before the first line of student code: the keeper's, and that the isolation is there.
        """
        try:
            self._wait(1)
            with os.fdopen(sealed(encode(cast("Value", job))), "rb") as content, suppress(OSError):
                socket.send_fds(self.control, [b"job"], [content.fileno()])
            self._wait(2)
        except BaseException:
            self.close()
            raise
        self.packets.messages.clear()

    def _wait(self, messages: int) -> None:
        """Wait for so many messages; that they do not come is our trouble."""
        end = self.watch.until(lambda: len(self.packets.messages) == messages, time.monotonic() + OPEN_SECONDS)
        if end != "done":
            os.set_blocking(self.printed.descriptor, False)
            with suppress(BlockingIOError):
                self.printed.feed()
            complaint = bytes(self.printed.kept).decode(errors="replace")
            killed = end == "over" and self._status() == -signal.SIGKILL
            raise (KilledError if killed else SandboxError)(f"the sandbox did not open ({end}): {complaint[-2000:]}")

    def read(self, seconds: float) -> Loaded:
        """Let it read the files, for `seconds` at most. GoneError where that does not come to an end."""
        ends, told = time.monotonic() + seconds, list[Ran]()
        self._begun(seconds)
        try:
            while one := ran(said := self._answer(ends - time.monotonic())):
                told.append(one)
                if len(told) > MOST_TOLD:
                    raise GoneError(Failure("flooded", message="cells"))
            return replace(loaded(said), ran=tuple(told))
        except WireError as error:
            raise GoneError(Failure("unreadable", message=str(error))) from error

    def _begun(self, seconds: float) -> None:
        """No line of student code has run before this: whatever failed by then is ours, and nobody can claim it later."""
        try:
            self._answer(seconds)
        except GoneError as gone:
            if gone.failure.kind == "ours":
                raise SandboxError(f"{gone.failure.type}, {gone.failure.message}") from gone
            raise

    def _answer(self, seconds: float) -> object:
        """The next message of the submission process."""
        try:
            end = self.watch.until(lambda: bool(self.packets.messages), time.monotonic() + seconds)
        except FloodedError as flood:
            raise GoneError(Failure("flooded", message=str(flood))) from flood
        if end != "done":
            raise GoneError(Failure("timeout") if end == "late" else self._ended())
        return answer(self.packets.messages.pop(0))

    def _ended(self) -> Failure:
        """How the submission process ended."""
        return self._explained(Failure("crashed"), self._status())

    def _status(self) -> int | None:
        """How the keeper ended, if it has; then its number may be somebody else's."""
        status = self.template.ended(self.keeper, wide=self.wide)
        self.keeper = self.keeper if status is None else 0
        return status

    def _explained(self, crashed: Failure, status: object) -> Failure:
        """The same failure with how the process ended; killed for memory is a kind of its own.

        At full isolation nobody inside can kill the submission process, which is the first of its pid namespace, nor a
        probe process, which has a filter against that: KilledError where it was killed.
        """
        how = ending(status)
        if how == "SIGKILL" and cgroup.killed_for_memory(self.group):
            return Failure("memory")
        if how == "SIGKILL" and self.template.level == "full":
            raise KilledError("the sandbox was killed, by nobody inside")
        return replace(crashed, type=how)

    def look(self, group: Sequence[Request]) -> list[Observation]:
        """What one probe process sees, up to the request that ends it. GoneError where none could be started."""
        results, printed = self._handed_over(group)
        with closing(Probing(results, printed, self.left)) as probing:
            seen = probing.observe(group)
            self.left -= probing.frames.size
        status = self._reaped()
        last = seen[-1]
        if isinstance(last, Failure) and last.kind == "crashed":
            seen[-1] = self._explained(last, status)
        return seen

    def _handed_over(self, group: Sequence[Request]) -> tuple[int, int]:
        (results, results_end), (printed, printed_end) = pipe(), pipe()
        content = sealed(encode([request.content() for request in group]))
        try:
            socket.send_fds(self.control, [b"look"], [content, results_end, printed_end])
        except OSError as error:
            os.close(results)
            os.close(printed)
            raise GoneError(self._ended()) from error
        finally:
            for descriptor in (content, results_end, printed_end):
                os.close(descriptor)
        return results, printed

    def _reaped(self) -> object:
        """The status of the probe process, by the account of its parent; where that does not answer, nothing stands."""
        try:
            self.control.send(b"reap")
            said = self._answer(ANSWER_SECONDS)
        except (OSError, GoneError) as error:
            if isinstance(error, OSError):
                self._ended()
            said, self.stands = None, False
        return said.get("status") if isinstance(said, dict) else None

    def close(self) -> None:
        """Kill all that runs in the sandbox. What the kernel then takes apart is waited for before the next one opens."""
        if self.packets.handle >= 0:
            with suppress(OSError):
                signal.pidfd_send_signal(self.packets.handle, signal.SIGKILL)
            os.close(self.packets.handle)
        self.control.close()
        self.watch.close()
        os.close(self.printed.descriptor)
        # Nobody else has its number while its parent lives and has not been asked how it ended.
        if self.keeper and self.packets.handle < 0 and self.template.process.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.keeper, signal.SIGKILL)
        self.template.later(self._gone)
        if self.turn:
            self.template.settle()

    def _gone(self) -> None:
        """Nothing of the sandbox is left afterwards."""
        if self.keeper:
            self.template.ended(self.keeper, wide=self.wide)
        cgroup.remove(self.group)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self.turn:
            self.turn.close()
