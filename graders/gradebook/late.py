"""Late work: `course.toml` beside the submissions says until when, and what each day costs.

[late]
deadline = 2026-11-20T23:59:00+01:00
grace_minutes = 30
per_day = 2                                   # points for each day begun
floor = 10                                    # lateness alone takes nobody below this score

[late.deadlines]                              # who was given more time
"student-017" = 2026-11-27T23:59:00+01:00

[handed_in]                                   # over what the platform said; who is nowhere is not late
"student-003" = 2026-11-21T10:00:00+01:00
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path

from graders.gradebook.course import Policy, read_course
from graders.gradebook.trouble import TeachersFileError
from graders.language import say
from graders.lms.unpacking import handed_in
from graders.report.marks import Lateness, days_late
from graders.submissions.collect import COURSE


def lateness(submissions: Path, names: Iterable[str]) -> Mapping[str, Lateness]:
    """Who is late, and what it costs. TeachersFileError where the file cannot be read or names nobody."""
    course = read_course(submissions / COURSE)
    if course.late is None:
        return {}
    _known({*course.handed_in, *course.late.deadlines}, set(names), submissions / COURSE)
    times = {name: at for name, at in handed_in(submissions).items() if name in set(names)} | {**course.handed_in}
    days = {name: _days(course.late, name, at) for name, at in times.items()}
    cost = course.late
    return {name: Lateness(days=late, per_day=cost.per_day, floor=cost.floor) for name, late in days.items() if late}


def _known(said: set[str], names: set[str], path: Path) -> None:
    if strangers := sorted(said - names):
        raise TeachersFileError(
            say(
                "{path} speaks of {names}, and no submission has this name. Correct it, or remove the line.",
                path=str(path),
                names=", ".join(strangers[:10]),
            )
        )


def _days(policy: Policy, name: str, handed_in: datetime | date) -> int:
    deadline = policy.deadlines.get(name, policy.deadline)
    return days_late(_moment(handed_in), _moment(deadline), policy.grace_minutes)


def _moment(when: datetime | date) -> datetime:
    """A time without a zone is of this machine; a day without a time ends at midnight."""
    whole = when if isinstance(when, datetime) else datetime.combine(when, time(23, 59, 59))
    return whole if whole.tzinfo else whole.astimezone()
