"""What of a submission nobody wrote yet."""

from __future__ import annotations

import ast

import pytest

from graders.submissions.unwritten import unwritten


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("class Net(nn.Module):\n    pass", 2),
        ("class Net(nn.Module):\n    '''To do.'''\n    def forward(self, x):\n        pass", 4),
        ("class Net(Perceptron):\n    pass", 0),
        ("class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)", 0),
        ("def forward(x):\n    ...", 2),
        ("def forward(x):\n    return x", 0),
    ],
)
def test_a_network_of_which_nothing_is_there_is_not_written(source: str, line: int) -> None:
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.ClassDef | ast.FunctionDef)
    assert unwritten(node) == line
