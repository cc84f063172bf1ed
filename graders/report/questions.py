"""Criteria as an assignment groups them: by question."""

from __future__ import annotations

import re
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
    """Each question once, 1.2 before 1.10; those without a number last, in the order of the rubric."""
    grouped: dict[str, list[Line]] = {}
    for line in criteria:
        grouped.setdefault(line.question, []).append(line)
    return [Question(name, tuple(grouped[name])) for name in sorted(grouped, key=_numbers)]


def _numbers(name: str) -> tuple[bool, list[int], str]:
    if not re.match(r"[0-9]", name):
        return True, [], ""
    return False, [int(one) for one in re.findall(r"[0-9]+", name)], name
