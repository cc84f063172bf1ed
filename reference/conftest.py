"""`pytest reference/ID --submission DIR`: one item a criterion, for -k, --pdb and JUnit XML."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders import assignment
from graders.engine.grading import Outcome
from graders.engine.record import Class
from graders.engine.worker import Worker
from graders.report.model import Line, Report
from graders.sandbox.layers import probe
from graders.verdict import Status


def pytest_addoption(parser: pytest.Parser) -> None:
    """The submission to look at."""
    parser.addoption("--submission", type=Path, help="a student's folder or file: every criterion becomes a test")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A hidden suite is collected where a submission is given."""
    if file_path.parent.name == "hidden" and file_path.name == "__init__.py" and parent.config.getoption("submission"):
        return HiddenSuite.from_parent(parent, path=file_path)
    return None


class HiddenSuite(pytest.File):
    """The criteria of one assignment."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item a criterion that a machine judges."""
        ours = assignment.load(self.path.parents[1].name)
        report = _Once(ours.id, self.config.getoption("submission"))
        for line in ours.rubric:
            if not line.manual:
                yield CriterionItem.from_parent(self, name=line.id, report=report)


class _Once:
    """The report of the submission, made when the first item asks for it."""

    def __init__(self, id: str, path: Path) -> None:
        self.id, self.path = id, path
        self._report: Report | None = None

    def line(self, id: str) -> Line:
        """What the report says of one criterion."""
        self._report = self._report or self._graded().report
        return next(line for line in self._report.criteria if line.id == id)

    def _graded(self) -> Outcome:
        settings = Class(submissions=str(self.path), assignment=self.id, seed=0, language="en")
        worker = Worker(settings, probe().level, 0)
        with tempfile.TemporaryDirectory() as out:
            try:
                return worker.grade(self.path.name, self.path, Path(out))
            finally:
                worker.opener.close()


class CriterionItem(pytest.Item):
    """Passes where the verdict does."""

    def __init__(self, *, report: _Once, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # pytest's own constructor
        self.report = report

    def runtest(self) -> None:
        """Fail with the feedback."""
        line = self.report.line(self.name)
        if line.verdict is not Status.PASS:
            pytest.fail(f"{line.verdict}, {line.diagnosis}: {line.feedback}", pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands, by its id."""
        return self.path, None, self.name
