"""A training that starts from random weights: asked with a rate so large that what it starts from does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from .judging import SCALES, Case, Explanation, cases, explains
from .lessons import Lesson
from .rules import MISTAKES, Fit, Step, fits, rosenblatt

# Random weights are rarely above 3; a correction is then at least a million.
LARGE, STILL, FEWEST = 1e8, 1e4, 3
RULES: Mapping[str, Step] = {"": rosenblatt, **MISTAKES}


def large(lesson: Lesson) -> Lesson:
    """The same lesson, with that rate."""
    return replace(lesson, eta=LARGE * lesson.eta)


def explained_afar(heard: Mapping[str, object]) -> Explanation | None:
    """The rule that explains every answer, whichever example is the first that the random weights have wrong."""
    takes, told = heard["takes"], heard["afar"]
    assert isinstance(takes, list), "the plan says so"
    some = cases({"takes": takes, "told": told})
    if "eta" not in takes or not some or not all(case.readings for case in some):
        return None
    with np.errstate(all="ignore"):
        moved = [case for case in some if not _is_still(case)]
        return _explained(moved) if len(moved) >= FEWEST else None


def _is_still(case: Case) -> bool:
    """Whether the weights that it started from have every example right: it shows nothing."""
    return all(np.abs([*one.w, one.b]).max() < STILL for one in case.readings)


def _explained(some: list[Case]) -> Explanation | None:
    for scale in SCALES[:2]:
        for rule, step in RULES.items():
            if explains(some, [list(_from_anywhere(step, case)) for case in some], scale):
                return Explanation(rule, scale)
    return None


def _from_anywhere(step: Step, case: Case) -> Iterator[Fit]:
    """Nothing is corrected until one example is wrong; from there on the start has no part in it."""
    lesson, every = case.lesson, range(len(case.lesson.x))
    for first in every:
        yield from fits(step, lesson.x, lesson.y, lesson.eta, case.epochs, [every[first:], every])
