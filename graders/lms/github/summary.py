"""The job summary of GitHub Actions: one table. It is HTML without an empty line, in which no Markdown is read."""

from __future__ import annotations

from html import escape

from graders.language import Translate, say
from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.numbers import numbers
from graders.report.words import SIGNS, WORDS

# GitHub drops a summary of more than a mebibyte.
MOST_BYTES = 900_000


def summary(report: Report, headline: str, translate: Translate) -> str:
    """The score, and a row a criterion."""
    heads = [say("Criteria"), say("Points earned"), say("Feedback")]
    rows = [_row(line, translate) for line in report.criteria] if report.status == "graded" else []
    head = "".join(f"<th>{_text(translate(one))}</th>" for one in heads)
    size, kept = 0, []
    for row in rows:
        size += len(row.encode())
        if size < MOST_BYTES:
            kept.append(row)
    table = "\n".join(["<table>", f"<tr>{head}</tr>", *kept, "</table>"])
    return f"<h2>{_text(report.assignment)}</h2>\n<p>{_text(headline)}</p>\n{table}\n\n"


def _row(line: Line, translate: Translate) -> str:
    write = numbers(translate)
    verdict = f"{SIGNS[line.verdict]} {translate(WORDS[line.verdict])}"
    cells = (
        f"{line.question} {line.title} — {verdict}",
        f"{write.points(line.earned)} / {write.points(line.points)}",
        line.feedback,
    )
    return "<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in cells) + "</tr>"


def _text(text: str) -> str:
    return escape(visible(text)).replace("\n", "<br>")
