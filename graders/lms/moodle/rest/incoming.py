"""Submissions over the network, as the zip would have given them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from graders.language import Message, say
from graders.lms.handed import File, Handed
from graders.lms.moodle.names import Owner
from graders.lms.moodle.rest.answers import Participant, Plugin, RemoteFile, RemoteSubmission
from graders.lms.moodle.rest.remote import DRAFT, Remote
from graders.lms.online_text import retold
from graders.submissions.archive import MOST_FILE, Found

SOURCES = (".py", ".ipynb", ".zip")
# In blind marking Moodle's zip has this word in the place of a name; over the network names would be there.
BLIND = "Participant"


def submissions(remote: Remote) -> Handed:
    """All that was handed in. Files are fetched when they are opened."""
    people = {one.id: one for one in remote.participants()}
    numbers = remote.numbers()
    files: list[File] = []
    times: dict[str, datetime] = {}
    drafts, strangers = [], 0
    for one in remote.submissions():
        found = list(_files(remote, one.plugins))
        name = _named(one, people, numbers, blind=remote.about.blindmarking)
        if name and found:
            files += [File(name, file.path, file) for file in found]
            times[name] = datetime.fromtimestamp(one.timemodified, UTC)
            drafts += [name] if one.status == DRAFT else []
        strangers += bool(found) and not name
    return Handed(files, list(_notes(drafts, strangers)), times)


def _named(
    one: RemoteSubmission, people: Mapping[int, Participant], numbers: Mapping[int, int], *, blind: bool
) -> str | None:
    """The name of the submission: with the participant's number, by files and over the network the same; None for a stranger."""
    if not one.userid:
        team = next((person for person in people.values() if one.groupid and person.groupid == one.groupid), None)
        return Owner(_plain(team.groupname or ""), one.groupid).submission if team else None
    person = people.get(one.userid)
    if person is None:
        return None
    number = person.recordid if person.recordid > 0 else numbers.get(person.id)
    name = BLIND if blind else _plain(person.fullname)
    return Owner(name, number).submission if number else f"{Owner(name, None).submission}_u{person.id}"


def _plain(name: str) -> str:
    """A name without what Moodle, too, leaves out of names of folders."""
    kept = (letter for letter in name.replace("_", " ") if letter.isprintable() and letter not in "&<>\"`|':\\/")
    return "".join(kept)


def _files(remote: Remote, plugins: Iterable[Plugin]) -> Iterator[Found]:
    stored = [file for plugin in plugins for area in plugin.fileareas for file in area.files]
    yield from (_found(remote, file) for file in stored)
    has_sources = any(file.filename.lower().endswith(SOURCES) for file in stored)
    for plugin in plugins:
        for field in plugin.editorfields:
            content = field.text.encode()
            if field.text.strip():
                page = Found("onlinetext.html", len(content), partial(io.BytesIO, content))
                yield from (page, *retold(page, may_be_code=not has_sources))


def _found(remote: Remote, file: RemoteFile) -> Found:
    path = (file.filepath + file.filename).lstrip("/")
    return Found(path, file.filesize, _opener(remote, file))


def _opener(remote: Remote, file: RemoteFile) -> Callable[[], BinaryIO]:
    def fetched() -> BinaryIO:
        if file.filesize > MOST_FILE:
            raise ValueError(f"it is larger than {MOST_FILE >> 20} MB")
        return io.BytesIO(remote.site.file(file.fileurl, file.filesize))

    return fetched


def _notes(drafts: Iterable[str], strangers: int) -> Iterator[Message]:
    names = sorted(drafts)
    if names:
        yield say("Still a draft in Moodle ({count}): {names}", count=len(names), names=", ".join(names))
    if strangers:
        yield say(
            "Left out ({count}): handed in by people who do not take part any more, or by students in no group, who share one "
            "submission. Put these in groups in Moodle, and import again.",
            count=strangers,
        )
