"""What is decided on the page: marks on one submission or on all that are alike, comments, and undoing an action."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse

from graders.gradebook.deciding import Decision, comment, decide, take_back
from graders.language import say
from graders.report.marks import WHOLE
from graders.report.numbers import numbers
from graders.review.desk import Desk, OurDesk, Refused, address
from graders.review.shelf import Entry
from graders.review.table import alike, neighbours
from graders.rubric import RubricLine
from graders.similar import ALIKE
from graders.similar.finding import find_similar, read_similar

AUTOMATIC, NEXT = "automatic", "next"
MOST_LETTERS = 20_000


def _ours(desk: OurDesk, csrf: Annotated[str, Form()] = "") -> None:
    if not desk.keys.made(csrf):
        raise Refused(say("This form was made before the page was started. Load the page again."), 403)


routes = APIRouter(dependencies=[Depends(_ours)])


@dataclass(frozen=True)
class Given:
    """What a form says of a criterion: points, or a share of them that a button stands for; why; what then."""

    points: Annotated[str, Form()] = ""
    quick: Annotated[str, Form()] = ""
    why: Annotated[str, Form(max_length=MOST_LETTERS)] = ""
    others: Annotated[bool, Form()] = False
    then: Annotated[str, Form()] = ""
    for_: Annotated[str, Form(alias="for")] = ""


@dataclass(frozen=True)
class Said:
    """A comment; to whom else."""

    text: Annotated[str, Form(max_length=MOST_LETTERS)] = ""
    others: Annotated[bool, Form()] = False
    for_: Annotated[str, Form(alias="for")] = ""


Marked = Annotated[Given, Depends(Given)]
Words = Annotated[Said, Depends(Said)]


@routes.post("/s/{name}/mark/{criterion}")
def mark(desk: OurDesk, name: str, criterion: str, given: Marked) -> RedirectResponse:
    """Give points to a submission, and to the others with the same trouble where that is asked."""
    line, entries = desk.line(criterion), desk.shelf.entries()
    entry = desk.entry(entries, name)
    credit = _credit(desk, line, given)
    _because(credit, given.why, [entry], criterion)
    names = [name, *(alike(entries, entry, criterion).unmarked if given.others else [])]
    batch = _decided(desk, names, criterion, credit, given.why)
    around = neighbours(desk.shelf.entries(), name, given.for_)
    if given.then == NEXT and around.next_open:
        return _to(address("s", around.next_open, for_=given.for_))
    done = len(names) if len(names) > 1 else None
    return _to(address("s", name, for_=given.for_, done=done, undo=batch if done else None) + f"#{criterion}")


@routes.post("/criterion/{criterion}/mark")
def mark_kind(desk: OurDesk, criterion: str, given: Marked, kind: Annotated[str, Form()]) -> RedirectResponse:
    """Give the same points to all with the same trouble, but for those about whom somebody decided."""
    line, entries = desk.line(criterion), desk.shelf.entries()
    same = [one for one in entries.values() if one.kind(criterion) == kind and not _by_hand(one, criterion)]
    credit = _credit(desk, line, given)
    _because(credit, given.why, same, criterion)
    batch = _decided(desk, [one.name for one in same], criterion, credit, given.why)
    return _to(address("criterion", criterion, done=len(same), undo=batch))


@routes.post("/s/{name}/comment")
def say_something(desk: OurDesk, name: str, words: Words) -> RedirectResponse:
    """Tell the student something about the whole."""
    desk.entry(desk.shelf.entries(), name)
    _told(desk, [name], WHOLE, words)
    return _to(address("s", name, for_=words.for_) + "#comment")


@routes.post("/s/{name}/comment/{criterion}")
def say_something_on(desk: OurDesk, name: str, criterion: str, words: Words) -> RedirectResponse:
    """Tell the student something on a criterion; the others with the same trouble, too, where that is asked."""
    entries = desk.shelf.entries()
    entry, line = desk.entry(entries, name), desk.line(criterion)
    names = [name, *(alike(entries, entry, line.id).untold if words.others else [])]
    batch = _told(desk, names, line.id, words)
    done = len(names) if len(names) > 1 else None
    return _to(address("s", name, for_=words.for_, done=done, undo=batch if done else None) + f"#{criterion}")


@routes.post("/similar")
def compare(desk: OurDesk) -> RedirectResponse:
    """Look for near-copies, as alike as was asked for last."""
    folder = Path(desk.shelf.settings.submissions)
    if not folder.is_dir():
        raise Refused(say("The submissions are no longer in {path}. Put them there again.", path=str(folder)), 404)
    before = read_similar(desk.shelf.out)
    least, known = (before.least, map(Path, before.known)) if before else (ALIKE, ())
    find_similar(desk.shelf.out, desk.shelf.settings, least, list(known))
    return _to("/similar")


@routes.post("/undo")
def undo(desk: OurDesk, batch: Annotated[str, Form()], back: Annotated[str, Form()] = "/") -> RedirectResponse:
    """Take an action back, for each of its students."""
    _written(desk, take_back(desk.shelf.book, batch, desk.who) if batch else [])
    return _to(back if back.startswith("/") and not back.startswith("//") else "/")


def _credit(desk: Desk, line: RubricLine, given: Given) -> float | None:
    """A share of the points; None for the automatic verdict."""
    if given.quick == AUTOMATIC:
        return None
    try:
        credit = float(given.quick) if given.quick else float(given.points.strip().replace(",", ".")) / line.points
    except (ValueError, ZeroDivisionError):
        credit = -1.0
    if not 0 <= credit <= 1:
        most = numbers(desk.translate).points(line.points)
        raise Refused(say("“{points}” is no number of points between 0 and {most}.", points=given.points, most=most))
    return credit


def _because(credit: float | None, why: str, entries: list[Entry], criterion: str) -> None:
    """Whoever overrules a verdict says why: the student is told."""
    judged = any(criterion in one.judged and one.judged[criterion].status != "pending" for one in entries)
    if credit is not None and judged and not why.strip():
        raise Refused(say("Say why: this overrules a verdict, and the student is told."))


def _by_hand(entry: Entry, criterion: str) -> bool:
    line = entry.line(criterion)
    return line is not None and line.manual


def _decided(desk: Desk, names: list[str], criterion: str, credit: float | None, why: str) -> str:
    batch = secrets.token_hex(8)
    decide(desk.shelf.book, names, Decision(criterion, credit, why.strip(), desk.who, batch))
    _written(desk, names)
    return batch


def _told(desk: Desk, names: list[str], criterion: str, words: Said) -> str:
    batch = secrets.token_hex(8)
    comment(desk.shelf.book, names, criterion, words.text, desk.who, batch)
    _written(desk, names)
    return batch


def _written(desk: Desk, names: list[str]) -> None:
    desk.shelf.rewrite(names)
    desk.classwork.changed()


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
