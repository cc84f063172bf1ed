"""Send marks, comments, rubrics and pages to Canvas, and read the marks back.

Canvas takes a mark above the maximum, so the range is looked at here first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graders.language import Message, Translate, say
from graders.lms.canvas.downloaded import user
from graders.lms.comments import lost
from graders.lms.forms import matched, share
from graders.lms.graded import Graded
from graders.lms.left_out import LeftOut
from graders.lms.marks import hundredths, scaled, written
from graders.lms.trouble import ExchangeError
from graders.report.clean import visible
from graders.report.model import Report

CLOSE = Decimal("0.005")


@dataclass(frozen=True)
class Saving:
    """A mark for the submission of a student; a group's is given to the one who stands for it."""

    submission: Any
    graded: Graded
    mark: Decimal


def planned(assignment: Any, reports: Iterable[Graded], left: LeftOut, *, replace: bool) -> list[Saving]:
    """The marks that may be sent."""
    most = Decimal(str(assignment.points_possible or 0))
    if most <= 0:
        raise ExchangeError(say("This assignment has no points in Canvas. Give it points, and try again."))
    known = {str(one.user_id): one for one in assignment.get_submissions()}
    found = []
    for one in reports:
        theirs, mark = known.get(user(one.name) or ""), scaled(one.report, most)
        if theirs is None:
            left.add(say("no student of this assignment"), one.name)
        elif getattr(theirs, "excused", None) or (theirs.score is not None and not replace):
            left.add(say("graded or excused in Canvas already (--replace writes over marks)"), one.name)
        elif not 0 <= mark <= most:
            left.add(say("out of the range of marks in Canvas"), one.name)
        else:
            found.append(Saving(theirs, one, mark))
    return found


def send(assignment: Any, savings: Sequence[Saving], translate: Translate) -> list[Message]:
    """Send all of them; what Canvas has now, where it is not what was sent."""
    rubric = getattr(assignment, "rubric", None) or ()
    forms = [_rubric(rubric, one.graded.report, one.mark) for one in savings]
    together = {"group_comment": True} if getattr(assignment, "group_category_id", None) else {}
    for one, form in zip(savings, forms, strict=True):
        said = "\n".join(
            [translate(say("Automatic grading: {score}", score=_score(one))), *lost(one.graded.report, translate)]
        )
        one.submission.edit(
            submission={"posted_grade": written(one.mark)}, comment={"text_comment": visible(said), **together}, **form
        )
        if one.graded.page.is_file() and not one.submission.upload_comment(one.graded.page)[0]:
            raise ValueError("the page was not taken")
    now = {str(one.user_id): one.score for one in assignment.get_submissions()} if savings else {}
    return [note for one in savings if (note := _otherwise(one, now))]


def _score(one: Saving) -> str:
    return f"{one.graded.report.score:g} / {one.graded.report.max_score:g}"


def _rubric(rubric: Sequence[Mapping[str, Any]], report: Report, mark: Decimal) -> dict[str, Any]:
    """Points and comments line by line; nothing where the assignment has no rubric."""
    if not rubric:
        return {}
    lines = matched({str(row["id"]): str(row.get("description", "")) for row in rubric}, report)
    assessed = {
        str(row["id"]): {
            "points": written(hundredths(Decimal(str(row.get("points", 0))) * share(lines[str(row["id"])]))),
            "comments": "\n".join(visible(line.said) for line in lines[str(row["id"])] if line.said),
        }
        for row in rubric
    }
    return {"rubric_assessment": assessed}


def _otherwise(one: Saving, now: Mapping[str, float | None]) -> Message | None:
    score = now.get(str(one.submission.user_id))
    if score is None:
        return say("Canvas kept no mark for {name}.", name=one.graded.name)
    if abs(Decimal(str(score)) - one.mark) > CLOSE:
        known = {"name": one.graded.name, "mark": written(one.mark), "other": f"{score:g}"}
        return say("{name}: the mark is {mark}, and Canvas has {other} now.", **known)
    return None
