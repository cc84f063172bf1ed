"""Which reports may leave: a mark that goes to a platform goes to the student."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graders.language import say
from graders.lms.graded import Graded
from graders.lms.left_out import LeftOut


def ready(reports: Iterable[Graded], left: LeftOut, *, provisional: bool) -> Iterator[Graded]:
    """Those that are graded to the end; with `provisional` also those in which a person still has to read something."""
    for one in reports:
        if one.report.status != "graded":
            left.add(say("not graded for a reason of ours"), one.name)
        elif one.report.pending and not provisional:
            left.add(
                say("a person still has to read part of it (grade.py serve; or --provisional for the mark so far)"),
                one.name,
            )
        else:
            yield one
