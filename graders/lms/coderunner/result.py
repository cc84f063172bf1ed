"""The JSON of a CodeRunner combinator template grader: a share of the mark and a table."""

from __future__ import annotations

from html import escape
from typing import Any

from graders.language import Translate, say
from graders.lms.decided import decided, headline, share
from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.numbers import numbers


def result(report: Report, translate: Translate) -> dict[str, Any]:
    """A row a criterion. Cells are text (`%s`), which CodeRunner escapes; only the prologue is HTML, and of ours."""
    header = ["iscorrect", "Test", translate(say("Points earned")), translate(say("Feedback")), "ishidden"]
    rows = [_row(line, translate) for line in decided(report)]
    return {
        "fraction": share(report),
        "prologuehtml": f"<p>{escape(visible(headline(report, translate)))}</p>",
        "testresults": [header, *rows],
        "columnformats": ["%s", "%s", "%s"],
        "epiloguehtml": "",
        "showdifferences": False,
        "showoutputonly": False,
    }


def _row(line: Line, translate: Translate) -> list[object]:
    write = numbers(translate)
    points = f"{write.points(line.earned)} / {write.points(line.points)}"
    title = visible(f"{line.question} {line.title}".strip())
    return [int(line.earned >= line.points), title, points, visible(line.feedback), 0]
