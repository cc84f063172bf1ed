"""The judge's end of the warm template."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from graders.sandbox.environment import environment
from graders.sandbox.session import SandboxError

START_SECONDS = 120


class Template:
    """A running template process."""

    def __init__(self, level: str, slot: int = 0) -> None:
        """Start it; `level` is how far its sandboxes are isolated, `slot` tells concurrent ones apart."""
        self.level, self.slot = level, slot
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        script = Path(__file__).with_name("template.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(script), str(theirs.fileno())], env=environment(), cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pass_fds=[theirs.fileno()])
        theirs.close()
        self.control.settimeout(START_SECONDS)
        self._expect(b"warm")

    def _expect(self, word: bytes) -> None:
        try:
            answer = self.control.recv(16)
        except OSError:
            answer = b""
        if answer != word:
            self.process.kill()
            complaint = self.process.communicate()[1] or b""
            raise SandboxError("the template process does not answer: " + complaint.decode(errors="replace")[-2000:])

    def fork(self, request: dict[str, object], descriptors: Sequence[int]) -> None:
        """Fork a sandbox that holds these descriptors."""
        socket.send_fds(self.control, [json.dumps(request).encode()], list(descriptors))
        self._expect(b"ok")

    def close(self) -> None:
        """End the process; its sandboxes end with it."""
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.process.kill()
        self.process.communicate()
