"""Assignments that are marked with a rubric or a marking guide: the report's criteria under the lines of the teacher's form.

A line is matched by what it is called: the number of a question ("1.3 The network"), the id of a criterion, or its title. With
such a form Moodle ignores a plain grade, so every line must be filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum
from typing import Any

from graders.language import say
from graders.lms.comments import escaped
from graders.lms.marks import hundredths
from graders.lms.moodle.names import same_name
from graders.lms.moodle.rest.answers import Definition, GradingArea, Level, RubricCriterion, read
from graders.lms.moodle.rest.remote import Remote
from graders.lms.online_text import words
from graders.lms.trouble import ExchangeError
from graders.report.model import Line, Report

FUNCTION = "core_grading_get_definitions"
HTML = 1
Lines = Sequence[Line]


def definition(remote: Remote) -> Definition | None:
    """The form that is on; None where a plain grade is given, or where the token may not ask."""
    if FUNCTION not in remote.functions:
        return None
    answer = remote.site.call(FUNCTION, cmids=[remote.about.cmid], areaname="submissions", activeonly=1)
    found = read(dict[str, Any], answer, FUNCTION).get("areas") or []
    areas: Sequence[GradingArea] = read(list[GradingArea], found, FUNCTION)
    known = [one for area in areas if area.activemethod for one in area.definitions]
    return next((one for one in known if one.rubric or one.guide), None)


def filled(form: Definition, report: Report) -> dict[str, Any]:
    """What `advancedgradingdata` holds for a report. ExchangeError where a line is none of its criteria, or one has no line."""
    if form.rubric:
        rows = form.rubric.rubric_criteria
        matched = _matched({row.id: words(row.description).strip() for row in rows}, report)
        filled_in = [_row(row.id, matched[row.id], levelid=_level(row, matched[row.id]).id) for row in rows]
        return {"rubric": {"criteria": filled_in}}
    lines = form.guide.guide_criteria if form.guide else ()
    matched = _matched({one.id: one.shortname.strip() for one in lines}, report)
    filled_in = [
        _row(one.id, matched[one.id], score=hundredths(one.maxscore * _share(matched[one.id]))) for one in lines
    ]
    return {"guide": {"criteria": filled_in}}


def _row(id: int, lines: Lines, **given: Decimal | int) -> dict[str, Any]:
    remark = "<br>".join(escaped(line.feedback) for line in lines if line.feedback)
    return {"criterionid": id, "fillings": [{"criterionid": id, **given, "remark": remark, "remarkformat": HTML}]}


def _level(row: RubricCriterion, lines: Lines) -> Level:
    """The level whose share of the line's points is nearest."""
    least, most = min(one.score for one in row.levels), max(one.score for one in row.levels)
    wanted = least + (most - least) * _share(lines)
    return min(row.levels, key=lambda one: abs(one.score - wanted))


def _share(lines: Lines) -> Decimal:
    points = fsum(line.points for line in lines)
    return Decimal(str(fsum(line.earned for line in lines))) / Decimal(str(points or 1))


def _matched(named: Mapping[int, str], report: Report) -> dict[int, Lines]:
    """The criteria of each line of the form: all of them, each once."""
    found = {id: [line for line in report.criteria if _is(name, line)] for id, name in named.items()}
    empty = [named[id] for id, lines in found.items() if not lines]
    taken = [line.id for lines in found.values() for line in lines]
    left = [line.id for line in report.criteria if taken.count(line.id) != 1]
    if empty or left:
        raise ExchangeError(
            say(
                "The rubric in Moodle and the criteria here do not fit: {problem}. Begin each line of the rubric with the "
                "number of a question, the id of a criterion, or its title; together they must name every criterion once.",
                problem=", ".join(f"“{name}” = ?" for name in empty) or ", ".join(left),
            )
        )
    return dict(found)


def _is(name: str, line: Line) -> bool:
    question = line.question and re.match(rf"(?:\w+\s+)?{re.escape(line.question)}(?![\w.]*\d)", name)
    return bool(question) or name.split(" ", maxsplit=1)[0] == line.id or same_name(name, line.title)
