"""A teacher's rubric or marking guide and the criteria of a report: which belong to which line, by what the line is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum

from graders.language import say
from graders.lms.moodle.names import same_name
from graders.lms.trouble import ExchangeError
from graders.report.model import Line, Report

Lines = Sequence[Line]


def share(lines: Lines) -> Decimal:
    """What was earned of these, from 0 to 1."""
    points = fsum(line.points for line in lines)
    return Decimal(str(fsum(line.earned for line in lines))) / Decimal(str(points or 1))


def matched(named: Mapping[str, str], report: Report) -> dict[str, Lines]:
    """The criteria of each line of the form: all of them, each once."""
    found = {id: [line for line in report.criteria if _is(name, line)] for id, name in named.items()}
    empty = [named[id] for id, lines in found.items() if not lines]
    taken = [line.id for lines in found.values() for line in lines]
    left = [line.id for line in report.criteria if taken.count(line.id) != 1]
    if empty or left:
        raise ExchangeError(
            say(
                "The rubric there and the criteria here do not fit: {problem}. Begin each line of the rubric with the "
                "number of a question, the id of a criterion, or its title; together they must name every criterion once.",
                problem=", ".join(f"“{name}” = ?" for name in empty) or ", ".join(left),
            )
        )
    return dict(found)


def _is(name: str, line: Line) -> bool:
    question = line.question and re.match(rf"(?:\w+\s+)?{re.escape(line.question)}(?![\w.]*\d)", name)
    return bool(question) or name.split(" ", maxsplit=1)[0] == line.id or same_name(name, line.title)
