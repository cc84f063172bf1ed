"""The submission process: reads the student's files once, then forks a probe process for each group of requests.

It talks over one control socket, a message a packet, after the keeper has sent a handle of it:
    worker → judge   "isolated"                                                  once, before any student code
    worker → judge   {"begins": true}                                            once, before any student code too
    worker → judge   {"chunk": what a cell or a script printed, how it ended}    while the files are read
    worker → judge   {"loaded": problems, "surroundings", "seconds"}             once, after the files were read
    worker → judge   {"ours": where, "type"}                   code of ours failed, and this process ends
    judge → worker   "look" with three descriptors: requests to read, results to write, where its output goes
    judge → worker   "reap"                                    the group has ended, or takes too long
    worker → judge   {"status": exit status, negative for a signal}
A probe process writes one frame an observation. From the first line of the student's module on, nothing that this
process says is trusted; it holds no secret, and all that it can spoil is its own observations.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import cast

from graders.probes.catalogue import PROBES
from graders.probes.executing import Chunk
from graders.probes.noted import notes
from graders.probes.plain import TooMuchError
from graders.probes.raised import described, ours, own_place
from graders.probes.seeds import seed_everything
from graders.probes.wire import Array, Value, decode, encode
from graders.probes.work import Work
from graders.sandbox import seccomp
from graders.sandbox.children import forked, reaped, sweep
from graders.sandbox.loading import Job, load, prepare, unpack

PACKET, MOST_TOLD = 60_000, 8_000
# What no object of a student's makes a probe raise without a line of the student's on the way.
NOBODY_ELSES = (NameError, UnboundLocalError, AssertionError)

Files = Mapping[str, Array]


def serve(control: socket.socket, job: Job, root: Path) -> None:
    """Read the files, say so, and fork a probe process for each group until the judge hangs up."""
    seed_everything(0)
    with _telling(control, lambda problem: True):
        prepare(job, root)
    _say(control, {"begins": True})
    with _telling(control, lambda problem: ours(problem, str(root))):
        _serve(control, job, root)


@contextmanager
def _telling(control: socket.socket, of: Callable[[Exception], bool]) -> Iterator[None]:
    """Say which fault of ours ends this process."""
    try:
        yield
    except Exception as problem:
        if of(problem):
            _say(control, {"ours": own_place(problem), "type": type(problem).__name__})
        raise


def _serve(control: socket.socket, job: Job, root: Path) -> None:
    started, itself = time.perf_counter(), os.getpid()

    def tell(chunk: Chunk) -> None:
        _end_copies(itself)
        _say(control, {"chunk": fitting(chunk)})

    work, problems = load(job, root, tell)
    _end_copies(itself)
    sweep()
    _say(control, {"loaded": _fitting(problems), "surroundings": notes(), "seconds": time.perf_counter() - started})
    gc.freeze()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 16, 3)
        if message != b"look":
            return
        probe = forked(partial(_look, work, job["files"], control, *descriptors))
        for descriptor in descriptors:
            os.close(descriptor)
        if control.recv(16) != b"reap":
            return
        _say(control, {"status": reaped(probe)})


def _end_copies(itself: int) -> None:
    """A process that student code forked, and let run on to here, is nobody's."""
    if os.getpid() != itself:
        os._exit(0)


def _say(control: socket.socket, message: Mapping[str, object]) -> None:
    control.send(json.dumps(message).encode())


def fitting(chunk: Chunk) -> Mapping[str, object]:
    """What is told of a chunk, as much as one packet holds."""
    most = MOST_TOLD
    while True:
        told = {"printed": chunk.printed[:most], "shown": chunk.shown[-most:]}
        content = {"file": chunk.file, "cell": chunk.cell, "seconds": chunk.seconds, "raised": chunk.raised, **told}
        if len(json.dumps(content)) < PACKET or not most:
            return content
        most //= 2


def _fitting(problems: Sequence[Value]) -> Sequence[Value]:
    """The first problems, as many as one packet holds."""
    while len(json.dumps(problems)) > PACKET:
        problems = problems[: len(problems) // 2]
    return problems


def _look(work: Work, files: Files, control: socket.socket, *descriptors: int) -> None:
    """Answer every request of a group, one frame each."""
    requests, results, output = descriptors
    itself = os.getpid()
    os.setpgid(0, 0)
    control.close()
    if os.getppid() == 1:
        seccomp.outlive_own_code(itself)
    os.dup2(output, 1)
    os.dup2(output, 2)
    with os.fdopen(requests, "rb") as file:
        group = cast("list[dict[str, Value]]", decode(file.read()))
    for request in group:
        frame = answered(work, request, files)
        _end_copies(itself)
        _write(results, frame)


def answered(work: Work, request: Mapping[str, Value], files: Files) -> bytes:
    """The frame of one observation; whatever goes wrong in it is a failure of this one alone."""
    started = time.perf_counter()
    seed_everything(cast("int", request["seed"]))
    answer: dict[str, Value] = {"value": None, "failure": None}
    try:
        answer["value"] = _seen(work, request, files)
    except BaseException as problem:  # noqa: BLE001  # exit() and interrupts of student code are problems too
        answer["failure"] = _failure(problem, _roots(work, request))
    answer["seconds"] = time.perf_counter() - started
    try:
        return encode(answer)
    except Exception as problem:  # noqa: BLE001  # a value that cannot be sent is a failure of this observation
        return encode({**answer, "value": None, "failure": _failure(problem, _roots(work, request))})


def _seen(work: Work, request: Mapping[str, Value], files: Files) -> Value:
    if request["fresh"]:
        _moved_to_a_copy(work, cast("str", request["fresh"]), files)
    arguments = cast("dict[str, Value]", request["arguments"])
    return PROBES[cast("str", request["probe"])](work, **arguments)


def _moved_to_a_copy(work: Work, name: str, files: Files) -> None:
    """Work in a folder of this name that holds the files as they were handed in, whatever reading them did to the first."""
    copy = _copy(name)
    if not copy.exists():
        unpack(files, copy)
    os.chdir(copy / work.folder)


def _copy(name: str) -> Path:
    return Path(tempfile.gettempdir(), name)


def _roots(work: Work, request: Mapping[str, Value]) -> Sequence[str]:
    """Where the student's files lie: as they were read, and in the copy that is worked in."""
    fresh = cast("str", request["fresh"])
    return [work.root, str(_copy(fresh))] if fresh else [work.root]


def _failure(problem: BaseException, roots: Sequence[str]) -> Value:
    if type(problem) in NOBODY_ELSES and ours(problem, *roots):
        return {"kind": "ours", "type": type(problem).__name__, "message": own_place(problem)}
    return {"kind": _kind(type(problem), problem), **described(problem, *roots)}


def _kind(kind: type, problem: BaseException) -> str:
    """NumPy has its own MemoryError; torch has none and says it in the message of a RuntimeError."""
    said = str(problem) if kind is RuntimeError else ""
    if issubclass(kind, MemoryError) or "can't allocate memory" in said:
        return "memory"
    return "flooded" if issubclass(kind, TooMuchError) else "raised"


def _write(descriptor: int, frame: bytes) -> None:
    view = memoryview(frame)
    while view:
        view = view[os.write(descriptor, view) :]
