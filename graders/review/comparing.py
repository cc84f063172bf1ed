"""Submissions that look like each other, side by side: a hint for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from graders.language import say
from graders.review import code
from graders.review.desk import Desk, OurDesk, Refused
from graders.review.shelf import Entry
from graders.similar.finding import read_similar
from graders.similar.known import nobodys
from graders.similar.prints import everywhere
from graders.similar.tokens import Place
from graders.submissions.collect import UnreadableError, collect
from graders.submissions.submission import Submission

routes = APIRouter(prefix="/similar")

Runs = Mapping[int, set[Place]]


@dataclass(frozen=True)
class Half:
    """One of two: its code, and for each line that the other has too, where it stands there."""

    side: str
    entry: Entry
    shown: code.Shown
    there: Mapping[str, str]


@routes.get("")
def the_groups(desk: OurDesk) -> HTMLResponse:
    """Who looks like whom."""
    return desk.page("similar.html.j2", {"similar": read_similar(desk.shelf.out)})


@routes.get("/{one}/{other}")
def two(desk: OurDesk, one: str, other: str) -> HTMLResponse:
    """Two submissions, with the lines that both have and that nobody was given."""
    entries = desk.shelf.entries()
    left, right = desk.entry(entries, one), desk.entry(entries, other)
    files = _files(desk, left), _files(desk, right)
    found = read_similar(desk.shelf.out)
    nobody = nobodys(desk.shelf.settings, map(Path, found.known if found else ()))
    runs = [_runs(entry, submission, nobody) for entry, submission in zip((left, right), files, strict=True)]
    halves = [
        Half("a", left, code.shown(files[0], left.report), _there(runs[0], runs[1])),
        Half("b", right, code.shown(files[1], right.report), _there(runs[1], runs[0])),
    ]
    pairs = [pair for group in found.groups for pair in group.pairs] if found else []
    known = next((pair for pair in pairs if {pair.one, pair.other} == {one, other}), None)
    return desk.page("two.html.j2", {"halves": halves, "pair": known})


def _files(desk: Desk, entry: Entry) -> Submission:
    path = desk.path(entry.name)
    try:
        if path:
            return collect(entry.name, path)
    except UnreadableError as error:
        raise Refused(error.reason, 404) from error
    raise Refused(say("The files are not where they were graded."), 404)


def _runs(entry: Entry, submission: Submission, nobody: frozenset[int]) -> Runs:
    found = everywhere(code.in_order(submission, entry.report))
    return {run: places for run, places in found.items() if run not in nobody}


def _there(mine: Runs, theirs: Runs) -> Mapping[str, str]:
    """For each of my lines that is in a shared run, the first line of that run in the other."""
    there: dict[str, str] = {}
    for run in mine.keys() & theirs.keys():
        first = code.place(*min(theirs[run]))
        for place in mine[run]:
            there.setdefault(code.place(*place), first)
    return there
