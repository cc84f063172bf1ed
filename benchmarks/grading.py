"""What grading adds to the students' own compute, and what scoring and judging again cost beside it."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.classes import ID, LEVEL, make
from graders import assignment
from graders.engine.classroom import grade_class, rescore_class
from graders.engine.lineage import reached
from graders.engine.pool import Work
from graders.engine.record import Class, read_record, write_record
from graders.submissions.collect import find
from graders.suite.loading import hidden_suite

JOBS = 2
CHANGED = "metrics.py"
TIMES = 3


@dataclass(frozen=True)
class Run:
    """Seconds of wall clock; the sum of the students' own compute; the median over submissions of what came on top."""

    wall: float
    computed: float
    overhead: float
    memory: float


def grade(submissions: Path, out: Path) -> Run:
    """Grade a class, or grade it again where something is stored."""
    settings = Class(submissions=str(submissions), assignment=ID, seed=0, language="fr")
    works = [Work(name, path, out / name) for name, path in find(submissions)]
    started = time.perf_counter()
    grade_class(settings, works, out, LEVEL, JOBS, lambda *_: None)
    wall = time.perf_counter() - started
    costs = [json.loads((work.out / "timing.json").read_text()) for work in works]
    warm = sorted(costs, key=lambda one: one["seconds"] - one["student_seconds"])[: len(costs) - JOBS] or costs
    return Run(
        wall,
        sum(one["student_seconds"] for one in costs),
        statistics.median(one["seconds"] - one["student_seconds"] for one in warm),
        max(one["memory_mb"] for one in costs),
    )


def forget_verdicts(out: Path, file: Path | None = None) -> None:
    """As if this file of checks had changed, or what all checks stand on: it is judged again, from stored evidence."""
    suite = hidden_suite(assignment.load(ID))
    files = {one.id: one.declared_in for one in [*suite.criteria.values(), *suite.paintings]}
    changed = {id for id, declared in files.items() if file is None or file in reached(frozenset(declared))}
    for folder in out.iterdir():
        if record := read_record(folder):
            left = {id: digest for id, digest in record.decided_by.items() if id not in changed}
            write_record(folder, record.model_copy(update={"judged_from": "another suite", "decided_by": left}))


def judged_again(submissions: Path, out: Path, file: Path | None = None) -> float:
    """Seconds of wall clock, the median of a few times: it is so short that the machine's own pace would decide."""
    walls = list[float]()
    for _ in range(TIMES):
        forget_verdicts(out, file)
        walls.append(grade(submissions, out).wall)
    return statistics.median(walls)


def other_points(out: Path) -> None:
    """As if points had changed: no report is what it would be written as, and all of them are on the disk."""
    for file in [*out.glob("*/report.json"), *out.glob("*/report.html")]:
        file.write_bytes(file.read_bytes() + b"\n")
    os.sync()


def report(size: int) -> None:
    """Print the figures of a class of `size`."""
    with tempfile.TemporaryDirectory() as folder:
        submissions, out = make(Path(folder, "class"), size), Path(folder, "out")
        first = grade(submissions, out)
        again = judged_again(submissions, out)
        some = judged_again(submissions, out, assignment.load(ID).secret / "hidden" / CHANGED)
        unchanged = grade(submissions, out)
        other_points(out)
        started = time.perf_counter()
        rescore_class(out)
        rescored = time.perf_counter() - started
    print(f"{size} submissions, {JOBS} workers, isolation {LEVEL}")
    print(
        f"  grading            {first.wall:8.2f} s   {first.wall * JOBS / first.computed:6.2f} × the students' own compute "
        f"({first.computed:.1f} s)"
    )
    print(f"  over their compute {1000 * first.overhead:8.0f} ms a submission (median, template warm)")
    print(f"  memory of a worker {first.memory:8.0f} MB at most")
    print(f"  one check changed  {some:8.2f} s   {first.wall / some:6.1f} times faster than grading ({CHANGED})")
    print(f"  all judged again   {again:8.2f} s   {first.wall / again:6.1f} times faster than grading")
    print(f"  nothing changed    {unchanged.wall:8.2f} s")
    print(f"  scoring again      {rescored:8.2f} s   {1000 * rescored / size:6.2f} ms a submission")
