"""Verdicts × rubric: the only place where a share of credit becomes points."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from graders.language import Translate
from graders.report.clean import HIDDEN, visible
from graders.report.marks import NOTHING, WHOLE, Marks
from graders.report.model import Header, Line, Report
from graders.rubric import RubricLine
from graders.verdict import Status, Verdict, pending

_compact = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False).encode


def score(
    rubric: Sequence[RubricLine],
    verdicts: Mapping[str, Verdict],
    *, header: Header, translate: Translate, language: str, marks: Marks = NOTHING,
) -> Report:  # fmt: skip
    """The report of one submission. What could not be graded has no verdict: all of it is pending, unless a person decided."""
    judged = [(line, marks.verdict(line.id, _verdict(line, verdicts, header))) for line in rubric]
    criteria = tuple(_line(*one, marks, translate, language) for one in judged)
    report = Report(
        assignment=header.assignment,
        submission=header.submission,
        digest=header.digest,
        status=header.status,
        reason=header.reason and translate(header.reason),
        score=_total(line.earned for line in criteria),
        max_score=_total(line.points for line in criteria),
        pending=_total(line.points for line in criteria if line.verdict is Status.PENDING),
        bindings=header.bindings,
        criteria=criteria,
        flags=_flags(header, judged, translate),
        environment=header.environment,
        surroundings=tuple(translate(one) for one in header.surroundings),
    )
    return _decided(report, marks)


def _decided(report: Report, marks: Marks) -> Report:
    """With what people decided about the whole; what they marked throughout is graded."""
    penalty = marks.late.taken(report.score) if marks.late else 0.0
    by_hand = report.criteria and all(line.manual for line in report.criteria)
    settled = {"status": "graded", "reason": None} if by_hand else {}
    known = {"score": round(report.score - penalty, 4), "penalty": penalty, "comment": marks.comment(WHOLE)}
    return report.model_copy(update={**known, **settled})


def report_json(report: Report) -> str:
    """The published form: the same bytes for the same report, a line for each criterion, and no byte that a terminal obeys."""
    fields = report.model_dump(mode="json", by_alias=True)
    lines = [f"{_compact(name)}: {_listed(value)}" for name, value in sorted(fields.items())]
    return HIDDEN.sub(_escape, "{\n " + ",\n ".join(lines) + "\n}") + "\n"


def _listed(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"


def _escape(found: re.Match[str]) -> str:
    """The JSON escape of a hidden character; half a surrogate pair has none that can be read again."""
    alone = "\ud800" <= found[0] <= "\udfff"
    return json.dumps(visible(found[0]) if alone else found[0])[1:-1]


def _verdict(line: RubricLine, verdicts: Mapping[str, Verdict], header: Header) -> Verdict:
    if header.status == "ungradable" or (line.manual and line.id not in verdicts):
        return pending()
    if line.id not in verdicts:
        raise LookupError(f"no verdict on the criterion {line.id}, which no person reads")
    return verdicts[line.id]


def _line(line: RubricLine, verdict: Verdict, marks: Marks, translate: Translate, language: str) -> Line:
    return Line(
        id=line.id,
        question=line.question,
        title=line.title.get(language) or next(iter(line.title.values()), line.id),
        points=line.points,
        earned=round(line.points * verdict.credit, 4),
        verdict=verdict.status,
        diagnosis=verdict.diagnosis,
        feedback=" ".join(translate(sentence) for sentence in verdict.feedback),
        manual=line.id in marks.marks,
        comment=marks.comment(line.id),
    )


def _flags(header: Header, judged: Iterable[tuple[RubricLine, Verdict]], translate: Translate) -> tuple[str, ...]:
    ours = [translate(flag) for flag in header.flags]
    theirs = [f"{line.id}: {translate(flag)}" for line, verdict in judged for flag in verdict.flags]
    return (*ours, *theirs)


def _total(points: Iterable[float]) -> float:
    return round(fsum(points), 4)
