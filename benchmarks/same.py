"""`python -m benchmarks.same [ID …]`: each example class graded three times; whatever is not the same bytes is named.

Once by one process, once by two, once by one in another order.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from graders.engine.classroom import grade_class
from graders.engine.pool import Work
from graders.engine.record import Class
from graders.sandbox.layers import probe
from graders.submissions.collect import find

EXAMPLES = Path(__file__).parents[1] / "examples" / "submissions"
# What tells when, and how long it took; and what a program prints, which may be how long it took.
TIMES = {"timing.json", "evidence.zip", "trouble.txt", "executed.ipynb"}
WAYS = ((1, False), (2, False), (1, True))


def graded(id: str, out: Path, jobs: int, *, backwards: bool) -> int:
    """Grade an example class; how many could not be graded."""
    works = [Work(name, path, out / name) for name, path in find(EXAMPLES / id)]
    settings = Class(submissions=str(EXAMPLES / id), assignment=id, seed=0, language="en")
    return grade_class(settings, works[::-1] if backwards else works, out, probe().level, jobs, lambda *_: None)


def different(one: Path, other: Path) -> Iterator[str]:
    """Files of two folders that are not the same."""
    names = {path.relative_to(out).as_posix() for out in (one, other) for path in out.rglob("*") if path.is_file()}
    for name in sorted(names):
        if Path(name).name not in TIMES and _bytes(one / name) != _bytes(other / name):
            yield name


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def compare(id: str, folder: Path) -> list[str]:
    """What differs between three gradings of an example class; prints one line."""
    started = time.perf_counter()
    outs = [folder / f"{id}-{number}" for number in range(len(WAYS))]
    for out, (jobs, backwards) in zip(outs, WAYS, strict=True):
        assert not graded(id, out, jobs, backwards=backwards), f"{id}: some could not be graded, see {out}"
    found = sorted({name for out in outs[1:] for name in different(outs[0], out)})
    print(f"{id:10} {time.perf_counter() - started:6.1f} s   {', '.join(found) or 'the same bytes'}", flush=True)
    return found


def main(ids: list[str], folder: str | None = None) -> int:
    """How many classes differ."""
    with tempfile.TemporaryDirectory() as made:
        return sum(bool(compare(id, Path(folder or made))) for id in ids)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir())))
