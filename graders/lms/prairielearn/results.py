"""`results.json` of a PrairieLearn external grader: a share of the points, and one test a criterion."""

from __future__ import annotations

import json
from typing import Any

from graders.language import Translate, say
from graders.lms.decided import decided, headline, share
from graders.report.clean import visible
from graders.report.model import Line, Report

MOST_BYTES = 2**20
# Feedback of a criterion is cut here where all of it together would be too much.
SHORT = 500


def results(report: Report, translate: Translate) -> dict[str, Any]:
    """The content of the file; what could not be graded costs the student no attempt."""
    said = visible(headline(report, translate))
    if report.status != "graded":
        return _ungraded(said)
    content = {"gradable": True, "score": share(report), "message": said, "output": ""}
    tests = [_test(line) for line in decided(report)]
    if len(json.dumps(tests)) > MOST_BYTES // 2:
        tests = [test | {"message": test["message"][:SHORT]} for test in tests]
    return content | {"tests": tests}


def nothing(translate: Translate) -> dict[str, Any]:
    """The content where no file was handed in."""
    return _ungraded(translate(say("No file was handed in.")))


def _ungraded(said: str) -> dict[str, Any]:
    return {"gradable": False, "format_errors": [said], "message": said}


def _test(line: Line) -> dict[str, Any]:
    return {
        "name": visible(f"{line.question} {line.title}".strip()),
        "description": line.id,
        "points": line.earned,
        "max_points": line.points,
        "message": visible(line.feedback),
        "output": "",
    }
