"""What probes tell is spoiled in every form: no judge falls over it, no point is given for what only asks a person."""

from __future__ import annotations

import os
import shutil
import time
import warnings
import zipfile
from functools import cache
from pathlib import Path
from random import Random

import pytest

from graders import assignment
from graders.engine.evidence import Evidence
from graders.engine.grading import Course, grade
from graders.engine.opening import Opener
from graders.engine.record import Class
from graders.engine.validation import solutions
from graders.engine.worker import course
from graders.report.model import Report
from graders.sandbox.layers import probe
from graders.verdict import Status
from tests.hostile.conftest import FIRST_SLOT
from tests.hostile.shaped import Spoiling

pytestmark = pytest.mark.skipif(probe().level == "none", reason="this machine cannot isolate submissions")
FORGED = int(os.environ.get("FORGED", "100"))
SAMPLE = 8
BOUND_SECONDS = 30.0
OFTEN = (0.02, 0.1, 0.4, 1.0)


@cache
def of(id: str) -> Course:
    """What a class of this assignment is graded with."""
    return course(Class(submissions="", assignment=id, seed=0, language="en"), probe().level)


def honest(id: str, folder: Path) -> tuple[Path, Evidence]:
    """The reference as a submission, and what was seen of it."""
    path, out, opener = folder / "reference", folder / "whole", Opener(probe().level, FIRST_SLOT + 50)
    path.mkdir()
    for file in solutions(of(id).assignment):
        shutil.copy(file, path)
    try:
        grade(of(id), "reference", path, out, lambda job: opener.open(of(id).assignment, job))
    finally:
        opener.close()
    with zipfile.ZipFile(out / "evidence.zip") as kept:
        return path, Evidence(out / "evidence.zip", kept.comment.decode())


def judged(id: str, path: Path, seen: Evidence, seed: int) -> Report:
    """The report of whoever tells such things of the reference."""
    rng, out = Random(f"{id} {seed}"), path.parent / "forged"
    shutil.rmtree(out, ignore_errors=True)
    started = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outcome = grade(of(id), "reference", path, out, lambda job: Spoiling(seen, rng, OFTEN[seed % len(OFTEN)]))
    assert time.process_time() - started < BOUND_SECONDS, f"{id}, seed {seed} takes too long"
    return outcome.report


def survive(id: str, folder: Path, seeds: range) -> None:
    """Everybody has a report; what only asks a person is flagged, and gives nothing."""
    path, seen = honest(id, folder)
    for seed in seeds:
        try:
            report = judged(id, path, seen, seed)
        except Exception as problem:
            raise AssertionError(f"{id}, seed {seed}: {type(problem).__name__}: {problem}") from problem
        asked = [line for line in report.criteria if line.diagnosis == "grader"]
        assert all((line.verdict, line.earned) == (Status.PENDING, 0) for line in asked)
        assert not asked or any("own code failed" in flag for flag in report.flags)


def test_no_judge_falls_over_what_is_forged(tmp_path: Path) -> None:
    survive("ue73-tp2", tmp_path, range(SAMPLE))


@pytest.mark.slow
@pytest.mark.parametrize("id", assignment.ids())
def test_no_judge_of_any_assignment_does(id: str, tmp_path: Path) -> None:
    survive(id, tmp_path, range(SAMPLE, SAMPLE + FORGED))
