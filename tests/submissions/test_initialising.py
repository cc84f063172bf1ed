"""Initial values that a program draws into its network, behind where it is made."""

from __future__ import annotations

import ast

from graders.submissions.initialising import Beside, beside
from graders.submissions.source import sources

LOADED = "x = load('train.csv')\nn, k = x.shape[1], 4\n"


def found(source: str) -> Beside:
    drawn = beside(sources({"tp1.py": source.encode()}), "Net", held=False)
    assert drawn is not None
    return drawn


def whole(source: str) -> str:
    return ast.unparse(ast.Module([*found(source).whole], []))


def test_what_bounds_rest_on_is_kept_with_the_network() -> None:
    program = LOADED + "net = Net(n, k)\na = (6 / (n + k)) ** 0.5\nprint(x)\nnn.init.uniform_(net.fc.weight, -a, a)\n"
    assert whole(program) == ast.unparse(ast.parse(program.replace("print(x)\n", "")))


def test_layers_in_a_list_are_parts_of_the_network() -> None:
    loop = "layers = [net.a, net.b]\nfor layer in layers:\n    layer.weight.data.uniform_(-1 / n, 1 / n)\n"
    assert "layers = [net.a, net.b]" in whole(LOADED + "net = Net(n, k)\n" + loop)


def test_values_copied_in_are_drawn() -> None:
    assert "copy_" in whole("net = Net(6, 4)\nwith torch.no_grad():\n    net.fc.weight.copy_(torch.randn(4, 6) / 3)\n")


def test_what_asks_the_tensor_for_its_size_holds_for_any_network() -> None:
    assert not found(LOADED + "net = Net(n, k)\nnn.init.xavier_uniform_(net.fc.weight)\n").whole
