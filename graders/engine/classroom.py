"""A class: grade, score again, judge again; the pages and tables over all of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from graders import assignment
from graders.engine.pool import Trouble, Work, outcomes
from graders.engine.record import VERDICTS, Class
from graders.engine.scoring import REPORT, again, read_report
from graders.engine.spread import spread
from graders.engine.whole import write
from graders.language import Message, say
from graders.report.grades import grades_csv, summary
from graders.report.html import render_index
from graders.report.model import Report
from graders.submissions.naming import alphabetically

SETTINGS = "class.json"


class NoClassError(Exception):
    """The folder holds no graded class; the message says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


Told = Callable[[Report, float, bool], None]


def grade_class(settings: Class, works: Sequence[Work], out: Path, level: str, jobs: int, tell: Told) -> int:
    """Grade every submission, telling each report as it comes; how many could not be graded for a reason of ours."""
    from graders.engine.grading import ungradable
    from graders.engine.worker import course

    out.mkdir(parents=True, exist_ok=True)
    write(out / SETTINGS, settings.model_dump_json(indent=1))
    reports: list[Report] = []
    troubles = 0
    for work, outcome in outcomes(settings, level, works, jobs):
        if isinstance(outcome, Trouble):
            troubles += 1
            report = ungradable(course(settings, level), work.name, work.out, outcome.reason)
            write(work.out / "trouble.txt", outcome.details)
            tell(report, 0, True)
        else:
            report = outcome.report
            tell(report, outcome.seconds, outcome.fresh)
        reports.append(report)
    write_class(out, reports, settings.language)
    return troubles


def write_class(out: Path, reports: Iterable[Report], language: str) -> None:
    """The pages and tables over all reports."""
    ordered = sorted(reports, key=lambda report: alphabetically(report.submission))
    write(out / "grades.csv", grades_csv(ordered))
    write(out / "summary.json", json.dumps(summary(ordered), indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    write(out / "index.html", render_index(ordered, language))


def settings_of(out: Path) -> Class:
    """How the class in this folder was graded."""
    try:
        return Class.model_validate_json((out / SETTINGS).read_bytes())
    except (OSError, ValueError) as error:
        raise NoClassError(
            say(
                "{path} holds no graded class (no readable {file}). Grade one into it first.",
                path=str(out),
                file=SETTINGS,
            )
        ) from error


def rescore_class(out: Path) -> tuple[list[Report], list[str]]:
    """Every report again under the rubric as it is now, from stored verdicts alone; and whose verdicts are damaged.

    Those keep the report that they had, if it can be read.
    """
    settings = settings_of(out)
    ours = assignment.load(settings.assignment)
    folders = sorted(path for path in out.iterdir() if (path / VERDICTS).exists() or (path / REPORT).exists())
    scored = dict(zip(folders, spread(partial(again, ours, language=settings.language), folders), strict=True))
    kept = [report or read_report(folder) for folder, report in scored.items()]
    reports = [report for report in kept if report]
    write_class(out, reports, settings.language)
    return reports, [folder.name for folder, report in scored.items() if not report]
