"""What of a submission nobody wrote yet."""

from __future__ import annotations

import ast

import pytest

from graders.submissions.unwritten import unwritten

MADE = "class Net(nn.Module):\n    def __init__(self, n):\n        super().__init__()\n        self.n = n"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("class Net(nn.Module):\n    pass", 2),
        ("class Net(nn.Module):\n    '''To do.'''\n    def forward(self, x):\n        pass", 4),
        ("class Net(Perceptron):\n    pass", 0),
        ("class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)", 0),
        (f"{MADE}\n", 4),
        (f"{MADE}\n    def forward(self, x):\n        return x", 4),
        (f"{MADE}\n    def forward(self, x):\n        return self.fc(x)", 4),
        (
            f"{MADE}\n    def forward(self, x):\n        return self.twice(x)\n    def twice(self, x):\n        return 2 * x",
            0,
        ),
        (f"{MADE}\n    def forward(self, x):\n        return torch.relu(x)", 0),
        (f"{MADE}\n        self.fc = Linear(n, 1)\n    def forward(self, x):\n        return self.fc(x)", 0),
        (f"{MADE}\n        self.fc = n\n    def forward(self, x):\n        return self.fc(x)", 0),
        ("class Net(nn.Module):\n    fc = nn.Linear(2, 2)\n    def forward(self, x):\n        return self.fc(x)", 0),
        ("class Net(nn.Module):\n    def forward(self, x):\n        return self.fc(x)", 3),
        ("def forward(x):\n    ...", 2),
        ("def forward(x):\n    return x", 0),
    ],
)
def test_a_network_of_which_nothing_is_there_is_not_written(source: str, line: int) -> None:
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.ClassDef | ast.FunctionDef)
    assert unwritten(node) == line
