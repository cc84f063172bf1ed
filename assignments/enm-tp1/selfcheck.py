"""The published checks: what students run on themselves, on inputs that anybody may see. Passing them is a start."""

from __future__ import annotations

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.values import array, number
from graders.suite.suite import Suite
from graders.verdict import Verdict, failed, passed

suite = Suite("enm-tp1")
SIZE, FEATURES, CLASSES = 5, 3, 4
EITHER = How(forms=("torch", "numpy"))


def shaped(found: object, shape: tuple[int, ...]) -> Verdict | None:
    """What is wrong with a result that should have this shape."""
    if isinstance(found, Failure):
        return verdict_of(found)
    mine = array(found)
    if isinstance(mine, Failure) or mine.shape != shape:
        return failed(
            "wrong-shape", say("The result has the shape {found}, not {shape}.", found=str(np.shape(mine)), shape=str(shape))
            if not isinstance(mine, Failure)
            else say("The result is not an array of numbers."),
        )  # fmt: skip
    return None


@steps(group="perceptron")
def ROWS(talk: Talk) -> Heard:
    """Probabilities of five examples."""
    model = talk.call("Perceptron", how=How(quiet=True), n_features=FEATURES, n_classes=CLASSES)
    x = np.arange(SIZE * FEATURES).reshape(SIZE, FEATURES) / 10
    return {"rows": talk.method(model, "", x.astype(np.float32), how=EITHER)}


@suite.criterion("perceptron.forward", observe=ROWS)
def forward(heard: Heard) -> Verdict:
    """One row an example, one column a class; each row adds up to 1."""
    if problem := shaped(heard["rows"], (SIZE, CLASSES)):
        return problem
    rows = np.asarray(heard["rows"], float)
    if (rows < 0).any() or not np.allclose(rows.sum(axis=1), 1, atol=1e-4):
        return failed("no-probabilities", say("The rows are not probabilities: positive numbers that add up to 1."))
    return passed()


@steps(group="functions")
def SOFTMAX(talk: Talk) -> Heard:
    """Three rows of scores."""
    return {"rows": talk.call("softmax", how=EITHER, z=np.array([[0, 1, 2], [5, 5, 5], [-3, 0, 1]], np.float32))}


@suite.criterion("loss.softmax", observe=SOFTMAX)
def softmax(heard: Heard) -> Verdict:
    """Rows that add up to 1."""
    if problem := shaped(heard["rows"], (3, 3)):
        return problem
    rows = np.asarray(heard["rows"], float)
    return (
        passed() if np.allclose(rows.sum(axis=1), 1, atol=1e-4) else failed("sum", say("The rows do not add up to 1."))
    )


@steps(group="functions")
def CODE(talk: Talk) -> Heard:
    """Three classes of four."""
    return {"code": talk.call("one_hot", how=EITHER, target=np.array([0, 2, 1]), n_classes=CLASSES)}


@suite.criterion("loss.one_hot", observe=CODE)
def one_hot(heard: Heard) -> Verdict:
    """Three rows, four columns."""
    return shaped(heard["code"], (3, CLASSES)) or passed()


@steps(group="functions")
def DECISION(talk: Talk) -> Heard:
    """Three rows of probabilities."""
    rows = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.3, 0.6, 0.1]], np.float32)
    return {"classes": talk.call("decide", how=EITHER, probabilities=rows)}


@suite.criterion("perceptron.decide", observe=DECISION)
def decide(heard: Heard) -> Verdict:
    """One class a row."""
    return shaped(heard["classes"], (3,)) or passed()


@steps(group="losses")
def LOSS(talk: Talk) -> Heard:
    """Two rows of probabilities."""
    rows = np.array([[0.5, 0.5], [0.25, 0.75]], np.float32)
    return {"loss": talk.call("nll_loss", how=EITHER, probabilities=rows, target=np.array([0, 1]))}


