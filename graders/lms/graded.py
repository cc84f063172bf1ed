"""The reports of a graded class, as an export reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from graders.engine.classroom import settings_of
from graders.language import say
from graders.lms.trouble import ExchangeError
from graders.report.model import Report


@dataclass(frozen=True)
class Graded:
    """A report and the folder it lies in."""

    report: Report
    folder: Path

    @property
    def name(self) -> str:
        """The submission's."""
        return self.report.submission

    @property
    def page(self) -> Path:
        """What a student reads."""
        return self.folder / "report.html"


@dataclass(frozen=True)
class GradedClass:
    """Every submission that has a report, in the language it is written in."""

    folder: Path
    assignment: str
    language: str
    reports: Sequence[Graded]


def graded_class(folder: Path) -> GradedClass:
    """What grade.py wrote into a folder; NoClassError where it did not."""
    settings = settings_of(folder)
    files = sorted(folder.glob("*/report.json"))
    reports = [Graded(_report(file), file.parent) for file in files]
    if not reports:
        raise ExchangeError(say("{path} holds no report. Grade the class into it first.", path=str(folder)))
    return GradedClass(folder, settings.assignment, settings.language, reports)


def _report(file: Path) -> Report:
    try:
        return Report.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise ExchangeError(
            say("{path} cannot be read as a report. Grade the class again: it is written anew.", path=str(file))
        ) from error
