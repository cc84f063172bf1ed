"""Values of ours in the place of a program's own: they lie as the program's own do, and stay what they are."""

from __future__ import annotations

import ast
from typing import Any, cast

import numpy as np
import pytest

from graders.probes.substitution import Substitution
from graders.probes.wire import Value

OURS = {"X": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), "y": np.array([1.0, -1.0, 1.0])}


def ran(program: str) -> dict[str, Any]:
    given: list[dict[str, Value]] = [{"names": [name], "value": cast("Value", one)} for name, one in OURS.items()]
    change = Substitution([program], given)
    namespace: dict[str, Any] = {"np": np, **change.namespace}
    tree = ast.fix_missing_locations(change.visit(ast.parse(program)))
    exec(compile(tree, "tp.py", "exec"), namespace)  # noqa: S102  # our own source
    return namespace


@pytest.mark.parametrize(
    ("own", "ours"),
    [
        ("X, y = np.zeros((9, 2)), np.ones(9)", "X[2, 1] == 6 and y.shape == (3,)"),
        ("X, y = np.zeros((9, 2)), np.ones((9, 1))", "y.shape == (3, 1)"),
        ("X, y = np.zeros((2, 9)), np.ones((1, 9))", "X[1, 2] == 6 and y.shape == (1, 3)"),
        ("X, y = np.hstack([np.zeros((9, 2)), np.ones((9, 1))]), np.ones(9)", "X[2].tolist() == [5, 6, 1]"),
        ("X, y = np.hstack([np.ones((9, 1)), np.zeros((9, 2))]), np.ones(9)", "X[2].tolist() == [1, 5, 6]"),
    ],
)
def test_ours_lie_as_theirs(own: str, ours: str) -> None:
    assert eval(f"bool({ours})", ran(own))  # noqa: S307  # our own source


def test_what_is_changed_in_place_stays_ours() -> None:
    left = ran("X = np.zeros((3, 2))\ny = np.ones(3)\ny[1:] = -1\nX -= X.mean(axis=0)\nX[0], y[0] = 7, 7\n")
    assert left["X"].tolist() == OURS["X"].tolist()
    assert left["y"].tolist() == OURS["y"].tolist()
