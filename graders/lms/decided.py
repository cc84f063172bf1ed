"""What of a report is decided. A platform that is told 0 of 0.5 for what nobody has read yet would believe it."""

from __future__ import annotations

from math import fsum

from graders.language import Translate, say
from graders.report.model import Line, Report
from graders.report.numbers import numbers
from graders.verdict import Status


def decided(report: Report) -> list[Line]:
    """The criteria that have their points."""
    return [line for line in report.criteria if line.verdict is not Status.PENDING]


def most(report: Report) -> float:
    """What could be earned of them."""
    return round(fsum(line.points for line in decided(report)), 4)


def share(report: Report) -> float:
    """What was earned of them, from 0 to 1."""
    return round(min(max(report.score / (most(report) or 1), 0), 1), 6)


def headline(report: Report, translate: Translate) -> str:
    """The score in words, or why there is none; and what a person has yet to read."""
    if report.status != "graded":
        return report.reason or translate(say("This submission could not be graded"))
    write = numbers(translate)
    said = [
        translate(
            say("{score} of {points} points", score=write.points(report.score), points=write.points(most(report)))
        )
    ]
    if report.pending:
        said.append(
            translate(
                say("Still to be decided by a person: up to {points} points", points=write.points(report.pending))
            )
        )
    return " · ".join(said)
