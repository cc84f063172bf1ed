"""Which assignment a folder of submissions belongs to, where nobody said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from graders import assignment
from graders.assignment import Assignment
from graders.commands.resembling import resemblance
from graders.commands.usage import UsageError
from graders.language import say
from graders.submissions.binding import bind
from graders.submissions.collect import UnreadableError, collect, find
from graders.submissions.submission import Submission

SAMPLE = 5
# The first must be above the second by this share of its resemblance. Of 140 right ways of the ten assignments, each alone, one
# is nearer, and two more are less than 0.3 above.
CLEARLY = 0.1
# Where words do not tell: the expected names that it must define beyond those of the next, as a share.
MORE = 0.5


def guessed(path: Path, id: str | None) -> Assignment:
    """The named assignment; else the one of the folder's name; else the one whose words the submissions share."""
    if id:
        return named(id)
    return _by_folder(path) or _by_words(path, [one for entry in find(path)[:SAMPLE] for one in _readable(*entry)])


def guessed_for_one(path: Path, id: str | None) -> Assignment:
    """The same for one student's own folder; the only assignment there is needs no guess."""
    known = assignment.ids()
    if id or len(known) == 1:
        return named(id or known[0])
    return _by_folder(path) or _by_words(path, [collect(path.name, path)])


def named(id: str) -> Assignment:
    """The one of this id; UsageError where there is none."""
    known = assignment.ids()
    if id not in known:
        raise UsageError(say("There is no assignment {id}. There are: {known}.", id=id, known=", ".join(known) or "—"))
    return assignment.load(id)


def _by_folder(path: Path) -> Assignment | None:
    """The one whose id stands in the name of the folder, or of one above it."""
    for part in reversed(path.resolve().parts):
        for id in assignment.ids():
            if re.search(rf"(?<![a-z0-9]){re.escape(id)}(?![a-z0-9])", part, re.IGNORECASE):
                return assignment.load(id)
    return None


def _by_words(path: Path, some: Sequence[Submission]) -> Assignment:
    known = [assignment.load(id) for id in assignment.ids()]
    alike = resemblance(some, known)
    close = [one for one, value in zip(known, alike, strict=True) if value > (1 - CLEARLY) * alike.max()]
    if len(close) > 1:
        close = _by_names(close, some)
    if close:
        return close[0]
    raise UsageError(
        say(
            "{path}: which assignment this is could not be found. Say it: --assignment {known}",
            path=str(path),
            known="|".join(one.id for one in known),
        )
    )


def _by_names(close: Sequence[Assignment], some: Sequence[Submission]) -> list[Assignment]:
    """The one of which the submissions define most, where it is by half of what is expected more than of the others."""
    shares = np.array([fmean(_defined(submission, ours) for submission in some) for ours in close])
    second, first = np.sort(shares)[-2:]
    return [close[int(shares.argmax())]] if first - second >= MORE else []


def _defined(submission: Submission, ours: Assignment) -> float:
    names = bind(submission, ours).names.values()
    return sum(bound is not None for bound in names) / max(1, len(names))


def _readable(name: str, entry: Path) -> list[Submission]:
    """What cannot be read tells nothing; its own report says why."""
    try:
        return [collect(name, entry)]
    except UnreadableError:
        return []
