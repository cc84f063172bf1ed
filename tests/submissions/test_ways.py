"""What a program makes of its own, and a class of which it makes several networks."""

from __future__ import annotations

import pytest

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source
from graders.submissions.submission import Submission
from graders.submissions.ways import Way, ways

OURS = assignment.load("amu-tp4")
CLASS = "from torch import nn\nclass ConvNet(nn.Module):\n    def __init__(self, {taken}): ...\n"


def made(source: str) -> list[Way]:
    return [one for one in ways([Source("tp4.py", (source,))]) if one.maker == "Net"]


def bound(program: str, taken: str = "n_convs") -> list[str]:
    files = {"tp4.py": (CLASS.format(taken=taken) + program).encode()}
    names = bind(Submission("someone", files), OURS).names
    return [one.place.partition(":")[2] if (one := names[name]) else "" for name in ("CNN1", "CNN2")]


@pytest.mark.parametrize(
    "source",
    ["mine = Net(2)", "self.mine = Net(2).to(d)", "d = {'mine': lambda: Net(2)}", "d['mine'] = Net(2)", "f(mine=Net(2))",
     "nets = [('mine', Net(2))]", "a, mine = 3, Net(2)"],
)  # fmt: skip
def test_what_is_made_goes_by_variables_and_keys(source: str) -> None:
    (way,) = made(source)
    assert {"mine", "Net2"} <= way.called
    assert way.given((Parameter("n", required=True),)) == (("n", 2),)


def test_what_is_no_constant_is_not_said() -> None:
    (way,) = made("mine = Net(size, 'a', deep=[1, 2], on=device)")
    taken = tuple(Parameter(name, required=True) for name in ("size", "kind", "deep", "on"))
    assert way.given(taken) == (("kind", "a"), ("deep", (1, 2)))


def test_a_loop_makes_one_of_each() -> None:
    found = made("for n in (1, 2):\n    m = Net(n)\n{kind: Net(kind) for kind in ['a', 'b']}")
    assert [one.written for one in found] == [((0, 1),), ((0, 2),), ((0, "a"),), ((0, "b"),)]


@pytest.mark.parametrize(
    "program",
    ["cnn1, cnn2 = ConvNet(1), ConvNet(2)", "for n in (1, 2):\n    train(ConvNet(n))", "a = ConvNet(1)\nmodele2 = ConvNet(2)",
     "def main():\n    nets = {'CNN 1': ConvNet(1), 'CNN 2': ConvNet(2)}"],
)  # fmt: skip
def test_a_class_of_which_two_networks_are_made_stands_for_both(program: str) -> None:
    assert bound(program) == ["ConvNet(n_convs=1)", "ConvNet(n_convs=2)"]


def test_the_one_that_nothing_names_is_the_other_one() -> None:
    assert bound("net = ConvNet()\ncnn2 = ConvNet(deep=True)", "deep=False") == ["ConvNet", "ConvNet(deep=True)"]


def test_a_class_of_which_one_network_is_made_stands_for_one() -> None:
    assert bound("cnn2 = ConvNet(2)\nagain = ConvNet(2)")[0] != "ConvNet(n_convs=2)"


def test_a_long_list_takes_no_time() -> None:
    assert len(made(f"x = [{', '.join(f'{one!r}' for one in map(str, range(20_000)))}, Net(1)]")) == 1
