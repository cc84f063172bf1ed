"""The class in figures: a sheet for spreadsheets and a summary for programs, neither of them in any language."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import TypedDict

from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.words import counts
from graders.verdict import Status

COLUMNS = ("submission", "score", "max_score", "pending", "status", "reason")
BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(r"[\s'\"]*[=+\-@|%\u2212\ufe62\ufe63\ufe66\uff0b\uff0d\uff1d\uff20]")


class CriterionSummary(TypedDict):
    """How the class did on a criterion; the share of its credit is of what has been decided."""

    share: float | None
    verdicts: dict[str, int]
    diagnoses: dict[str, int]


class Summary(TypedDict):
    """The class; the scores are of graded submissions alone."""

    count: int
    graded: int
    ungradable: int
    mean: float | None
    median: float | None
    min: float | None
    max: float | None
    criteria: dict[str, CriterionSummary]


def grades_csv(reports: Sequence[Report]) -> str:
    """One row a submission. What nobody has decided is an empty cell, never a zero."""
    ids = list(dict.fromkeys(line.id for report in reports for line in report.criteria))
    sheet = io.StringIO()
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in (*COLUMNS, *ids)])
    writer.writerows(_row(report, ids) for report in reports)
    return BYTE_ORDER_MARK + sheet.getvalue()


def summary(reports: Sequence[Report]) -> Summary:
    """What a class did, and what it got wrong."""
    graded = [report for report in reports if report.status == "graded"]
    scores = [report.score for report in graded]
    lines: dict[str, list[Line]] = {}
    for line in (line for report in graded for line in report.criteria):
        lines.setdefault(line.id, []).append(line)
    return Summary(
        count=len(reports),
        graded=len(graded),
        ungradable=len(reports) - len(graded),
        mean=round(fmean(scores), 4) if scores else None,
        median=round(median(scores), 4) if scores else None,
        min=min(scores, default=None),
        max=max(scores, default=None),
        criteria={id_: _criterion(found) for id_, found in lines.items()},
    )


def _row(report: Report, ids: Iterable[str]) -> list[str]:
    graded = report.status == "graded"
    decided = {line.id: f"{line.earned:g}" for line in report.criteria if line.verdict is not Status.PENDING}
    score = f"{report.score:.10g}" if graded else ""
    totals = [score, f"{report.max_score:.10g}", f"{report.pending:.10g}"]
    known = [_cell(report.submission), *totals, report.status, _cell(report.reason or "")]
    return known + [decided.get(id_, "") for id_ in ids]


def _cell(text: str) -> str:
    """Text that a spreadsheet shows and does not compute."""
    line = visible(text).replace("\n", " ")
    return f"'{line}" if FORMULA.match(line) else line


def _criterion(lines: Sequence[Line]) -> CriterionSummary:
    decided = [line for line in lines if line.verdict is not Status.PENDING]
    points = sum(line.points for line in decided)
    return CriterionSummary(
        share=round(sum(line.earned for line in decided) / points, 4) if points else None,
        verdicts={status.value: count for status, count in counts(lines).items()},
        diagnoses=dict(Counter(line.diagnosis for line in lines if line.diagnosis).most_common()),
    )
