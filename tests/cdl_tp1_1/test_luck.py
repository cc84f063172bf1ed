"""Whatever the hidden points are, each training of the corpus is judged as it must be, and a map shows each mistake as it is."""

from __future__ import annotations

import ast
import inspect
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from graders import assignment
from graders.engine.validation import solution
from graders.laws.regions import Straight
from graders.observe.observation import Failure
from graders.observe.source import Text
from graders.suite.loading import hidden_suite, secret

OURS = assignment.load("cdl-tp1-1")
hidden_suite(OURS)
afar, declared, epochs, judging, lessons, rules, training = (
    import_module(f"hidden_cdl_tp1_1.{name}") for name in "afar declared epochs judging lessons rules training".split()
)
SEEDS = pytest.mark.parametrize("seed", [0, 1, *(pytest.param(one, marks=pytest.mark.slow) for one in range(2, 40))])
CRITERIA = {
    "perceptron.update": training.update,
    "perceptron.separates": training.separates,
    "perceptron.stop": epochs.stop,
    "perceptron.history": epochs.kept,
}
NOWHERE = Failure("missing")


def trainings() -> Iterator[tuple[str, dict[str, str], Callable[..., Any]]]:
    """The name, what it must lose, and the function of the reference and of each mutant of it that comes to an end."""
    file = solution(OURS)
    text = file.read_text("utf-8")
    yield "reference", {}, trained(text)
    for one in secret("cdl-tp1-1", "mutants").MUTANTS:
        costs = {id: why for id, why in one.costs.items() if id in CRITERIA}
        mutated = one.applied_to({file.name: text})[file.name] if costs and not one.of else text
        if "never-ends" not in costs.values() and ast.dump(function(mutated)) != ast.dump(function(text)):
            yield one.name, costs, trained(mutated)


def function(text: str) -> ast.FunctionDef:
    """The function alone: a mutant may change what the program gives it."""
    named = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    return next(node for node in named if node.name == "train_perceptron")


def trained(text: str) -> Callable[..., Any]:
    """What it does: the mutants are ours."""
    names: dict[str, Any] = {"np": np}
    exec(compile(ast.Module([function(text)], []), "train_perceptron", "exec"), names)  # noqa: S102
    return names["train_perceptron"]


def asked(train: Callable[..., Any], seed: int) -> Any:
    """What the plan asks of a function on the hidden points of a seed."""
    some, far, endless = hidden(seed)
    learnable = {"takes": _taken(train), "told": [told(train, one) for one in some]}
    long = {**learnable, "told": [told(train, one) for one in endless]}
    return declared.Asked(-1.0, {**learnable, "afar": [told(train, one) for one in far]}, long)


@cache
def hidden(seed: int) -> tuple[Any, Any, Any]:
    """The lessons that can be learned, with a large rate, and for long."""
    rng = np.random.default_rng(seed)
    some, settled = lessons.lessons(rng), lessons.few(rng, declared.LONG * 30, 1)
    again = lessons.Lesson(settled.x, settled.y, settled.eta, 50)
    return some, [afar.large(one) for one in some if len(one.x) <= lessons.FEW], [lessons.mixed(rng), again, settled]


def _taken(train: Callable[..., Any]) -> list[str]:
    """What is given by its name: a mutant has its rate written into its code."""
    return [name for name in ("eta", "epochs") if name in inspect.signature(train).parameters]


def told(train: Callable[..., Any], lesson: Any) -> dict[str, Any]:
    start = time.process_time()
    with np.errstate(all="ignore"):
        w, b, history = train(lesson.x, lesson.y, **{name: getattr(lesson, name) for name in _taken(train)})
    result = {"w": np.asarray(w, float), "b": float(b), "history": history}
    return {"lesson": lesson, "result": result, "inside": {"object": None, "given": None},
            "seconds": time.process_time() - start}  # fmt: skip


@SEEDS
def test_every_training_is_judged_as_it_must_be(seed: int) -> None:
    np.random.seed(seed)
    wrong = {}
    for name, costs, train in trainings():
        lost = {id: verdict.diagnosis for id, verdict in verdicts(train, seed) if verdict.credit < 1}
        if lost.keys() != costs.keys() or any(lost[id] not in why.split("|") for id, why in costs.items()):
            wrong[name] = lost
    assert not wrong


def verdicts(train: Callable[..., Any], seed: int) -> Iterator[tuple[str, Any]]:
    """On a function alone: there is no program."""
    heard = asked(train, seed)
    for id, judge in CRITERIA.items():
        reads = (Text(()), (NOWHERE,)) if id in ("perceptron.stop", "perceptron.history") else ((NOWHERE,),)
        with np.errstate(all="ignore"):
            yield id, judge((heard,), (), *reads)


@SEEDS
@pytest.mark.parametrize("many", [20, 60, 200])
def test_a_map_shows_every_mistake_in_whatever_order_the_points_were_learned(many: int, seed: int) -> None:
    """`apart` sees to it for the order of the points; in an order of their own 600 of 600 lines did from 60 points on, and of 20
    points 198 of 200: with the others "upside-down" looks like "mirrored" as well."""
    rng = np.random.default_rng(seed)
    lesson = lessons.apart(rng, many)
    for one in [lesson.expected(), *([_end(lesson, rng)] if many >= 60 else [])]:
        assert lessons._shows(Straight((one.w[0], one.w[1]), one.b), lesson.x)


def _end(lesson: Any, rng: np.random.Generator) -> Any:
    orders = [rng.permutation(len(lesson.x)) for _ in range(lesson.epochs)]
    *_, last = rules.fits(rules.rosenblatt, lesson.x, lesson.y, lesson.eta, lesson.epochs, orders)
    return last


@SEEDS
@pytest.mark.parametrize("label", ["apart", "tiny"])
def test_no_mistake_of_a_program_looks_right(label: str, seed: int) -> None:
    """A program takes no rate of ours, and ends when it likes."""
    lesson = getattr(lessons, label)(np.random.default_rng(seed))
    for name, step in {"misses-zero": rules.strict, **rules.MISTAKES}.items():
        with np.errstate(all="ignore"):
            end = rules.fit(step, lesson.x, lesson.y, 0.1, 15)
            case = judging.Case(lesson, [judging.Trained(end.w, end.b)], False, False)
            assert not judging.is_right(judging.explain([case])), name


def test_whoever_ignores_the_rate_is_seen() -> None:
    for seed in range(60):
        assert len({one.eta for one in lessons.lessons(np.random.default_rng(seed)) if len(one.x) <= lessons.FEW}) > 1
