"""A submission process without a fork: for systems that have none, and code that is trusted. Started once a submission.

It reads the job as one frame from standard input, reads the files, and says so; then it answers one group of requests
after another, a frame each. Requests share this one process: what one of them changes, the next one meets.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from graders.sandbox.loading import Job


def main(folder: str) -> None:
    """Serve until standard input ends. Results go where standard output went; what student code prints is dropped."""
    from graders.probes.noted import notes
    from graders.probes.seeds import seed_everything
    from graders.probes.wire import Value, decode, encode
    from graders.sandbox.loading import load, prepare, unpack
    from graders.sandbox.worker import answered, fitting

    requests, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(null, standard)
    job, root = _job(requests), Path(folder)
    unpack(job["files"], root)
    started = time.perf_counter()
    seed_everything(0)
    prepare(job, root)
    work, problems = load(job, root, lambda chunk: _send(results, encode({"chunk": cast("Value", fitting(chunk))})))
    told: dict[str, Value] = {"loaded": problems, "surroundings": cast("Value", notes())}
    _send(results, encode({**told, "seconds": time.perf_counter() - started}))
    while content := frame(requests):
        for request in cast("list[dict[str, Value]]", decode(content)):
            _send(results, answered(work, request, job["files"]))


def _job(requests: IO[bytes]) -> Job:
    """What is to be read, when all that it names is imported."""
    from graders.probes.wire import decode
    from graders.sandbox import warming, wide

    warming.warm_up()
    job = cast("Job", decode(frame(requests)))
    if wide.wanted(job):
        warming.widen()
    return job


def frame(stream: IO[bytes]) -> bytes:
    """One whole frame; nothing at the end of the stream."""
    from graders.probes.wire import PREFIX, lengths

    prefix = stream.read(PREFIX.size)
    return prefix + stream.read(sum(lengths(prefix))) if len(prefix) == PREFIX.size else b""


def _send(results: IO[bytes], content: bytes) -> None:
    results.write(content)
    results.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(sys.argv[1])
