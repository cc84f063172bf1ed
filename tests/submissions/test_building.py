"""What of a program makes an object that nothing else makes."""

from __future__ import annotations

import ast

import pytest

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.building import Made, made_in
from graders.submissions.submission import Submission

OURS = assignment.load("mu4in811")
LIBRARY = """
class Linear:
    def __init__(self, n, d):
        self.n, self.d = n, d
class TanH: ...
class Optim: ...
class Sequentiel:
    def __init__(self, modules):
        self.modules = modules
"""
PROGRAM = """
from lib import *
X, y = load("train.txt")
n = X.shape[1]
first = Linear(n, 100)
second = Linear(100, n)
second._parameters = first._parameters.T
modules = [first]
modules.append(TanH())
train(first, X)
net = Sequentiel(modules + [second])
optim = Optim(net).fit(X)
"""


def made(source: str) -> Made:
    (found,) = made_in(ast.parse(source).body, "Sequentiel")
    return found


def written(found: Made) -> str:
    return ast.unparse(ast.Module(list(found.statements), []))


def test_only_what_it_rests_on_is_carried_out() -> None:
    kept = written(made(PROGRAM))
    assert "load" not in kept
    assert "train" not in kept
    assert "fit" not in kept
    assert "second._parameters = first._parameters.T" in kept
    assert "modules.append(TanH())" in kept


def test_data_of_which_only_the_size_counts_is_ours() -> None:
    assert made(PROGRAM).data == {"X"}


@pytest.mark.parametrize(
    "size", ["len(X[0])", "X[0].shape[0]", "X.shape[1] // 2", "X[0].flatten().shape[0]", "np.ravel(X[0]).size"]
)
def test_a_size_may_be_asked_in_several_ways(size: str) -> None:
    assert made(f"X = load()\nnet = Sequentiel(Linear({size}, 3))").data == {"X"}


def test_data_that_is_used_is_made_as_it_was() -> None:
    found = made("X = load()\nnet = Sequentiel(Linear(X.shape[1], int(X.max())))")
    assert not found.data
    assert "X = load()" in written(found)


def test_what_is_made_in_a_loop_is_made_once() -> None:
    kept = written(made("for d in (2, 10):\n    net = Sequentiel([Linear(5, d)])\n    net.fit()\n"))
    assert kept.splitlines() == ["for d in (2, 10):", "    net = Sequentiel([Linear(5, d)])", "    break"]


def test_what_is_added_right_behind_belongs_to_it() -> None:
    kept = written(made("net = Sequentiel()\nnet.add(Linear(5, 2))\nnet.add(TanH())\nprint(net)\nnet.add(Other())\n"))
    assert kept.splitlines() == ["net = Sequentiel()", "net.add(Linear(5, 2))", "net.add(TanH())"]


def test_the_last_values_before_it_count() -> None:
    found = made("a = Linear(1, 2)\na = Linear(3, 4)\nnet = Sequentiel([a])\na = Linear(5, 6)\n")
    assert "Linear(1, 2)" not in written(found)
    assert "Linear(5, 6)" not in written(found)


def network(program: str) -> Bound | None:
    files = {"lib.py": LIBRARY.encode(), "essai.py": program.encode()}
    return bind(Submission("someone", files), OURS).names.get("AutoEncoderNetwork")


def test_a_network_of_a_program_stands_for_what_no_class_is() -> None:
    found = network(PROGRAM.replace("modules", "encodeur"))
    assert found is not None
    assert found.built is not None
    assert found.built.part.data == ("X",)
    assert ("Sequentiel", "lib.py") in found.built.known


def test_a_network_of_which_nothing_says_so_is_not_taken() -> None:
    assert network(PROGRAM) is None


def test_a_network_in_a_function_that_needs_nothing_is_found() -> None:
    program = (
        "from lib import *\ndef test_encodeur(code=2):\n    net = Sequentiel([Linear(256, code), Linear(code, 256)])\n"
    )
    found = network(program)
    assert found is not None
    assert found.built is not None
    assert found.built.part.width == 256
    assert "code = 2" in found.built.part.code


def test_the_file_that_holds_it_is_not_run() -> None:
    files = {"lib.py": LIBRARY.encode(), "essai.py": PROGRAM.replace("modules", "encodeur").encode()}
    assert [one.file for one in bind(Submission("someone", files), OURS).sources] == ["lib.py"]


def test_of_two_networks_of_as_many_layers_the_one_with_most_beside_them_counts() -> None:
    library = LIBRARY + "class TanH: ...\n"
    program = "from lib import *\nencodeur = Sequentiel([Linear(9, 4), TanH(), Linear(4, 9), TanH()])\n"
    program += "encodeur_2 = Sequentiel([Linear(9, 5), Linear(5, 9)])\n"
    files = {"lib.py": library.encode(), "essai.py": program.encode()}
    found = bind(Submission("someone", files), OURS).names["AutoEncoderNetwork"]
    assert found is not None
    assert found.definition.name == "encodeur"
