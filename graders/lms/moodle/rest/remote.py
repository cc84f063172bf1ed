"""One assignment of a site: found by its page, asked about its people, their work and their grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.language import say
from graders.lms.moodle.rest.address import Address
from graders.lms.moodle.rest.answers import (
    Numbered,
    Participant,
    RemoteAssignment,
    RemoteCourse,
    RemoteGrade,
    RemoteSubmission,
    SiteInfo,
    read,
)
from graders.lms.moodle.rest.site import Site
from graders.lms.trouble import ExchangeError

READING = (
    "mod_assign_get_assignments",
    "mod_assign_get_submissions",
    "mod_assign_list_participants",
    "mod_assign_get_user_mappings",
)
WRITING = (
    "mod_assign_get_assignments",
    "mod_assign_list_participants",
    "mod_assign_get_user_mappings",
    "mod_assign_get_grades",
    "mod_assign_save_grades",
)
HANDED_IN, DRAFT = "submitted", "draft"
BEGUN = (HANDED_IN, DRAFT)


@dataclass(frozen=True)
class Remote:
    """An assignment, and what the token may do there."""

    site: Site
    about: RemoteAssignment
    functions: frozenset[str]

    def participants(self) -> Sequence[Participant]:
        """Everybody who may hand in."""
        function = "mod_assign_list_participants"
        answer = self.site.call(function, assignid=self.about.id, groupid=0, filter="")
        found: Sequence[Participant] = read(list[Participant], answer, function)
        return found

    def numbers(self) -> Mapping[int, int]:
        """User → participant's number; nobody has one before a first download of a zip or a worksheet."""
        return {one.userid: one.id for one in self._of("mod_assign_get_user_mappings", "mappings", Numbered)}

    def submissions(self) -> Iterable[RemoteSubmission]:
        """The last attempt of each user or team that was begun; one that was only reopened holds nothing yet."""
        found: Sequence[RemoteSubmission] = self._of("mod_assign_get_submissions", "submissions", RemoteSubmission)
        latest = sorted((one for one in found if one.status in BEGUN), key=lambda one: one.attemptnumber)
        return {(one.userid, one.groupid if not one.userid else 0): one for one in latest}.values()

    def grades(self) -> Mapping[int, RemoteGrade]:
        """User → the grade of the last attempt; those of whom there is none are not in it."""
        found: Sequence[RemoteGrade] = self._of("mod_assign_get_grades", "grades", RemoteGrade)
        latest = sorted(found, key=lambda one: one.attemptnumber)
        return {one.userid: one for one in latest if one.grade is not None and one.grade >= 0}

    def _of(self, function: str, key: str, kind: type) -> Sequence[Any]:
        """What a function answers for this assignment; nothing where it knows nothing."""
        answer = self.site.call(function, assignmentids=[self.about.id])
        found = read(dict[str, Any], answer, function).get("assignments") or []
        ours = [one.get(key) or [] for one in read(list[dict[str, Any]], found, function)]
        return [one for several in ours for one in read(list[kind], several, function)]  # type: ignore[valid-type]


def remote(site: Site, address: Address, needed: Sequence[str]) -> Remote:
    """The assignment of a page; ExchangeError where the token may not do what is needed."""
    info: SiteInfo = read(SiteInfo, site.call("core_webservice_get_site_info"), "core_webservice_get_site_info")
    functions = frozenset(one.name for one in info.functions)
    missing = [name for name in needed if name not in functions]
    if missing:
        raise ExchangeError(
            say(
                "Your token may not call {missing}. Make one for the mobile service (your profile, Security keys), or ask your "
                "administrator to add these functions.",
                missing=", ".join(missing),
            )
        )
    courses = read(dict[str, Any], site.call("mod_assign_get_assignments"), "mod_assign_get_assignments").get("courses")
    known: Sequence[RemoteCourse] = read(list[RemoteCourse], courses or [], "mod_assign_get_assignments")
    found = next((one for course in known for one in course.assignments if one.cmid == address.page), None)
    if found is None:
        raise ExchangeError(
            say(
                "No assignment of your courses on {site} has the page number {page}. Is the token that of a teacher of it?",
                site=address.site,
                page=address.page,
            )
        )
    return Remote(site, found, functions)
