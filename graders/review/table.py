"""The table of a class: which submissions, in which order; what each criterion came to. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import fsum
from typing import NamedTuple

from pydantic import BaseModel

from graders.report.model import Line
from graders.report.words import counts
from graders.review.shelf import Entry
from graders.rubric import RubricLine
from graders.verdict import Status


class Filter(BaseModel, frozen=True):
    """What the class is narrowed to: a part of the name, a state, a criterion with a verdict or a kind of trouble."""

    text: str = ""
    state: str = ""
    criterion: str = ""
    verdict: str = ""
    kind: str = ""
    order: str = "name"

    def shows(self, entry: Entry) -> bool:
        """Whether a submission is in it."""
        line = entry.line(self.criterion) if self.criterion else None
        return (
            self.text.casefold() in entry.name.casefold()
            and STATES.get(self.state, _any)(entry)
            and (not self.verdict or (line is not None and line.verdict == self.verdict))
            and (not self.kind or entry.kind(self.criterion) == self.kind)
        )


def _any(entry: Entry) -> bool:
    return True


def _as_they_come(entry: Entry) -> float:
    return 0.0


STATES: Mapping[str, Callable[[Entry], bool]] = {
    "open": Entry.is_open,
    "flagged": lambda entry: bool(entry.report.flags),
    "marked": lambda entry: any(line.manual for line in entry.report.criteria),
    "ungradable": lambda entry: entry.report.status == "ungradable",
}
# Equals stay in the order of their names.
ORDERS: Mapping[str, Callable[[Entry], float]] = {
    "score": lambda entry: entry.report.score if entry.report.status == "graded" else -1.0,
    "best": lambda entry: -entry.report.score,
    "open": lambda entry: -entry.report.pending,
}


def narrowed(entries: Mapping[str, Entry], wanted: Filter) -> list[Entry]:
    """The submissions of a filter, in its order; they come by name."""
    return sorted(filter(wanted.shows, entries.values()), key=ORDERS.get(wanted.order, _as_they_come))


class Success(NamedTuple):
    """What a class did on a criterion: the share of its credit among what is decided, verdicts, how many are to be read."""

    line: RubricLine
    title: str
    share: float | None
    verdicts: Mapping[Status, int]
    open: int


def successes(rubric: Sequence[RubricLine], entries: Mapping[str, Entry], language: str) -> list[Success]:
    """Every criterion, in the order of the rubric."""
    lines: dict[str, list[Line]] = {line.id: [] for line in rubric}
    for entry in entries.values():
        for line in entry.report.criteria if entry.report.status == "graded" else ():
            lines.setdefault(line.id, []).append(line)
    return [_success(line, lines[line.id], language) for line in rubric]


def _success(line: RubricLine, found: Sequence[Line], language: str) -> Success:
    decided = [one for one in found if one.verdict is not Status.PENDING]
    points = fsum(one.points for one in decided)
    share = fsum(one.earned for one in decided) / points if points else None
    return Success(line, title(line, language), share, counts(found), len(found) - len(decided))


def title(line: RubricLine, language: str) -> str:
    """In the language of the page, where the course has one."""
    return line.title.get(language) or next(iter(line.title.values()), line.id)


class Kind(NamedTuple):
    """Submissions with the same trouble on a criterion; `marked`: those that a person decided already."""

    name: str
    entries: Sequence[Entry]
    marked: int


def kinds(entries: Mapping[str, Entry], criterion: str) -> list[Kind]:
    """The most frequent first; what has no trouble comes last, under no name."""
    counted = Counter(entry.kind(criterion) for entry in entries.values())
    return [
        _kind(name, [entry for entry in entries.values() if entry.kind(criterion) == name], criterion)
        for name, _ in sorted(counted.items(), key=lambda one: (one[0] == "", -one[1]))
    ]


def _kind(name: str, alike: Sequence[Entry], criterion: str) -> Kind:
    return Kind(name, alike, sum(bool(line and line.manual) for line in (one.line(criterion) for one in alike)))


class Alike(NamedTuple):
    """Others with the same trouble on a criterion: those that nobody marked by hand, those to whom nobody said anything."""

    unmarked: Sequence[str]
    untold: Sequence[str]


def alike(entries: Mapping[str, Entry], entry: Entry, criterion: str) -> Alike:
    """Whom the same mark or the same words may concern, too."""
    kind = entry.kind(criterion)
    others = [one for one in entries.values() if kind and one.name != entry.name and one.kind(criterion) == kind]
    lines = {one.name: line for one in others if (line := one.line(criterion))}
    unmarked = [name for name, line in lines.items() if not line.manual]
    return Alike(unmarked, [name for name, line in lines.items() if not line.comment])


class Neighbours(NamedTuple):
    """Where one goes from a submission."""

    before: str | None
    after: str | None
    next_open: str | None
    open: int


def neighbours(entries: Mapping[str, Entry], name: str, criterion: str = "") -> Neighbours:
    """By name; the next that is open comes after, else from the start."""
    names = list(entries)
    place = names.index(name)
    around = [*names[place + 1 :], *names[:place]]
    left = [one for one in around if entries[one].is_open(criterion)]
    before = names[place - 1] if place else None
    after = names[place + 1] if place + 1 < len(names) else None
    return Neighbours(before, after, left[0] if left else None, len(left) + entries[name].is_open(criterion))
