"""The judges alone, on made-up observations."""

from __future__ import annotations

import numpy as np
import pytest

from graders import assignment
from graders.observe.training import Event
from graders.suite.loading import hidden_suite

hidden_suite(assignment.load("amu-tp4"))
from hidden_amu_tp4 import counts, splits, training  # type: ignore[import-not-found]  # noqa: E402  # loaded by its path


@pytest.mark.parametrize(
    "line",
    [
        "CNN 1 : 54 410 paramètres",
        "Total params: 54,410",
        "CNN1 54410 parameters",
        "params 320 + 54090 = 54\u00a0410",
        "param. 54.410",
    ],
)
def test_a_number_is_read_however_it_is_written(line: str) -> None:
    assert 54410 in [number for _, number in counts.stated(line, "CNN1", "Net")]


def test_a_line_that_names_the_students_own_class_is_about_it() -> None:
    (verdict,) = [counts.counted(54410, [], counts.stated("Net: 54368 params", "CNN1", "Net"))]
    assert verdict.diagnosis == "stated-count"
    assert counts.counted(54410, [], counts.stated("no number", "CNN1", "Net")).flags


def paths(*numbers: int) -> list[str]:
    return [f"{'Positive' if one % 2 else 'Negative'}/{one:05d}.jpg" for one in numbers]


@pytest.mark.parametrize(
    ("sets", "diagnosis"),
    [
        ([paths(*range(60)), paths(*range(60, 80)), paths(*range(80, 100))], None),
        ([paths(*range(60)), paths(*range(50, 70)), paths(*range(80, 100))], "test-in-train"),
        ([paths(*range(60)), paths(*range(60, 80)), paths(*range(70, 90))], "valid-in-test"),
        ([paths(*range(80)), paths(*range(80, 90)), paths(*range(90, 100))], "wrong-shares"),
        ([paths(*range(60)), paths(*range(60, 100))], "set-missing"),
        ([paths(*range(60)), paths(*range(61, 101, 2)), paths(*range(60, 100, 2))], "one-class"),
    ],
)
def test_sets_of_files(sets: list[list[str]], diagnosis: str | None) -> None:
    found = splits._mistakes(sets)
    assert [name for name, _ in found] == ([diagnosis] if diagnosis else [])


@pytest.mark.parametrize("shares", [(0.6, 0.2, 0.2), (0.64, 0.2, 0.16), (0.7, 0.15, 0.15)])
def test_shares_that_are_drawn_image_by_image_are_told_from_others(shares: tuple[float, ...]) -> None:
    rng, exact = np.random.default_rng(0), np.repeat(range(3), np.round(np.array(shares) * splits.SIZE).astype(int))
    draws = [exact] if shares[0] != 0.6 else [rng.choice(3, splits.SIZE, p=shares) for _ in range(300)]
    wrong = {
        name
        for drawn in draws
        for name, _ in splits._mistakes([paths(*np.flatnonzero(drawn == one)) for one in range(3)])
    }
    assert wrong == ({"wrong-shares"} if shares[0] != 0.6 else set())


def event(kind: str, name: str = "", *, training: bool = True) -> Event:
    return Event(event=kind, name=name, training=training, grad=training, output=np.zeros((2, 1)), input=np.zeros(2))  # type: ignore[arg-type]  # a kind


def epoch(loss: str, optimizer: str) -> list[Event]:
    learned = [event("forward"), event("loss", loss), event("backward"), event("step", optimizer)]
    return [*learned, event("forward", training=False)]


def test_epochs_are_told_by_what_is_only_looked_at() -> None:
    events = [event("forward"), *epoch("bce", "Adam"), *epoch("bce", "Adam")]
    assert [(len(one.learned), len(one.looked)) for one in training.epochs(events)] == [(1, 1), (1, 1)]


def test_the_last_loop_of_a_program_is_that_for_cracks() -> None:
    before, after = epoch("ce", "SGD")[:-1], epoch("bce", "Adam")
    assert training._last_loop([*before, *after]) == after
    assert training._last_loop(after) == after
