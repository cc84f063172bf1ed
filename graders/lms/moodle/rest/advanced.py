"""Assignments that are marked with a rubric or a marking guide: the report's criteria under the lines of the teacher's form.

A line is matched by what it is called: the number of a question ("1.3 The network"), the id of a criterion, or its title. With
such a form Moodle ignores a plain grade, so every line must be filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from graders.lms.comments import escaped
from graders.lms.forms import Lines, matched, share
from graders.lms.marks import hundredths
from graders.lms.moodle.rest.answers import Definition, GradingArea, Level, RubricCriterion, read
from graders.lms.moodle.rest.remote import Remote
from graders.lms.online_text import words
from graders.report.model import Report

FUNCTION = "core_grading_get_definitions"
HTML = 1


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
        found = matched({str(row.id): words(row.description).strip() for row in rows}, report)
        filled_in = [_row(row.id, found[str(row.id)], levelid=_level(row, found[str(row.id)]).id) for row in rows]
        return {"rubric": {"criteria": filled_in}}
    lines = form.guide.guide_criteria if form.guide else ()
    found = matched({str(one.id): one.shortname.strip() for one in lines}, report)
    filled_in = [
        _row(one.id, found[str(one.id)], score=hundredths(one.maxscore * share(found[str(one.id)]))) for one in lines
    ]
    return {"guide": {"criteria": filled_in}}


def _row(id: int, lines: Lines, **given: Decimal | int) -> dict[str, Any]:
    remark = "<br>".join(escaped(line.said) for line in lines if line.said)
    return {"criterionid": id, "fillings": [{"criterionid": id, **given, "remark": remark, "remarkformat": HTML}]}


def _level(row: RubricCriterion, lines: Lines) -> Level:
    """The level whose share of the line's points is nearest."""
    least, most = min(one.score for one in row.levels), max(one.score for one in row.levels)
    wanted = least + (most - least) * share(lines)
    return min(row.levels, key=lambda one: abs(one.score - wanted))