@suite.criterion("loss.nll", observe=LOSS)
def nll(heard: Heard) -> Verdict:
    """A positive number."""
    if isinstance(heard["loss"], Failure):
        return verdict_of(heard["loss"])
    value = number(heard["loss"])
    if isinstance(value, Failure):
        return failed("no-number", say("The loss is not one number."))
    return passed() if value > 0 else failed("sign", say("The loss is not positive."))


@steps(group="losses")
def BINARY(talk: Talk) -> Heard:
    """Three probabilities."""
    p, y = np.array([0.9, 0.2, 0.6], np.float32), np.array([1, 0, 1], np.float32)
    return {"loss": talk.call("binary_cross_entropy", how=EITHER, p=p, target=y)}


@suite.criterion("loss.binary", observe=BINARY)
def binary(heard: Heard) -> Verdict:
    """A positive number."""
    return nll(heard)


@steps(group="data")
def DATA(talk: Talk) -> Heard:
    """Six examples in batches of four."""
    x, y = np.arange(12).reshape(6, 2).astype(np.float32), np.array([0, 0, 0, 0, 1, 1])
    made = talk.call("LabelledDataset", how=How(forms=("torch", "numpy"), quiet=True), x=x, y=y)
    heard: dict[str, object] = {"length": talk.method(made, "__len__"), "item": talk.method(made, "__getitem__", 2)}
    if talk.knows("make_loader"):
        loader = talk.call("make_loader", how=How(quiet=True), dataset=made, batch_size=4, weighted=True)
        heard["epoch"] = talk.keep(talk.given("epochs", loader=loader, count=1), tell=True)
    return heard


@suite.criterion("data.dataset", observe=DATA)
def dataset(heard: Heard) -> Verdict:
    """Six examples; an item is a pair."""
    for name in ("length", "item"):
        if isinstance(one := heard[name], Failure):
            return verdict_of(one)
    if heard["length"] != 6:
        return failed("length", say("len() does not give the number of examples."))
    pair = isinstance(heard["item"], list) and len(heard["item"]) == 2
    return passed() if pair else failed("no-pair", say("An item is not a pair (x, y)."))


@suite.criterion("data.sampler", observe=DATA)
def sampler(heard: Heard) -> Verdict:
    """A weighted epoch can be drawn."""
    epoch = heard.get("epoch", Failure("missing", type="make_loader", message="make_loader"))
    return verdict_of(epoch) if isinstance(epoch, Failure) else passed()


@steps(group="descent")
def SLOPES(talk: Talk) -> Heard:
    """The gradients of a perceptron on three examples."""
    model = talk.call("Perceptron", how=How(quiet=True), n_features=2, n_classes=2)
    x = np.array([[0, 1], [1, 0], [1, 1]], np.float32)
    slopes = talk.call("gradients", how=EITHER, model=model, x=x, y=np.array([0, 1, 1]))
    return {"parameters": talk.parameters(model), "gradients": slopes}


@suite.criterion("sgd.gradients", observe=SLOPES)
def gradients(heard: Heard) -> Verdict:
    """A gradient for each name of a parameter."""
    if isinstance(heard["gradients"], Failure):
        return verdict_of(heard["gradients"])
    names, found = heard["parameters"], heard["gradients"]
    if not isinstance(found, dict) or not isinstance(names, dict) or found.keys() != names.keys():
        return failed("names", say("The result is not a dictionary with the names of the model's parameters."))
    return passed()


@steps(group="xor", seconds=60)
def XOR(talk: Talk) -> Heard:
    """One training."""
    net = talk.call("train_xor", how=How(quiet=True))
    net = talk.keep(talk.given("network_in", value=net))
    return {"answers": talk.method(net, "", np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32), how=EITHER)}


@suite.criterion("xor.solves", observe=XOR)
def xor(heard: Heard) -> Verdict:
    """A network that answers to four points."""
    if isinstance(heard["answers"], Failure):
        return verdict_of(heard["answers"])
    answers = array(heard["answers"])
    alike = isinstance(answers, Failure) or len(answers) != 4 or np.allclose(answers, answers[0])
    return failed("constant", say("It answers the same to all four points.")) if alike else passed()
