"""Who gets which mark over the network. Moodle grades whoever it is told to, and drops a mark out of range without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graders.language import say
from graders.lms.graded import Graded
from graders.lms.left_out import LeftOut
from graders.lms.marks import scaled
from graders.lms.moodle.names import owner, same_name
from graders.lms.moodle.pairing import MOST_RENAMED
from graders.lms.moodle.rest.answers import Participant
from graders.lms.moodle.rest.remote import Remote
from graders.lms.trouble import ExchangeError

BY_USER = re.compile(r"(?P<name>.*)_u(?P<id>\d{1,18})", re.DOTALL)


@dataclass(frozen=True)
class Saving:
    """A mark for a participant; in a team, for all of theirs."""

    person: Participant
    graded: Graded
    mark: Decimal


class People:
    """The participants, found by the name of a submission."""

    def __init__(self, remote: Remote) -> None:
        """Ask who takes part, and under which numbers."""
        self.about = remote.about
        self.everybody = {one.id: one for one in remote.participants()}
        numbers = {number: user for user, number in remote.numbers().items()}
        self.by_number: Mapping[int, int] = {
            **numbers,
            **{one.recordid: one.id for one in self.everybody.values() if one.recordid > 0},
        }

    def find(self, submission: str) -> Participant | None:
        """Whose it is; None where nobody takes part who could be meant."""
        if match := BY_USER.fullmatch(submission):
            return self.everybody.get(int(match["id"]))
        whose = owner(submission)
        if whose is None or whose.number is None:
            return None
        if self.about.teamsubmission:
            return next((one for one in self.everybody.values() if one.groupid == whose.number), None)
        return self.everybody.get(self.by_number.get(whose.number, -1))

    def fits(self, person: Participant, submission: str) -> bool:
        """Whether the name is theirs, or their team's; in blind marking there is none."""
        match = BY_USER.fullmatch(submission)
        whose = owner(submission)
        name = match["name"] if match else whose.name if whose else ""
        theirs = (person.groupname or "") if self.about.teamsubmission else person.fullname
        return self.about.blindmarking or same_name(name, theirs)


def planned(remote: Remote, reports: Iterable[Graded], left: LeftOut, *, replace: bool) -> list[Saving]:
    """The marks that may be sent. ExchangeError where the numbers are those of another assignment."""
    people, before = People(remote), remote.grades()
    found: list[Saving] = []
    strangers = []
    for one in reports:
        person = people.find(one.name)
        if person is None:
            left.add(say("no participant of this assignment"), one.name)
        elif not people.fits(person, one.name):
            strangers.append(f"{one.name} ≠ {person.fullname}")
            left.add(say("Moodle has another name under this number"), strangers[-1])
        elif person.id in before and not replace:
            left.add(say("graded in Moodle already (--replace writes over mark, comment and files)"), one.name)
        else:
            found.append(Saving(person, one, scaled(one.report, remote.about.grade)))
    _same_assignment(strangers, found)
    return [one for one in found if _in_range(one, remote, left)]


def _same_assignment(strangers: Sequence[str], found: Sequence[Saving]) -> None:
    if len(strangers) > MOST_RENAMED * (len(strangers) + len(found)):
        raise ExchangeError(
            say(
                "This is not the assignment that the submissions come from: participants have other numbers there ({example}).",
                example=", ".join(strangers[:3]),
            )
        )


def _in_range(one: Saving, remote: Remote, left: LeftOut) -> bool:
    if 0 <= one.mark <= remote.about.grade:
        return True
    left.add(say("out of the range of marks in Moodle"), one.graded.name)
    return False
