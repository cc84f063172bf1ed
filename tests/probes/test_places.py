"""A place in a dict of the program is given our value as a variable is."""

from __future__ import annotations

import ast

from graders.probes.places import given_in, put, value
from graders.submissions.kept_under import kept

MEANINGS = {"train": "train_loader", "val": "valid_loader", "test": "test_loader"}


def found(source: str, *through: str) -> dict[str, str]:
    return dict(kept(ast.parse(source).body, ["DataLoader"], MEANINGS, through))


def test_a_place_is_read_and_put() -> None:
    held: dict[str, object] = {"dl": {"train": 1, "val": 2}, "x": 3}
    put(held, {"dl['train']": 10, "x": 30, "new['a']": 5})
    assert held == {"dl": {"train": 10, "val": 2}, "x": 30, "new": {"a": 5}}
    assert [value(held, one) for one in ("dl['val']", "x", "dl['test']", "y['a']")] == [2, 30, None, None]


def test_whatever_gives_the_dict_gives_its_places() -> None:
    places = ("dl['train']", "x")
    for source, given in (
        ("dl = {}", {"dl['train']"}),
        ("dl['val'] = x", {"dl['train']"}),
        ("x = dl", {"x"}),
        ("y = x", set()),
    ):
        assert given_in(ast.parse(source), places) == given


def test_loaders_are_kept_under_keys() -> None:
    made = "for s in ['train', 'val', 'test']: pass\ndl = {s: DataLoader(d[s]) for s in d}\nn = len(dl['train'])"
    assert found(made) == {"dl['train']": "train_loader", "dl['val']": "valid_loader", "dl['test']": "test_loader"}
    assert found("X = {}\nn = X['train'].size") == {}
    assert found("for x, y in X['train']: pass", "X['train']") == {"X['train']": "train_loader"}
