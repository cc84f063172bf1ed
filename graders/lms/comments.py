"""The feedback of a report in the few lines that a platform shows beside a mark."""

from __future__ import annotations

import re
from html import escape

from graders.language import Translate, say
from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.numbers import numbers

MOST_LETTERS = 20_000
# Where LaTeX begins for a platform: $$, \( and \[.
MATHS = re.compile(r"\$(?=\$)|\\(?=[(\[])")
# What our comment begins with, so that it is told from a teacher's own when the mark is given again.
MARKER = re.compile(r"Automatic grading:|Correction automatique\s*:")


def html(report: Report, translate: Translate) -> str:
    """One line of HTML without a newline, a double quote or a backslash: PHP reads CSV with these otherwise than it writes."""
    write = numbers(translate)
    total = f"{write.points(report.score)} / {write.points(report.max_score)}"
    head = escaped(translate(say("Automatic grading: {score}", score=total)))
    lines = [escaped(line) for line in lost(report, translate)]
    return "<p>" + _cut([f"<b>{head}</b>", *lines]) + "</p>"


def lost(report: Report, translate: Translate) -> list[str]:
    """What a person says of the whole, what cost points, a line each, and what a person has yet to read."""
    write = numbers(translate)
    found = [report.comment] if report.comment else []
    if report.penalty:
        found.append(translate(say("Late: {points} points taken", points=write.points(report.penalty))))
    told = set[str]()
    for line in filter(_cost, report.criteria):
        said = translate(say("as above")) if line.said and line.said in told else line.said
        told.add(line.said)
        found.append(_line(line, said, write.points(line.earned), write.points(line.points)))
    if report.pending:
        points = write.points(report.pending)
        found.append(translate(say("Points that a person still has to decide: up to {points}", points=points)))
    return found


def escaped(text: str) -> str:
    """Text as HTML that no reader of CSV stumbles over, and in which a platform finds no formula of LaTeX to typeset."""
    return escape(MATHS.sub(r"\g<0> ", visible(text))).replace("\\", "&#92;").replace("\n", "<br>")


def others(comment: str) -> str:
    """What stands before our own part of a comment: the teacher's words."""
    return MARKER.split(comment, maxsplit=1)[0].strip()


def _cost(line: Line) -> bool:
    """What a person said is told whatever it cost."""
    by_hand = bool(line.comment or (line.manual and line.feedback))
    return by_hand or (line.verdict != "pending" and line.earned < line.points)


def _line(line: Line, words: str, earned: str, points: str) -> str:
    said = f"\xa0: {words}" if words else ""
    got = "–" if line.verdict == "pending" else earned
    return f"{line.question} {line.title} ({got} / {points}){said}".strip()


def _cut(lines: list[str]) -> str:
    """Whole lines, as many as there is room for."""
    kept, size = [], 0
    for line in lines:
        size += len(line)
        if size > MOST_LETTERS:
            kept.append("…")
            break
        kept.append(line)
    return "<br>".join(kept)
