"""Workflow commands of GitHub Actions: what stands beside the code in the list of annotations.

A line that begins with `::` is a command, whoever printed it. No text of a student's begins a line here: ends of lines and `%`
are written by their codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.verdict import Status

KINDS = {Status.PASS: None, Status.PARTIAL: "warning", Status.PENDING: "notice"}


def annotated(report: Report, headline: str) -> Iterator[str]:
    """One command a line: the score, then every criterion that lost points or waits."""
    if report.status != "graded":
        yield f"::error title={_property(report.assignment)}::{_message(headline)}"
        return
    yield f"::notice title={_property(report.assignment)}::{_message(headline)}"
    files = {line.found.partition(":")[0] for line in report.bindings if line.found and ".py:" in line.found}
    place = f"file={_property(min(files))}," if len(files) == 1 else ""
    for line in report.criteria:
        if kind := KINDS.get(line.verdict, "error"):
            yield f"::{kind} {place}title={_property(_title(line))}::{_message(line.feedback or line.title)}"


def _title(line: Line) -> str:
    return f"{line.question} {line.title} ({line.earned:g}/{line.points:g})".strip()


def _message(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
