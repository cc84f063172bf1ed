"""Work without functions: which variables of a program are given values of ours."""

from __future__ import annotations

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
