"""What one run of the review page holds, and what its pages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from graders.language import Message, Translate, say, translator
from graders.report.html import pages
from graders.review.classwork import Classwork
from graders.review.guard import Keys
from graders.review.shelf import Entry, Shelf
from graders.review.table import title
from graders.rubric import RubricLine
from graders.submissions.collect import find

TEMPLATES = Path(__file__).parent / "templates"


class Refused(Exception):  # noqa: N818  # the word that the page uses
    """What was asked cannot be; the message says why."""

    def __init__(self, message: Message, status: int = 400) -> None:
        super().__init__(message.text)
        self.message, self.status = message, status


@dataclass
class Desk:
    """The class, who reads it, in which language."""

    shelf: Shelf
    keys: Keys
    who: str
    language: str
    classwork: Classwork = field(init=False)

    def __post_init__(self) -> None:
        self.classwork = Classwork(self.shelf)

    @cached_property
    def translate(self) -> Translate:
        """Into the language of the page; the assignment's own sentences too."""
        return translator(self.language, self.shelf.ours.catalogues)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Of every criterion."""
        return {line.id: title(line, self.language) for line in self.shelf.ours.rubric}

    def page(self, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """A page of ours."""
        shared = {"titles": self.titles, "desk": self, "ours": self.shelf.ours, "csrf": self.keys.csrf, "url": address}
        title = self.shelf.ours.title
        made = pages(self.language, TEMPLATES).get_template(template)
        name = title.get(self.language) or self.shelf.ours.id
        return HTMLResponse(made.render(**shared, assignment=name, **values), status)

    def entry(self, entries: Mapping[str, Entry], name: str) -> Entry:
        """A submission that is there."""
        if name not in entries:
            raise Refused(say("There is no submission {name} here.", name=name), 404)
        return entries[name]

    def line(self, criterion: str) -> RubricLine:
        """A criterion that is there."""
        found = next((line for line in self.shelf.ours.rubric if line.id == criterion), None)
        if found is None:
            raise Refused(say("There is no criterion {id} in this assignment.", id=criterion), 404)
        return found

    def path(self, name: str) -> Path | None:
        """Where a submission's files are, if they still are."""
        folder = Path(self.shelf.settings.submissions)
        return dict(find(folder)).get(name) if folder.is_dir() else None


def address(*parts: str, **query: str | int | None) -> str:
    """A path of ours; a name may hold any character. What is empty is left out."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = "&".join(
        f"{key.rstrip('_')}={quote(str(value), safe='')}" for key, value in query.items() if value not in ("", None)
    )
    return f"{path}?{given}" if given else path


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


OurDesk = Annotated[Desk, Depends(_desk)]
