"""The submission process: reads the student's files once, then forks a probe process for each group of requests.

It talks over one control socket, a message a packet:
    worker → judge   {"loaded": problems, "seconds"}                             once, after the files were read
    judge → worker   "look" with two descriptors: requests to read, results to write   a probe process is forked
    worker → judge   "forked" with a pidfd of the probe process
    judge → worker   "reap"                                    the group has ended, or was killed from outside
    worker → judge   {"status": exit status, negative for a signal}
A probe process writes one frame an observation. From the first line of the student's module on, nothing that this
process says is trusted; it holds no secret, and all that it can spoil is its own observations.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from graders.probes.catalogue import PROBES
from graders.probes.plain import TooMuchError
from graders.probes.raised import described
from graders.probes.seeds import seed_everything
from graders.probes.subject import Work
from graders.probes.wire import Array, Value, decode, encode
from graders.sandbox.loading import Job, load, unpack

MOST_PROBLEMS = 40
GRACE = 0.1
PACKET = 65_536

Files = Mapping[str, Array]


def serve(control: socket.socket, job: Job, root: Path) -> None:
    """Read the files, say so, and fork a probe process for each group until the judge hangs up."""
    started = time.perf_counter()
    seed_everything(0)
    work, problems = load(job, root)
    _say(control, {"loaded": problems[:MOST_PROBLEMS], "seconds": time.perf_counter() - started})
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 3)
        if message != b"look":
            return
        probe = _forked(lambda fds=descriptors: _look(work, job["files"], *fds))
        _hand_over(control, probe, descriptors)
        if control.recv(16) != b"reap":
            return
        _say(control, {"status": _reaped(probe)})


def _say(control: socket.socket, message: Mapping[str, object]) -> None:
    control.send(json.dumps(message).encode()[:PACKET])


def _forked(child: Callable[[], None]) -> int:
    if pid := os.fork():
        return pid
    try:
        child()
    finally:
        os._exit(0)


def _hand_over(control: socket.socket, probe: int, descriptors: list[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)
    handle = os.pidfd_open(probe)
    socket.send_fds(control, [b"forked"], [handle])
    os.close(handle)


def _reaped(probe: int) -> int:
    """The exit status of a probe process; it and whatever it left running are gone afterwards."""
    deadline = time.monotonic() + GRACE
    while (ended := os.waitpid(probe, os.WNOHANG))[0] == 0:
        if time.monotonic() > deadline:
            os.kill(probe, signal.SIGKILL)
        time.sleep(0.001)
    _sweep(probe)
    return os.waitstatus_to_exitcode(ended[1])


def _sweep(probe: int) -> None:
    """Kill what the group left behind: all of the namespace where this process is its init, else its process group."""
    with suppress(ProcessLookupError, PermissionError):
        if os.getpid() == 1:
            os.kill(-1, signal.SIGKILL)
        else:
            os.killpg(probe, signal.SIGKILL)
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _look(work: Work, files: Files, requests: int, results: int, output: int) -> None:
    """Answer every request of a group, one frame each."""
    os.setpgid(0, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    with os.fdopen(requests, "rb") as file:
        group = cast("list[dict[str, Value]]", decode(file.read()))
    for request in group:
        _write(results, answered(work, request, files))
        sys.stdout.flush()


def answered(work: Work, request: Mapping[str, Value], files: Files) -> bytes:
    """The frame of one observation; whatever goes wrong in it is a failure of this one alone."""
    started = time.perf_counter()
    seed_everything(cast("int", request["seed"]))
    answer: dict[str, Value] = {"value": None, "failure": None}
    try:
        answer["value"] = _seen(work, request, files)
    except BaseException as problem:  # noqa: BLE001  # exit() and interrupts of student code are problems too
        answer["failure"] = _failure(problem, work)
    answer["seconds"] = time.perf_counter() - started
    try:
        return encode(answer)
    except Exception as problem:  # noqa: BLE001  # a value that cannot be sent is a failure of this observation
        return encode({**answer, "value": None, "failure": _failure(problem, work)})


def _seen(work: Work, request: Mapping[str, Value], files: Files) -> Value:
    if request["fresh"]:
        _moved_to_a_copy(work, cast("str", request["fresh"]), files)
    arguments = cast("dict[str, Value]", request["arguments"])
    return PROBES[cast("str", request["probe"])](work, **arguments)


def _moved_to_a_copy(work: Work, name: str, files: Files) -> None:
    """Work in a folder of this name that holds the files as they were handed in, whatever reading them did to the first."""
    copy = Path(tempfile.gettempdir(), name)
    if not copy.exists():
        unpack(files, copy)
    os.chdir(copy / work.folder)


def _failure(problem: BaseException, work: Work) -> Value:
    kind = {MemoryError: "memory", TooMuchError: "flooded"}.get(type(problem), "raised")
    return {"kind": kind, **described(problem, work.root)}


def _write(descriptor: int, frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[os.write(descriptor, view) :]


def read_job(descriptor: int) -> Job:
    """The job that the judge wrote for this sandbox."""
    with os.fdopen(descriptor, "rb") as file:
        return cast("Job", decode(file.read()))
