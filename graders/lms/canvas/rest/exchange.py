"""Both ways over the network, as the commands call them."""

from __future__ import annotations

from pathlib import Path

from graders.language import translator
from graders.lms.canvas.rest.incoming import submissions
from graders.lms.canvas.rest.opening import assignment, parsed
from graders.lms.canvas.rest.sending import planned
from graders.lms.canvas.rest.sending import send as sent
from graders.lms.graded import GradedClass
from graders.lms.left_out import LeftOut
from graders.lms.ready import ready
from graders.lms.sent import Sent
from graders.lms.unpacking import Unpacked, unpack


def fetch(url: str, token: str, out: Path | None) -> Unpacked:
    """Submissions of the assignment at this address, as a folder of them."""
    with assignment(url, token) as ours:
        return unpack(submissions(ours), out or Path(f"canvas-{parsed(url)[2]}"))


def send(graded: GradedClass, url: str, token: str, *, provisional: bool, replace: bool) -> Sent:
    """Marks, comments, rubrics and pages to the assignment at this address."""
    left = LeftOut()
    with assignment(url, token) as ours:
        reports = ready(graded.reports, left, provisional=provisional)
        savings = planned(ours, reports, left, replace=replace)
        return Sent(len(savings), left.notes(), sent(ours, savings, translator(graded.language)))
