"""Between the template and the submission process: goes into isolation, then becomes the worker or waits for it."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import cast

from graders.probes.wire import decode
from graders.sandbox import cgroup
from graders.sandbox.isolation import Isolation, isolate
from graders.sandbox.loading import Job, unpack
from graders.sandbox.rlimits import Limits
from graders.sandbox.worker import serve

FIRST = 3
Gate = tuple[int, int]


def keep(request: Mapping[str, object], control: int, output: int) -> None:
    """Isolate this process, wait for a submission, write its files, and serve.

    `request` is {"slot", "level", "limits", "group", "work"}. No student code runs before the judge holds a handle of
    the process that runs it: the gate opens when it was announced.
    """
    cgroup.attach(cgroup.Group(tuple(cast("list[str]", request["group"]))), os.getpid())
    ours, gate, jobs = socket.socket(fileno=_only(control, output)), os.pipe(), list[Job]()
    work = Path(cast("str", request["work"]))
    root = work if request["level"] == "full" else work / "work"
    isolate(
        _spec(request),
        announce=lambda pid: _announce(ours, pid, gate),
        populate=lambda: jobs.append(_populated(ours, root, gate)),
    )
    ours.send(b"isolated")
    tempfile.tempdir = None if root == work else str(work)
    sys.path[:] = [entry for entry in sys.path if "site-packages" in entry or entry.startswith(sys.base_prefix)]
    serve(ours, jobs[0], root)


def _only(control: int, output: int) -> int:
    """Keep these two descriptors as 3 and 4, output also as standard output and error, and no other; control's number."""
    high = [os.dup(descriptor) for descriptor in (control, output)]
    spare = [os.dup2(descriptor, 100 + place) for place, descriptor in enumerate(high)]
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    kept = [os.dup2(descriptor, FIRST + place) for place, descriptor in enumerate(spare)]
    for standard in (1, 2):
        os.dup2(kept[1], standard)
    os.closerange(FIRST + len(kept), os.sysconf("SC_OPEN_MAX"))
    return kept[0]


def _spec(request: Mapping[str, object]) -> Isolation:
    limits = Limits(**cast("dict[str, int]", request["limits"]))
    return Isolation(level=request["level"], slot=request["slot"], work=request["work"], limits=limits)  # type: ignore[arg-type]


def _announce(control: socket.socket, pid: int, gate: Gate) -> None:
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        socket.send_fds(control, [b"stands"], [handle])
        os.close(handle)
        os.write(gate[1], b"!")


def _populated(control: socket.socket, root: Path, gate: Gate) -> Job:
    """The submission, its files written. It may be a while until the judge has one; without one, nothing is to be done."""
    os.read(gate[0], 1)
    for end in gate:
        os.close(end)
    message, handed, _, _ = socket.recv_fds(control, 16, 1)
    if not message:
        os._exit(0)
    with os.fdopen(handed[0], "rb") as file:
        job = cast("Job", decode(file.read()))
    unpack(job["files"], root)
    return job
