"""The judge's end of the warm template."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from graders.sandbox.environment import environment
from graders.sandbox.identity import SLOTS
from graders.sandbox.session import KilledError, SandboxError

START_SECONDS, ANSWER_SECONDS = 120, 30
ANSWER = 4096


class Template:
    """A template process that runs whenever a sandbox is asked of it: one that died is started again."""

    def __init__(self, level: str, slot: int = 0) -> None:
        """Start it; `level` is how far its sandboxes are isolated, `slot` is where to look for a free one."""
        self.level = level
        self.slot, self._claim = claimed(slot)
        self._left: list[Callable[[], None]] = []
        self._wide: socket.socket | None = None
        self._groups = cycle(f"graders-{self.slot}-{which}" for which in ("a", "b"))
        self._start()

    def _start(self) -> None:
        """Start it; one that was killed while it warmed up is started once more."""
        try:
            self._launch()
        except SandboxError:
            self._end()
            self._launch()

    def _launch(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the process
        script = Path(__file__).with_name("template.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(theirs.fileno())],
            env=environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.complaints,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._warmed(self.control)

    def _warmed(self, control: socket.socket) -> socket.socket:
        """The same, when the template at its other end is warm."""
        control.settimeout(START_SECONDS)
        self._answer(control)
        control.settimeout(ANSWER_SECONDS)
        return control

    def _widened(self) -> socket.socket:
        """The control socket of the template that holds more libraries, which is forked with the first that asks for it."""
        if self._wide is None:
            self._wide, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                socket.send_fds(self.control, [b'{"widen": true}'], [theirs.fileno()])
            self._answer(self.control)
            self._warmed(self._wide)
        return self._wide

    def _answer(self, control: socket.socket) -> Mapping[str, object]:
        """What is said next. One that says nothing is ended, and told as our own trouble."""
        with suppress(OSError):
            if message := control.recv(ANSWER):
                return dict(json.loads(message))
        self.process.kill()
        self.process.wait()
        self.complaints.seek(0)
        complaint = self.complaints.read()[-2000:].decode(errors="replace")
        raise (KilledError if self.process.returncode == -signal.SIGKILL else SandboxError)(
            "the template process does not answer: " + complaint
        )

    def fork(self, request: Mapping[str, object], descriptors: Sequence[int], *, wide: bool) -> int:
        """Fork a sandbox that holds these descriptors, and perhaps more libraries; the pid of its keeper."""
        try:
            return self._forked(request, descriptors, wide)
        except (SandboxError, OSError):
            self.renew()
            return self._forked(request, descriptors, wide)

    def renew(self) -> None:
        """End it and start it again."""
        self._end()
        self._start()

    def _forked(self, request: Mapping[str, object], descriptors: Sequence[int], wide: bool) -> int:
        asked = {"fork": {**request, "slot": self.slot, "level": self.level}}
        control = self._widened() if wide else self.control
        socket.send_fds(control, [json.dumps(asked).encode()], list(descriptors))
        keeper = self._answer(control)["keeper"]
        assert isinstance(keeper, int), "the template answers with a pid"
        return keeper

    def group(self) -> str:
        """What the next sandbox calls its control group; the one before it may not be gone yet, and has another name."""
        return next(self._groups)

    def later(self, last: Callable[[], None]) -> None:
        """What is left to do for a sandbox that was killed; it can wait until the next one is used."""
        self._left.append(last)

    def settle(self) -> None:
        """Do what was left."""
        while self._left:
            self._left.pop()()

    def ended(self, keeper: int, *, wide: bool) -> int | None:
        """Wait for the end of a keeper: the exit status of the process it kept, negative for a signal; None while it lives."""
        control = self._wide if wide and self._wide else self.control
        try:
            control.send(json.dumps({"ended": keeper}).encode())
            status = self._answer(control)["status"]
        except (SandboxError, OSError):  # the template was killed, and with it whatever it started
            return -signal.SIGKILL
        return status if isinstance(status, int) else None

    def close(self) -> None:
        """End the process, and with it its sandboxes; somebody else may have the slot."""
        self._end()
        self._claim.close()

    def _end(self) -> None:
        self.settle()
        self.control.close()
        if self._wide:
            self._wide.close()
        self._wide = None
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.wait()
        self.complaints.close()


def claimed(first: int) -> tuple[int, socket.socket]:
    """A slot that no other grading on this machine has, and what claims it until it is closed.

    The processes of a slot have a user of their own, and that user's limits: two gradings must not share one.
    """
    for slot in range(first, SLOTS):
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0graders slot {slot}")
        except OSError:
            claim.close()
        else:
            return slot, claim
    raise SandboxError(f"{SLOTS - first} gradings run on this machine already")
