"""What one process of the pool holds: the course, read once, and its warm template."""

from __future__ import annotations

import gc
from pathlib import Path

from graders import assignment
from graders.engine.digests import of_judging
from graders.engine.garbage import collect_seldom
from graders.engine.grading import Course, Outcome, grade
from graders.engine.lineage import decided_by
from graders.engine.opening import Opener
from graders.engine.record import Class
from graders.engine.release import given
from graders.suite.loading import hidden_suite


class Worker:
    """Grades submissions of one class."""

    def __init__(self, settings: Class, level: str, slot: int) -> None:
        """Read the assignment and its hidden suite."""
        self.course = course(settings, level)
        self.opener = Opener(level, slot)
        # What is there now stays: the collector need not look at it again.
        gc.freeze()
        collect_seldom()

    def grade(self, name: str, path: Path, out: Path) -> Outcome:
        """Grade one submission."""
        return grade(self.course, name, path, out, lambda job: self.opener.open(self.course.assignment, job))


def course(settings: Class, level: str) -> Course:
    """What every submission of a class is graded with."""
    ours = assignment.load(settings.assignment)
    suite = hidden_suite(ours)
    decided = decided_by(suite, of_judging(ours, ours.secret / "hidden", settings.seed))
    return Course(ours, suite, decided, given(ours, settings.seed), settings.seed, settings.language, level)
