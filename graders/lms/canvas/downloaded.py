"""The zip of all submissions of an assignment: one flat folder, whose names say whose a file is.

`dupontmarie_LATE_123_456_tp1.py`: 123 is the user, 456 the attachment. A typed text is `…_123_text.html`, an address
`…_123_link.html`, and where names are hidden it is `anon_x7Kp2_456_tp1.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graders.language import Message, say
from graders.lms.handed import File, Handed
from graders.lms.online_text import retold
from graders.submissions.archive import Found
from graders.submissions.naming import readable

NAMED = re.compile(
    r"(?P<name>.+?)(?:_(?P<late>LATE))?_(?P<user>\d{1,19})_(?:\d{1,19}_(?P<file>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
HIDDEN = re.compile(
    r"(?:(?P<late>LATE)_)?(?P<name>anon)_(?P<user>[A-Za-z0-9]{5})_(?:\d{1,19}_(?P<file>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
SUBMISSION = re.compile(r".+_(?P<user>\d{1,19})", re.DOTALL)
SOURCES = (".py", ".ipynb", ".zip")


def read(found: Sequence[Found]) -> Handed | None:
    """Every file with its owner; None where one of the names is not Canvas's."""
    matched = [(one, _match(one.path)) for one in found]
    ours = [(one, match) for one, match in matched if match]
    if not ours or len(ours) < len(matched):
        return None
    return Handed(list(_files(ours)), list(_notes(ours)))


def is_unsorted(names: Sequence[str]) -> bool:
    """Whether a folder was unpacked from such a zip."""
    return bool(names) and all(_match(name) for name in names)


def user(submission: str) -> str | None:
    """The user's number in the name of a submission."""
    match = SUBMISSION.fullmatch(submission)
    return match["user"] if match else None


def _match(path: str) -> re.Match[str] | None:
    name = readable(path.rsplit("/", 1)[-1])
    return HIDDEN.fullmatch(name) or NAMED.fullmatch(name)


def _owner(match: re.Match[str]) -> str:
    name = match["name"].encode()[:150].decode(errors="ignore").strip(" .") or "-"
    return f"{name}_{match['user']}"


def _files(ours: Sequence[tuple[Found, re.Match[str]]]) -> Iterator[File]:
    with_sources = {_owner(match) for one, match in ours if one.path.lower().endswith(SOURCES)}
    for one, match in ours:
        name = _owner(match)
        yield File(name, match["file"] or f"{match['typed']}.html", one)
        if match["typed"]:
            told = retold(one, may_be_code=match["typed"] == "text" and name not in with_sources)
            yield from (File(name, again.path, again) for again in told)


def _notes(ours: Sequence[tuple[Found, re.Match[str]]]) -> Iterator[Message]:
    late = sorted({_owner(match) for _, match in ours if match["late"]})
    if late:
        yield say("Handed in late ({count}), says Canvas: {names}", count=len(late), names=", ".join(late))
    links = sorted({_owner(match) for _, match in ours if match["typed"] == "link"})
    if links:
        yield say("Only an address was handed in, and nothing was fetched: {names}", names=", ".join(links))
