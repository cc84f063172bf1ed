"""In which ways a submission is read: as it is; with fewer epochs where that takes too long; else its definitions alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from graders.observe.observation import Failure
from graders.probes.executing import parsed
from graders.probes.hurry import numbers
from graders.sandbox.loading import Job
from graders.sandbox.session import Loaded


def read(job: Job, attempt: Callable[[Job], Loaded | Failure]) -> tuple[Job, Loaded]:
    """The first way that comes to an end, and what was read; where none does, what ended it."""
    first = attempt(job)
    if isinstance(first, Loaded) and not _late(first):
        return job, first
    if _late(first) and job.get("may_hurry") and _gives_epochs(job):
        quick = _with(job, hurry=True)
        again = attempt(quick)
        if isinstance(again, Loaded):
            return quick, again
    elif isinstance(first, Loaded):
        return job, first
    ended = Failure("timeout") if isinstance(first, Loaded) else first
    plain = _with(job, run=False)
    last = attempt(plain)
    if isinstance(last, Loaded):
        return plain, replace(last, problems=(ended, *last.problems), definitions_only=ended)
    return plain, Loaded((ended, last), 0.0, ended, stands=False)


def _with(job: Job, **changed: bool) -> Job:
    return cast("Job", {**job, **changed})


def _late(read: Loaded | Failure) -> bool:
    if isinstance(read, Loaded):
        return any(one.kind == "timeout" for one in read.problems)
    return read.kind == "timeout"


def _gives_epochs(job: Job) -> bool:
    trees = (parsed(chunk, source["file"]) for source in job["sources"] for chunk in source["chunks"])
    return any(any(numbers(ast.Module(tree, []))) for tree in trees if not isinstance(tree, SyntaxError))
