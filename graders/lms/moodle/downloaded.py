"""The zip of "download all submissions", as it is: with folders or without, teams, blind marking, Moodle 3.1 to 5.1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graders.language import Message, say
from graders.lms.handed import File, Handed
from graders.lms.moodle.names import Place, place
from graders.lms.online_text import retold
from graders.submissions.archive import Found
from graders.submissions.naming import is_clutter, readable

TEXT = "onlinetext"
SOURCES = (".py", ".ipynb", ".zip")


def read(found: Sequence[Found]) -> Handed | None:
    """Every file with its owner; None where no name is one of Moodle's."""
    placed = [(one, place(_parts(one.path))) for one in found]
    ours = [(one, where) for one, where in placed if where and where.path]
    if not ours:
        return None
    ignored = sorted(one.path for one, where in placed if where is None and not is_clutter(one.path))
    return Handed(list(_files(ours)), [*_notes(ours), *_strange(ignored)])


def is_unsorted(names: Sequence[str]) -> bool:
    """Whether a folder was unpacked from such a zip, and its entries are no submissions yet: files, or several of one owner."""
    places = [where for name in names if (where := place([name]))]
    owners = [where.owner for where in places]
    return any(where.path or where.plugin == TEXT for where in places) or len(set(owners)) < len(owners)


def _parts(path: str) -> list[str]:
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]


def _files(ours: Sequence[tuple[Found, Place]]) -> Iterator[File]:
    """Files keep their paths. A text typed into Moodle is given once more as what it says, beside what was uploaded."""
    with_sources = {where.owner for one, where in ours if one.path.lower().endswith(SOURCES)}
    for one, where in ours:
        name = where.owner.submission
        yield File(name, where.path, one)
        if where.plugin == TEXT and where.path.lower().endswith(".html"):
            told = retold(one, may_be_code=where.owner not in with_sources)
            yield from (File(name, again.path, again) for again in told)


def _strange(ignored: Sequence[str]) -> Iterator[Message]:
    if ignored:
        names = ", ".join(map(readable, ignored[:5])) + (", …" if len(ignored) > 5 else "")
        yield say(
            "Left alone, for no name of Moodle's says whose it is ({count}): {names}", count=len(ignored), names=names
        )


def _notes(ours: Sequence[tuple[Found, Place]]) -> Iterator[Message]:
    shared = {where.owner.name for _, where in ours if where.owner.number is None}
    for name in sorted(shared):
        yield say(
            "{name}: students in no group share this one folder in Moodle's zip, and nothing tells their files apart. "
            "Put them in groups in Moodle, and download again.",
            name=name,
        )
