"""Which assignment a folder of submissions belongs to, where nobody said."""

from __future__ import annotations

from pathlib import Path

from graders import assignment
from graders.assignment import Assignment
from graders.commands.usage import UsageError
from graders.language import say
from graders.submissions.binding import bind
from graders.submissions.collect import UnreadableError, collect, find
from graders.submissions.submission import Submission

SAMPLE = 5


def guessed(path: Path, id: str | None) -> Assignment:
    """The named assignment; else the one of the folder's name; else the one whose names the submissions define most."""
    known = assignment.ids()
    if id:
        return named(id)
    by_folder = [one for one in known if one in path.resolve().parts]
    if by_folder:
        return assignment.load(max(by_folder, key=len))
    scores = {one: _names_found(path, assignment.load(one)) for one in known}
    best = max(scores, key=lambda one: scores[one], default=None)
    if best is None or scores[best] == 0 or list(scores.values()).count(scores[best]) > 1:
        raise UsageError(
            say(
                "{path}: which assignment this is could not be found. Say it: --assignment {known}",
                path=str(path),
                known="|".join(known),
            )
        )
    return assignment.load(best)


def guessed_for_one(path: Path, id: str | None) -> Assignment:
    """The same for one student's own folder; the only assignment there is needs no guess."""
    known = assignment.ids()
    if id or len(known) == 1:
        return named(id or known[0])
    by_folder = [one for one in known if one in path.resolve().parts]
    if by_folder:
        return assignment.load(max(by_folder, key=len))
    submission = collect(path.name, path)
    return assignment.load(max(known, key=lambda one: _bound(submission, assignment.load(one))))


def named(id: str) -> Assignment:
    """The one of this id; UsageError where there is none."""
    known = assignment.ids()
    if id not in known:
        raise UsageError(say("There is no assignment {id}. There are: {known}.", id=id, known=", ".join(known) or "—"))
    return assignment.load(id)


def _names_found(path: Path, ours: Assignment) -> int:
    return sum(_bound_in(name, entry, ours) for name, entry in find(path)[:SAMPLE])


def _bound_in(name: str, entry: Path, ours: Assignment) -> int:
    """What cannot be read tells nothing; its own report says why."""
    try:
        return _bound(collect(name, entry), ours)
    except UnreadableError:
        return 0


def _bound(submission: Submission, ours: Assignment) -> int:
    return sum(bound is not None for bound in bind(submission, ours).names.values())
