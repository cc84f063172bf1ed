"""Both ways over the network, as the commands call them."""

from __future__ import annotations

from pathlib import Path

from graders.language import say, translator
from graders.lms.graded import GradedClass
from graders.lms.left_out import LeftOut
from graders.lms.moodle.rest.address import parsed
from graders.lms.moodle.rest.advanced import definition
from graders.lms.moodle.rest.incoming import submissions
from graders.lms.moodle.rest.planning import planned
from graders.lms.moodle.rest.remote import READING, WRITING, remote
from graders.lms.moodle.rest.sending import Sender
from graders.lms.moodle.rest.site import Site
from graders.lms.moodle.wishes import Wishes
from graders.lms.ready import ready
from graders.lms.sent import Sent
from graders.lms.trouble import ExchangeError
from graders.lms.unpacking import Unpacked, unpack

_NO_POINTS = say("This assignment is not marked with points in Moodle. In its settings choose a grade of type Point.")


def fetch(url: str, token: str, out: Path | None) -> Unpacked:
    """Submissions of the assignment at this address, as a folder of them."""
    address = parsed(url)
    with Site(address.site, token) as site:
        ours = remote(site, address, READING)
        return unpack(submissions(ours), out or Path(f"moodle-{address.page}"))


def send(graded: GradedClass, url: str, token: str, wishes: Wishes) -> Sent:
    """Marks, comments and pages to the assignment at this address."""
    address, left = parsed(url), LeftOut()
    with Site(address.site, token) as site:
        ours = remote(site, address, WRITING)
        if ours.about.grade <= 0:
            raise ExchangeError(_NO_POINTS)
        reports = ready(graded.reports, left, provisional=wishes.provisional)
        savings = planned(ours, reports, left, replace=wishes.replace)
        sender = Sender(ours, definition(ours), translator(graded.language), wishes.release)
        # Of all before anything is sent: what does not fit stops at once.
        for one in savings:
            sender.advanced(one)
        return Sent(len(savings), left.notes(), sender.send(savings))
