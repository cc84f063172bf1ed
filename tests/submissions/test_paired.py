"""Examples and labels that a function takes in one."""

from __future__ import annotations

import pytest

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.submission import Submission

MOONS, PERCEPTRON = assignment.load("cdl-tp1-2"), assignment.load("cdl-tp1-1")


def trained(source: str) -> Bound:
    found = bind(Submission("someone", {"mlp_moons.py": source.encode()}), MOONS).names["train_and_evaluate"]
    assert found is not None
    return found


def held(source: str, by: str = "places") -> list[tuple[str, ...]]:
    packs = trained(source).packs
    assert all(
        {"places": one.places, "items": one.items, "names": not one.places and not one.items}[by] for one in packs
    )
    return [tuple(meaning for _, meaning in one.order) for one in packs]


TAUGHT, CHECKED = ("X_train", "y_train"), ("X_val", "y_val")
DEF = "def train(model, {taken}, epochs, lr):\n    {body}\n    loss.backward()\n"


@pytest.mark.parametrize(
    ("taken", "body"),
    [
        ("train_set, val_set", "X, y = train_set; a, b = val_set"),
        ("train_set, val_set", "X, y = train_set; test(model, val_set)"),
        ("train_data, valid_data", "inputs, labels = train_data; xv, yv = valid_data"),
        ("data, val", "x, y = data; look(model, *val)"),
        ("donnees_train, donnees_val", "model(donnees_train[0]), donnees_train[1]"),
    ],
)
def test_a_pair_is_known_by_its_being_taken_apart(taken: str, body: str) -> None:
    assert held(DEF.format(taken=taken, body=body)) == [TAUGHT, CHECKED]


def test_four_may_come_in_one() -> None:
    apart = "X_train, y_train, X_val, y_val = data"
    assert held(DEF.format(taken="data", body=apart)) == [(*TAUGHT, *CHECKED)]


def test_what_is_read_under_keys_or_by_names_is_held() -> None:
    keys = DEF.format(taken="data", body="data['X_train'], data['y_train'], data['X_val'], data['y_val']")
    assert [{*one} for one in held(keys, "items")] == [{*TAUGHT, *CHECKED}]
    names = DEF.format(taken="jeu_train, jeu_val", body="model(jeu_train.X), jeu_train.y")
    assert [{*one} for one in held(names, "names")] == [{*TAUGHT}, {*CHECKED}]


def test_what_is_not_all_expected_is_no_pair() -> None:
    rows = DEF.format(taken="X_train, y_train, X_val, y_val", body="n, d = X_train; X_train[0], X_train[1]")
    assert not trained(rows).packs
    loader = DEF.format(taken="train_loader, val_loader", body="X, y = next(iter(train_loader)); loader[0]")
    assert not trained(loader).packs


def test_a_name_that_means_the_examples_may_be_that_of_both() -> None:
    source = "def train_perceptron(data, eta, epochs):\n    X, y = data\n"
    found = bind(Submission("someone", {"tp1_perceptron.py": source.encode()}), PERCEPTRON).names["train_perceptron"]
    assert found is not None
    assert [one.order for one in found.packs] == [(("0", "X"), ("1", "y"))]
    rows = "def train_perceptron(data, y, eta, epochs):\n    first, second = data[0], data[1]\n"
    found = bind(Submission("someone", {"tp1_perceptron.py": rows.encode()}), PERCEPTRON).names["train_perceptron"]
    assert found is not None
    assert not found.packs
