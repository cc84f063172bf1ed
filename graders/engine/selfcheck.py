"""The published checks on one's own folder: the same way as a grading, with nothing hidden in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graders.assignment import Assignment
from graders.engine.grading import Course, grade
from graders.engine.opening import Opener
from graders.engine.release import VISIBLE_SEED, given
from graders.report.model import Report
from graders.suite.loading import self_check


def checked(assignment: Assignment, folder: Path, language: str, level: str) -> Report:
    """The report of the published checks on a student's own folder."""
    suite = self_check(assignment)
    lines = tuple(line for line in assignment.rubric if line.id in suite.criteria)
    visible = assignment.model_copy(update={"rubric": lines})
    course = Course(visible, suite, {}, given(assignment), VISIBLE_SEED, language, level)
    opener = Opener(level, 0)
    try:
        with tempfile.TemporaryDirectory() as out:
            return grade(course, folder.resolve().name, folder, Path(out), lambda job: opener.open(visible, job)).report
    finally:
        opener.close()
