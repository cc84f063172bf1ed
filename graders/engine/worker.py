"""What one process of the pool holds: the course, read once, and its warm template."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from graders import assignment
from graders.engine.digests import of_judging
from graders.engine.grading import Course, Outcome, grade
from graders.engine.opening import Opener
from graders.engine.record import Class
from graders.suite.loading import hidden_suite, published


class Worker:
    """Grades submissions of one class."""

    def __init__(self, settings: Class, level: str, slot: int) -> None:
        """Read the assignment and its hidden suite."""
        self.course = course(settings, level)
        self.opener = Opener(level, slot)

    def grade(self, name: str, path: Path, out: Path) -> Outcome:
        """Grade one submission."""
        return grade(self.course, name, path, out, lambda job: self.opener.open(self.course.assignment, job))


def course(settings: Class, level: str) -> Course:
    """What every submission of a class is graded with."""
    ours = assignment.load(settings.assignment)
    judged_from = of_judging(ours, ours.secret / "hidden", settings.seed)
    return Course(ours, hidden_suite(ours), judged_from, given(ours, settings.seed), settings.seed, settings.language,
                  level)


def given(ours: assignment.Assignment, seed: int) -> dict[str, bytes]:
    """What lies in every student's working directory, made from the seed; nothing where the assignment has no data."""
    if not (ours.folder / "data.py").exists():
        return {}
    return cast("dict[str, bytes]", published(ours.id, "data").given(seed))
