"""What VPL reads on standard output: blocks of comments, and one line with the grade.

VPL takes every line that begins as its own tags do, whoever printed it. Nothing of a student's begins a line here, and the tags
are broken wherever they stand; what the student's own process prints never comes here at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from graders.language import Translate
from graders.lms.decided import decided, headline, share
from graders.lms.marks import hundredths, written
from graders.report.clean import visible
from graders.report.model import Line, Report
from graders.report.numbers import numbers

TAG = re.compile(r":=>>|<\|--|--\|>")
OPEN, CLOSE = "<|--", "--|>"


def output(report: Report, translate: Translate, least: Decimal, most: Decimal) -> str:
    """The whole of it. No grade where nothing could be graded: VPL then proposes none."""
    lines = [OPEN, f"-{broken(headline(report, translate))}"]
    for line in decided(report) if report.status == "graded" else ():
        lines += _criterion(line, translate)
    lines.append(CLOSE)
    if report.status == "graded":
        grade = least + (most - least) * Decimal(str(share(report)))
        lines.append(f"Grade :=>>{written(hundredths(grade))}")
    return "\n".join(lines) + "\n"


def broken(text: str) -> str:
    """One line of text in which no tag of VPL is left."""
    return TAG.sub(lambda tag: " ".join(tag[0]), visible(text).replace("\n", " "))


def _criterion(line: Line, translate: Translate) -> Iterator[str]:
    """A title, and what is said of it, shown as it stands."""
    write = numbers(translate)
    yield broken(f"-{line.question} {line.title} [{write.points(line.earned)} / {write.points(line.points)}]")
    yield from (f">{broken(said)}" for said in visible(line.feedback).splitlines())
