"""How the program makes a network that wants more than is expected."""

from __future__ import annotations

import ast

import pytest

from graders import assignment
from graders.probes.made import as_made
from graders.probes.work import Made, Work
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.submission import Submission
from graders.submissions.unfolding import given_once, unfolded

OURS = assignment.load("ue73-tp2")
CLASS = (
    "from torch import nn\nclass Config:\n    def __init__(self, input_size, hidden): ...\nclass MyMLP(nn.Module):\n"
)


def bound(taken: str, program: str) -> Bound:
    text = f"{CLASS}    def __init__(self, {taken}):\n        self.n = cfg['input_size'], cfg['h']\n{program}"
    text = text.replace("cfg['input_size'], cfg['h']", "cfg.input_size, cfg.hidden") if "Config(" in program else text
    found = bind(Submission("someone", {"tp2.py": text.encode()}), OURS).names["MyMLP"]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("taken", "program", "code"),
    [
        ("input_size, h, k", "MyMLP(x.shape[1], H, K)", "network_(input_size=input_size_, h=H, k=K)"),
        ("a, b", "MyMLP(n, 64)", "network_(a=input_size_, b=64)"),
        ("hidden, input_size", "MyMLP([64, 32], n)", "network_(hidden=[64, 32], input_size=input_size_)"),
        ("n, hidden", "def main():\n    hidden = [64]\n    MyMLP(k, hidden)", "network_(n=input_size_, hidden=[64])"),
        ("hidden, n", "MyMLP([64, 32], len(x[0]))", "network_(hidden=[64, 32], n=input_size_)"),
        ("n, p", "if __name__ == '__main__':\n    p = 2\n    MyMLP(k, p)", "network_(n=input_size_, p=2)"),
        ("n, h", "for h in (16, 32):\n    MyMLP(k, h)", "network_(n=input_size_, h=h)"),
        ("n, h", "def main(h=16):\n    MyMLP(k, h)", "network_(n=input_size_, h=16)"),
        ("widths", "MyMLP([k, 64, 1])", "network_(widths=[input_size_, 64, 1])"),
        ("*widths", "def main():\n    all = k, 64, 1\n    MyMLP(*all)", "network_(input_size_, 64, 1)"),
        ("input_size, *hidden", "MyMLP(k, 64, 1)", "network_(input_size_, 64, 1)"),
        ("**cfg", "MyMLP(**{'input_size': k, 'hidden': 3})", "network_(input_size=input_size_, hidden=3)"),
        ("cfg", "MyMLP(dict(input_size=k, h=3))", "network_(cfg=dict(input_size=input_size_, h=3))"),
        ("cfg", "def f():\n    c = Config(k, 3)\n    MyMLP(c)", "network_(cfg=Config(input_size=input_size_, hidden=3))"),
        ("n, h", "def f():\n    args = p.parse_args()\n    MyMLP(k, args.h)\np.add_argument('--h', default=7)",
         "network_(n=input_size_, h=7)"),
        ("input_size, h=8", "MyMLP(k, 64)", "network_(input_size=input_size_, h=64)"),
    ],
)  # fmt: skip
def test_what_the_program_gives_stands_beside_our_sizes(taken: str, program: str, code: str) -> None:
    made = bound(taken, program).made
    assert made is not None
    assert made["code"] == code


@pytest.mark.parametrize(
    ("taken", "program"),
    [
        ("input_size", "MyMLP(k)"),
        ("input_size, h=8", "MyMLP(k)\nMyMLP(k, 64)"),
        ("input_size, h", "def search(): ...\nMyMLP(k, search())"),
        ("input_size, where", "MyMLP(k, 'cuda')"),
        ("n_freq, n_time", "MyMLP(*x.shape[1:])"),
    ],
)
def test_what_is_expected_what_differs_and_what_takes_its_time_is_not_asked_of_the_program(
    taken: str, program: str
) -> None:
    assert bound(taken, program).made is None


def test_our_values_stand_where_they_are_meant_and_theirs_where_there_are_none() -> None:
    work = Work("", "", {"tp2.py": {"H": [3], "k": 5}})
    made = Made(file="tp2.py", code="network_(input_size_, hidden=H)", usual={"input_size": "k"})
    assert as_made(made, work, {"input_size": 9}) == ((9,), {"hidden": [3]})
    assert as_made(made, work, {}) == ((5,), {"hidden": [3]})
    assert as_made({**made, "code": "network_(nowhere)"}, work, {}) is None


@pytest.mark.parametrize(
    ("program", "text", "found"),
    [
        ("a = 2\nb = [a, a]", "f(b)", "f([2, 2])"),
        ("a = 2\na = 3", "f(a)", "f(a)"),
        ("a = 2\na += 3", "f(a)", "f(a)"),
        ("a, b = 2, 3", "a + b", "2 + 3"),
        ("a, b = f()", "a + b", "a + b"),
        ("c = {'h': [1, 2]}", "c['h'][1]", "2"),
        ("c = dict(h=4)", "c['h']", "4"),
        ("for name, n in [('a', 1), ('b', 2)]: ...", "f(name, n)", "f('a', 1)"),
        ("a = a", "a", "a"),
        ("a = b\nb = a", "a", "a"),
        ("h = 3", "[h for h in x]", "[h for h in x]"),
    ],
)
def test_variables_that_are_given_once_are_unfolded(program: str, text: str, found: str) -> None:
    node = ast.parse(text, mode="eval").body
    assert ast.unparse(unfolded(node, given_once(ast.parse(program).body), {})) == found
