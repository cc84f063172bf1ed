"""From what is stored of a submission to its report: verdicts × rubric, and what people decided. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from graders.assignment import Assignment
from graders.engine.record import Record, read_executed, read_marks, read_pictures, read_reading, read_record
from graders.engine.whole import write
from graders.language import translator
from graders.report.html import render_report
from graders.report.marks import as_written
from graders.report.model import Header, Report
from graders.report.score import report_json, score
from graders.verdict import Verdict

REPORT = "report.json"


def read_report(folder: Path) -> Report | None:
    """The report in a folder, if a whole one is there."""
    try:
        return Report.model_validate_json((folder / REPORT).read_bytes())
    except (OSError, ValidationError):
        return None


def rescore(assignment: Assignment, out: Path, record: Record) -> Report:
    """Write the report of stored verdicts under the rubric and the marks as they are now."""
    return _written(assignment, out, record.header, record.verdicts, record.language)


def write_ungradable(assignment: Assignment, out: Path, header: Header, language: str) -> Report:
    """The report of a submission that we could not grade; a person may still mark it."""
    return _written(assignment, out, header, {}, language)


def again(assignment: Assignment, out: Path, language: str) -> Report | None:
    """The report anew, of whatever was graded or not; None where there is none."""
    before, record = read_report(out), read_record(out)
    if before and not before.digest:
        return write_ungradable(assignment, out, _header(before), language)
    return rescore(assignment, out, record) if record else None


def _header(report: Report) -> Header:
    """Of a report on what could not be graded; its reason stays as it was said."""
    reason = as_written(report.reason or "")
    return Header(
        assignment=report.assignment,
        submission=report.submission,
        digest="",
        status="ungradable",
        reason=reason[0] if reason else None,
        environment=report.environment,
    )


def _written(
    assignment: Assignment, out: Path, header: Header, verdicts: Mapping[str, Verdict], language: str
) -> Report:
    """The report, on disk; nothing is written that is there already."""
    translate = translator(language, assignment.catalogues)
    report = score(
        assignment.rubric, verdicts, header=header, translate=translate, language=language, marks=read_marks(out)
    )
    write(out / "report.html", _page(report, out, language), often=True)
    write(out / REPORT, report_json(report), often=True)
    return report


def _page(report: Report, out: Path, language: str) -> str:
    reading = read_reading(out)
    return render_report(report, read_pictures(out), language, reading, read_executed(out, reading))
