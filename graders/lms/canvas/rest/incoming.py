"""Submissions over the network, named as the zip of all submissions would have named them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from graders.language import Message, say
from graders.lms.canvas.rest.opening import fetched
from graders.lms.handed import File, Handed
from graders.lms.online_text import retold
from graders.submissions.archive import MOST_FILE, Found

SOURCES = (".py", ".ipynb", ".zip")


def submissions(assignment: Any) -> Handed:
    """All that was handed in: the last attempt of each student, one of each group."""
    files: list[File] = []
    times: dict[str, datetime] = {}
    links = []
    for name, one in _handed_in(assignment).items():
        found = list(_files(assignment, one))
        files += [File(name, file.path, file) for file in found]
        links += [name] if getattr(one, "url", None) and not found else []
        if at := getattr(one, "submitted_at", None):
            times[name] = datetime.fromisoformat(at)
    return Handed(files, list(_notes(links)), times)


def _handed_in(assignment: Any) -> Mapping[str, Any]:
    """By name. The members of a group share what one of them handed in."""
    found: dict[tuple[str, int], tuple[str, Any]] = {}
    for one in assignment.get_submissions(include=["user", "group"]):
        group = getattr(one, "group", None) or {}
        user = getattr(one, "user", None) or {}
        is_group = group.get("id") is not None
        key = ("group", int(group["id"])) if is_group else ("user", int(one.user_id))
        said = group.get("name") if is_group else user.get("sortable_name")
        if getattr(one, "workflow_state", "") != "unsubmitted":
            found.setdefault(key, (f"{_plain(said or 'anon')}_{one.user_id}", one))
    return dict(found.values())


def _plain(name: str) -> str:
    """As Canvas writes a name on a file: small letters and digits of any script."""
    return re.sub(r"[\W_]", "", name.lower())[:60] or "-"


def _files(assignment: Any, one: Any) -> Iterator[Found]:
    attached = getattr(one, "attachments", None) or []
    for file in attached:
        yield Found(_named(file).replace("/", "_").replace("\\", "_"), int(file.size), _opener(assignment, file))
    body = getattr(one, "body", None)
    if body and one.submission_type == "online_text_entry":
        content = body.encode()
        page = Found("text.html", len(content), partial(io.BytesIO, content))
        yield page
        yield from retold(page, may_be_code=not any(_named(file).lower().endswith(SOURCES) for file in attached))


def _named(file: Any) -> str:
    return str(getattr(file, "display_name", None) or file.filename)


def _opener(assignment: Any, file: Any) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        if int(file.size) > MOST_FILE:
            raise RuntimeError(f"it is larger than {MOST_FILE >> 20} MB")
        return io.BytesIO(fetched(file, assignment._requester._session))

    return opened


def _notes(links: Iterable[str]) -> Iterator[Message]:
    names = ", ".join(sorted(links))
    if names:
        yield say("Only an address was handed in, and nothing was fetched: {names}", names=names)
