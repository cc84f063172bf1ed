"""The near-copies of a class: read, compared, kept in `similar.json` beside the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path

from pydantic import ValidationError

from graders.engine.record import Class, read_record
from graders.engine.whole import write
from graders.frozen import Frozen
from graders.similar import ALIKE
from graders.similar.known import nobodys
from graders.similar.pairs import Pair, clusters, pairs
from graders.similar.prints import prints
from graders.submissions.collect import UnreadableError, collect, find
from graders.submissions.written import written

FILE = "similar.json"
# A mistake that more of the class make is nothing that two would have in common.
RARE = 0.2
# Of a group in which everybody copied from everybody, these pairs tell enough.
MOST_PAIRS = 100


class Mistake(Frozen):
    """A diagnosis that two share and few others have."""

    criterion: str
    diagnosis: str
    times: int


class Likeness(Frozen):
    """Two submissions: how alike, from 0 to 1, and the rare mistakes that both make."""

    one: str
    other: str
    alike: float
    mistakes: tuple[Mistake, ...] = ()


class Group(Frozen):
    """Submissions that look like each other, and their pairs, the most telling first."""

    names: tuple[str, ...]
    pairs: tuple[Likeness, ...]


class Similar(Frozen):
    """What was compared, and what was found; `known` was named as well-known code, `unread` could not be read."""

    compared: int
    least: float
    groups: tuple[Group, ...]
    known: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def find_similar(out: Path, settings: Class, least: float = ALIKE, known: Sequence[Path] = ()) -> Similar:
    """Compare a class, and keep what was found. TeachersFileError where well-known code is not where it is said to be."""
    nobody = nobodys(settings, known)
    theirs, unread = _prints(Path(settings.submissions))
    found = pairs(theirs, nobody, least)
    diagnoses = {name: _diagnoses(out / name) for name in theirs}
    groups = [_group(names, found, diagnoses) for names in clusters(found)]
    similar = Similar(
        compared=len(theirs),
        least=least,
        groups=tuple(sorted(groups, key=lambda group: -telling(group.pairs[0], len(theirs)))),
        known=tuple(str(path.absolute()) for path in known),
        unread=tuple(unread),
    )
    write(out / FILE, similar.model_dump_json(indent=1))
    return similar


def read_similar(out: Path) -> Similar | None:
    """What was found last."""
    try:
        return Similar.model_validate_json((out / FILE).read_bytes())
    except (OSError, ValidationError):
        return None


def telling(pair: Likeness, count: int) -> float:
    """Likeness, and a little more for each rare mistake in common."""
    return pair.alike + sum(0.05 * log((count + 1) / mistake.times) for mistake in pair.mistakes)


def _prints(folder: Path) -> tuple[dict[str, frozenset[int]], list[str]]:
    theirs, unread = dict[str, frozenset[int]](), list[str]()
    for name, path in find(folder):
        try:
            theirs[name] = prints(written(collect(name, path).files))
        except UnreadableError:
            unread.append(name)
    return theirs, unread


def _diagnoses(folder: Path) -> frozenset[tuple[str, str]]:
    record = read_record(folder)
    verdicts = record.verdicts if record else {}
    return frozenset((id, verdict.diagnosis) for id, verdict in verdicts.items() if verdict.diagnosis)


def _group(names: Sequence[str], found: Sequence[Pair], diagnoses: Mapping[str, frozenset[tuple[str, str]]]) -> Group:
    times = Counter(one for said in diagnoses.values() for one in said)
    count = len(diagnoses)
    likenesses = [
        Likeness(one=pair.one, other=pair.other, alike=pair.alike, mistakes=tuple(_shared(pair, diagnoses, times)))
        for pair in found
        if pair.one in names
    ]
    ordered = sorted(likenesses, key=lambda pair: -telling(pair, count))
    return Group(names=tuple(names), pairs=tuple(ordered[:MOST_PAIRS]))


def _shared(
    pair: Pair, diagnoses: Mapping[str, frozenset[tuple[str, str]]], times: Mapping[tuple[str, str], int]
) -> Iterator[Mistake]:
    for criterion, diagnosis in sorted(diagnoses[pair.one] & diagnoses[pair.other]):
        count = times[criterion, diagnosis]
        if count <= max(2, RARE * len(diagnoses)):
            yield Mistake(criterion=criterion, diagnosis=diagnosis, times=count)
