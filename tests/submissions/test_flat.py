"""Work without functions: which variables of a program are given values of ours."""

from __future__ import annotations

import pytest

from graders import assignment
from graders.submissions.binding import bind
from graders.submissions.bound import Bound
from graders.submissions.submission import Submission


def bound(id: str, name: str, source: str) -> Bound:
    given = assignment.load(id)
    found = bind(Submission("someone", {given.deliverables[-1].replace(".ipynb", ".py"): source.encode()}), given)
    one = found.names[name]
    assert one is not None
    return one


NET = "from torch import nn\nclass MLP(nn.Module):\n    def __init__(self, hidden_layers, dropout_p=0): ...\n"
STEPS = "    for _ in range(200):\n        loss(net({x}), {y}).backward()\n"


def test_examples_are_known_by_their_names() -> None:
    source = (
        NET
        + "x_tr, y_tr, x_va, y_va = f()\nfor h in ([2], [64]):\n    net = MLP(h)\n"
        + STEPS.format(x="x_tr", y="y_tr")
    )
    found = bound("cdl-tp1-2", "train_and_evaluate", source)
    assert found.once
    assert {("net", "model"), ("x_tr", "X_train"), ("y_tr", "y_train"), ("", "epochs")} <= {*found.order}


def test_examples_are_known_by_what_the_loop_does_with_them() -> None:
    source = NET + "A, b = f()\nfor h in ([2], [64]):\n    net = MLP(h)\n" + STEPS.format(x="A", y="b")
    found = bound("cdl-tp1-2", "train_and_evaluate", source)
    assert {("A", "X_train"), ("b", "y_train")} <= {*found.order}


TWO = """from torch import nn
class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes): ...
class XorMLP(nn.Module):
    def __init__(self, n_hidden=8): ...
model = Perceptron(6, 4)
net = XorMLP()
for x, y in train_loader:
    loss(model(x), y).backward()
for _ in range(100):
    loss(net(X), Y).backward()
"""


def test_each_training_has_its_network() -> None:
    order = bound("enm-tp1", "train_xor", TWO).order
    assert [name for name, meaning in order if meaning == "model"] == ["net"]
    order = bound("enm-tp1", "train", TWO + "train_loader = f()\n").order
    assert [name for name, meaning in order if meaning == "model"] == ["model"]


def test_networks_may_be_gone_over() -> None:
    source = (
        NET
        + "n = 500\nX_train, y_train = f(n)\nnets = {'a': MLP([2]), 'b': MLP([64])}\nfor name, net in nets.items():\n"
    )
    found = bound("cdl-tp1-2", "train_and_evaluate", source + STEPS.format(x="X_train", y="y_train"))
    assert {("net", "model"), ("", "epochs")} <= {*found.order}
    assert "n" not in dict(found.order)


CUT = (
    ("Xb, yb = A.split(40), b.split(40)\n", "zip(Xb, yb)"),
    ("Xb = torch.split(A, 40)\nyb = torch.split(b, 40)\n", "tqdm(zip(Xb, yb))"),
    ("batches = list(zip(A.split(40), b.split(40)))\n", "batches"),
    ("batches = [(A[i : i + 40], b[i : i + 40]) for i in range(0, len(A), 40)]\n", "batches"),
    ("Xb = torch.chunk(A, 5)\nyb = torch.chunk(b, 5)\nbatches = list(zip(Xb, yb))\n", "tqdm(batches)"),
)


@pytest.mark.parametrize(("before", "through"), CUT)
def test_examples_may_be_cut_into_batches_before_the_loop(before: str, through: str) -> None:
    loop = f"    for _ in range(9):\n        for p, q in {through}:\n            loss(net(p), q).backward()\n"
    source = NET + "A, b = f()\n" + before + "for h in ([2], [64]):\n    net = MLP(h)\n" + loop
    found = bound("cdl-tp1-2", "train_and_evaluate", source)
    assert {("A", "X_train"), ("b", "y_train")} <= {*found.order}


def test_parts_of_batches_that_are_counted_are_those_of_the_examples() -> None:
    loop = "    for _ in range(9):\n        for i, (p, q) in enumerate(zip(A.split(40), b.split(40))):\n            loss(net(p), q).backward()\n"
    found = bound(
        "cdl-tp1-2", "train_and_evaluate", NET + "A, b = f()\nfor h in ([2], [64]):\n    net = MLP(h)\n" + loop
    )
    assert {("A", "X_train"), ("b", "y_train")} <= {*found.order}


COUNTS = (
    ("while epoch < 300:", "epoch += 1"),
    ("while epoch < 300:", "epoch = epoch + 1"),
    ("while 300 > epoch:", "epoch += 1"),
    ("while True:", "epoch += 1\n        if epoch == 300:\n            break"),
)


@pytest.mark.parametrize(("loop", "step"), COUNTS)
def test_a_loop_that_counts_up_to_a_number_of_its_own_has_epochs(loop: str, step: str) -> None:
    body = (
        f"    n_epochs = 3\n    epoch = 0\n    {loop}\n        loss(net(X_train), y_train).backward()\n        {step}\n"
    )
    source = NET + "X_train, y_train = f()\nfor h in ([2], [64]):\n    net = MLP(h)\n" + body
    assert ("", "epochs") in bound("cdl-tp1-2", "train_and_evaluate", source).order


LOOKED = "        loss(net(A), b).backward()\n        with torch.no_grad():\n"
ON = (
    ("            out = net(P)\n            kept.append(loss(out, q).item())\n", {("P", "X_val"), ("q", "y_val")}),
    ("            for u, v in rest:\n                kept.append(loss(net(u), v).item())\n", {("rest", "val_loader")}),
)


@pytest.mark.parametrize(("look", "known"), ON)
def test_what_a_network_is_only_looked_at_on_is_the_validation(look: str, known: set[tuple[str, str]]) -> None:
    source = (
        NET
        + "A, b, P, q, rest = f()\nfor h in ([2], [64]):\n    net = MLP(h)\n    for _ in range(9):\n"
        + LOOKED
        + look
    )
    found = bound("cdl-tp1-2", "train_and_evaluate", source)
    assert {("A", "X_train"), ("b", "y_train"), *known} <= {*found.order}


def test_a_function_may_cut_what_it_is_given() -> None:
    body = "    Xb, yb = A.split(40), b.split(40)\n    for _ in range(epochs):\n        for p, q in zip(Xb, yb):\n"
    source = "def train(model, A, b, epochs):\n" + body + "            loss(model(p), q).backward()\n"
    assert {("A", "loader.0"), ("b", "loader.1")} <= {*bound("enm-tp1", "train", source).order}


def test_parts_may_be_taken_by_their_place() -> None:
    loop = "    for _ in range(9):\n        for i in range(len(Xb)):\n            loss(net(Xb[i]), yb[i]).backward()\n"
    source = NET + "A, b = f()\nXb, yb = A.split(40), b.split(40)\nfor h in ([2], [64]):\n    net = MLP(h)\n" + loop
    assert {("A", "X_train"), ("b", "y_train")} <= {*bound("cdl-tp1-2", "train_and_evaluate", source).order}
