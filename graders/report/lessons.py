"""What a class got wrong most: the lesson to give again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graders.report.grades import Summary
from graders.report.model import Line, Report


class Hard(NamedTuple):
    """A criterion, the share of its credit that the class earned, and how often it ended in which way."""

    line: Line
    share: float
    verdicts: Mapping[str, int]


class Diagnosed(NamedTuple):
    """A mistake, where it was made, and by how many."""

    diagnosis: str
    line: Line
    times: int


def hardest(reports: Sequence[Report], known: Summary, most: int = 8) -> list[Hard]:
    """The criteria that cost the class anything, the dearest share first."""
    lines = _lines(reports)
    rated = [
        Hard(lines[id_], criterion["share"], criterion["verdicts"])
        for id_, criterion in known["criteria"].items()
        if criterion["share"] is not None and criterion["share"] < 1
    ]
    return sorted(rated, key=lambda hard: hard.share)[:most]


def diagnoses(reports: Sequence[Report], known: Summary, most: int = 10) -> list[Diagnosed]:
    """The mistakes that were made most often."""
    lines = _lines(reports)
    found = [
        Diagnosed(diagnosis, lines[id_], count)
        for id_, criterion in known["criteria"].items()
        for diagnosis, count in criterion["diagnoses"].items()
    ]
    return sorted(found, key=lambda diagnosed: -diagnosed.times)[:most]


def _lines(reports: Sequence[Report]) -> dict[str, Line]:
    """A line of each criterion, for its title."""
    return {line.id: line for report in reports for line in report.criteria}
