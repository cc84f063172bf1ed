"""What a main() defines, and what is taken apart into pairs."""

from __future__ import annotations

import pytest

from graders import assignment
from graders.probes.configured import configured
from graders.probes.subject import found
from graders.probes.work import Packed, Work
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.submission import Submission

PROGRAM = """
def main():
    X = load()
    width = 3
    net = nn.Sequential(nn.Linear(width, 1))
    loss = lambda y, p: abs(y - p)
    def accuracy(y_true, y_pred):
        return loss(y_true, y_pred)
    class Inner(nn.Module): ...
    for k in (1, 2):
        deep = nn.Sequential(k)
"""


def names(source: str, id: str = "ue73-tp2") -> dict[str, Bound | None]:
    return dict(bind(Submission("someone", {"tp2.py": source.encode()}), assignment.load(id)).names)


def test_what_a_main_defines_is_found_and_carried_out_apart() -> None:
    bound = names(PROGRAM + "main()")["accuracy"]
    assert bound is not None
    assert bound.place == "tp2.py:accuracy"
    work = Work("", "", {"tp2.py": {}})
    assert found(bound.subject, work)(3, 1) == 2


def test_a_network_that_a_main_puts_together_is_one() -> None:
    put = "from torch import nn\ndef main():\n    mlp = nn.Sequential(nn.Linear(4, 1))\n    n = 3\nmain()"
    assert (bound := names(put)["MyMLP"]) is not None
    assert bound.place == "tp2.py:mlp"


@pytest.mark.parametrize("call", ["", "main(3)", "print(main)"])
def test_what_nobody_calls_defines_nothing(call: str) -> None:
    taken = "n" if "3" in call else ""
    assert names(PROGRAM.replace("main()", f"main({taken})") + call)["accuracy"] is None


def test_what_stands_at_top_level_counts_before() -> None:
    bound = names(PROGRAM + "def accuracy(y_true, y_pred): ...\nmain()")["accuracy"]
    assert bound is not None
    assert not bound.definition.inside


def trained(taken: str, body: str) -> Bound:
    source = f"def train(model, {taken}, epochs, lr):\n    {body}\n    loss.backward()\n"
    bound = names(source, "cdl-tp1-2")["train_and_evaluate"]
    assert bound is not None
    return bound


def test_pairs_are_known_where_several_are_taken_apart_at_once() -> None:
    two = trained("a_train, b_val", "(X, y), (xv, yv) = a_train, b_val")
    assert [[meaning for _, meaning in one.order] for one in two.packs] == [["X_train", "y_train"], ["X_val", "y_val"]]
    (one,) = trained("data", "(X_train, y_train), (X_val, y_val) = data").packs
    assert one.order == (("0.0", "X_train"), ("0.1", "y_train"), ("1.0", "X_val"), ("1.1", "y_val"))


def test_a_tuple_of_tuples_is_made() -> None:
    order = [("0.0", "a"), ("0.1", "b"), ("1", "c")]
    pack = Packed(file="", name="", order=order, items=False, options={}, places=True)
    assert configured(pack, Work("", "", {}), {"0.0": 1, "0.1": 2, "1": 3}) == ((1, 2), 3)


def test_variables_of_a_program_stand_in_nested_tuples_too() -> None:
    flat = "net = MLP([2])\n(X_train, y_train), (X_val, y_val) = load()\nfor e in range(9):\n    loss(net(X_train), y_train).backward()\n"
    found = names("from torch import nn\nclass MLP(nn.Module): ...\n" + flat, "cdl-tp1-2")["train_and_evaluate"]
    assert found is not None
    assert {"X_train", "y_train"} <= {meaning for _, meaning in found.order}
