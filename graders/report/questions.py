"""Criteria as an assignment groups them: by question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from graders.report.model import Line
from graders.verdict import Status


@dataclass(frozen=True)
class Question:
    """The criteria of one question, in the order of the rubric; the name may be empty."""

    name: str
    criteria: tuple[Line, ...]

    @property
    def earned(self) -> float:
        """Points so far."""
        return round(fsum(line.earned for line in self.criteria), 4)

    @property
    def points(self) -> float:
        """Points there are."""
        return round(fsum(line.points for line in self.criteria), 4)

    @property
    def pending(self) -> float:
        """Points that a person decides."""
        return round(fsum(line.points for line in self.criteria if line.verdict is Status.PENDING), 4)


def questions(criteria: Iterable[Line]) -> list[Question]:
    """Each question once, where its first criterion stands."""
    grouped: dict[str, list[Line]] = {}
    for line in criteria:
        grouped.setdefault(line.question, []).append(line)
    return [Question(name, tuple(lines)) for name, lines in grouped.items()]
