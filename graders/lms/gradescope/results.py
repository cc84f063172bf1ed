"""`results.json` of Gradescope, complete: formats and visibilities are said, nothing is left to defaults."""

from __future__ import annotations

from typing import Any, Literal

from graders.language import Translate
from graders.lms.decided import decided, headline
from graders.report.clean import visible
from graders.report.model import Line, Report

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
VISIBILITIES: tuple[Visibility, ...] = ("hidden", "after_due_date", "after_published", "visible")


def results(report: Report, translate: Translate, visibility: str, seconds: int) -> dict[str, Any]:
    """One test a criterion, with its own points. Student text is plain text: Gradescope escapes that, and cleans no more."""
    return {
        "output": visible(headline(report, translate)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "execution_time": seconds,
        "tests": [_test(line, visibility) for line in decided(report)],
        "extra_data": {
            "assignment": report.assignment,
            "digest": report.digest,
            "flags": list(map(visible, report.flags)),
        },
    }


def _test(line: Line, visibility: str) -> dict[str, Any]:
    return {
        "name": visible(line.title),
        "name_format": "text",
        "number": line.question,
        "score": line.earned,
        "max_score": line.points,
        **_status(line),
        "output": visible(line.feedback),
        "output_format": "text",
        "tags": [line.id],
        "visibility": visibility,
        "extra_data": {"verdict": line.verdict.value, "diagnosis": line.diagnosis},
    }


def _status(line: Line) -> dict[str, str]:
    """Passed or failed; a partial credit is neither, and Gradescope shows its points."""
    if 0 < line.earned < line.points:
        return {}
    return {"status": "passed" if line.earned >= line.points else "failed"}
