"""Which labels a training function understands is told from what it learns, whatever the hidden points are."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from graders import assignment
from graders.suite.loading import hidden_suite

hidden_suite(assignment.load("cdl-tp1-1"))
declared, judging, lessons, results = (
    import_module(f"hidden_cdl_tp1_1.{name}") for name in "declared judging lessons results".split()
)

SIGNS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "of ±1": lambda y: y,
    "of 0 and 1": lambda y: 2 * y - 1,
    "of both": lambda y: np.where(y > 0, 1, -1),
}
SEEDS = 6
UNDERSTOOD = {"of ±1": [-1.0], "of 0 and 1": [0.0], "of both": [-1.0, 0.0]}


def learned(lesson: Any, signs: np.ndarray, rng: np.random.Generator | None) -> Any:
    """What a right training makes of a lesson, in the order of its points or in one of its own."""
    w, b, made = np.zeros(2), 0.0, []
    for _ in range(lesson.epochs):
        wrong, order = 0, range(len(signs)) if rng is None else rng.permutation(len(signs))
        for place in order:
            if signs[place] * (lesson.x[place] @ w + b) <= 0:
                w, b, wrong = w + lesson.eta * signs[place] * lesson.x[place], b + lesson.eta * signs[place], wrong + 1
        made.append(wrong)
        if not wrong:
            break
    return results.Trained(w, b, made)


@pytest.mark.parametrize("shuffles", [False, True], ids=["in order", "shuffled"])
@pytest.mark.parametrize("kind", SIGNS)
def test_the_labels_of_a_function_are_told(kind: str, shuffles: bool) -> None:
    for seed in range(SEEDS):
        some, rng = lessons.lessons(np.random.default_rng(seed)), np.random.default_rng([seed, 1]) if shuffles else None
        sure = {}
        for low in declared.LOWER:
            found = [learned(one, SIGNS[kind](np.where(one.y > 0, 1, low)), rng) for one in some]
            cases = [judging.Case(one, [read], True, True) for one, read in zip(some, found, strict=True)]
            sure[low] = declared._sure(judging.explain(cases))
        best = max(sure.values())
        assert [low for low in declared.LOWER if sure[low] == best] == UNDERSTOOD[kind], (seed, sure)
        assert best == (3 if shuffles else 5), seed
