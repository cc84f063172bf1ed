"""The warm template: imports what submissions import, once, and forks a sandbox for each of them.

Started with a clean environment and one control socket; holds no secret. It stays single-threaded and runs no parallel
region, because a fork after one hangs. A packet from the judge asks one of three things:
    {"fork": request} → {"keeper": pid}     a sandbox; two descriptors come along: the submission process's own control
                                            socket, and where its output goes. See `worker` for more
    {"ended": pid} → {"status": …}          how the process ended that this keeper kept; null while it has not; SIGKILL also
                                            where the keeper itself was killed, or was another template's
    {"widen": true} → {"wide": pid}         a second template, forked from this one, which holds what only some submissions
                                            import, too; a descriptor comes along: its own control socket
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PACKET = 65_536
PATIENCE = 2.0


def main(descriptor: int) -> None:
    """Warm up, say so, and serve until the judge hangs up."""
    from graders.sandbox import memory, warming

    memory.limit()
    control = socket.socket(fileno=descriptor)
    warming.warm_up("graders.sandbox.keeper")
    _serve(control)


def _serve(control: socket.socket) -> None:
    control.send(b'{"warm": true}')
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, PACKET, 2)
        if not message:
            return
        control.send(json.dumps(_answered(json.loads(message), descriptors, control)).encode())


def _answered(asked: Mapping[str, Any], descriptors: Sequence[int], control: socket.socket) -> Mapping[str, object]:
    if "widen" in asked:
        return {"wide": _widened(descriptors[0], control)}
    if "fork" in asked:
        return {"keeper": _forked(asked["fork"], descriptors)}
    return {"status": _ended(asked["ended"])}


def _widened(descriptor: int, control: socket.socket) -> int:
    """The pid of the second template, which ends with this one."""
    itself = os.getpid()
    if wide := os.fork():
        os.close(descriptor)
        return wide
    try:
        from graders.sandbox import kernel, warming

        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        control.close()
        if os.getppid() == itself:
            warming.widen()
            _serve(socket.socket(fileno=descriptor))
    finally:
        os._exit(1)


def _forked(request: dict[str, object], descriptors: Sequence[int]) -> int:
    """The pid of a keeper, which goes into isolation with these descriptors."""
    if keeper := os.fork():
        for descriptor in descriptors:
            os.close(descriptor)
        return keeper
    try:
        from graders.sandbox.keeper import keep

        keep(request, *descriptors)
    except BaseException:  # noqa: BLE001  # told where the judge reads what a sandbox prints
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(1)


def _ended(keeper: int) -> int | None:
    """The exit status of what a keeper kept, negative for a signal; None while it lives."""
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline:
            pid, status = os.waitpid(keeper, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.001)
    except ChildProcessError:
        return -signal.SIGKILL
    return None


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(int(sys.argv[1]))
