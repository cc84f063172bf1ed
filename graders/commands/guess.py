"""Which assignment a folder of submissions belongs to, where nobody said."""

from __future__ import annotations

from pathlib import Path

from graders import assignment
from graders.assignment import Assignment
from graders.commands.usage import UsageError
from graders.submissions.binding import bind
from graders.submissions.collect import collect, find
from graders.submissions.submission import Submission

SAMPLE = 5


def guessed(path: Path, id: str | None) -> Assignment:  # noqa: A002
    """The named assignment; else the one of the folder's name; else the one whose names the submissions define most."""
    if id:
        return assignment.load(id)
    known = assignment.ids()
    named = [one for one in known if one in path.resolve().parts]
    if named:
        return assignment.load(max(named, key=len))
    scores = {one: _names_found(path, assignment.load(one)) for one in known}
    best = max(scores, key=lambda one: scores[one], default=None)
    if best is None or scores[best] == 0 or list(scores.values()).count(scores[best]) > 1:
        raise UsageError(f"{path}: which assignment this is could not be found. Say it: --assignment {'|'.join(known)}")
    return assignment.load(best)


def guessed_for_one(path: Path, id: str | None) -> Assignment:  # noqa: A002
    """The same for one student's own folder; the only assignment there is needs no guess."""
    known = assignment.ids()
    if id or len(known) == 1:
        return assignment.load(id or known[0])
    named = [one for one in known if one in path.resolve().parts]
    if named:
        return assignment.load(max(named, key=len))
    submission = collect(path.name, path)
    return assignment.load(max(known, key=lambda one: _bound(submission, assignment.load(one))))


def _names_found(path: Path, ours: Assignment) -> int:
    return sum(_bound(collect(name, entry), ours) for name, entry in find(path)[:SAMPLE])


def _bound(submission: Submission, ours: Assignment) -> int:
    return sum(bound is not None for bound in bind(submission, ours).names.values())
