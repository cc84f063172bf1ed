"""Question 1: one linear map and softmax, its initial weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws import initialization as laws
from graders.laws.architecture import Layer, layers
from graders.laws.failure import verdict_of
from graders.laws.initialization import Law
from graders.laws.trace import Pass
from graders.laws.weights import Layer as Sample
from graders.laws.weights import explain_law, pool
from graders.observe.network import InitialWeights, Weights
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Optional, Reader
from graders.observe.steps import Heard, How, Talk, steps
from graders.probes.wire import Value
from graders.report.pictures import Histogram
from graders.verdict import Verdict, failed, partial, passed

from .declared import Floats, fits, softmax, suite, uses
from .formulas import SOFTMAX, STABLE, exponential, stable

FEATURES, CLASSES, SIZE = 7, 4, 6
_PASS = Reader(Pass)


@steps(group="perceptron")
def FORWARD(talk: Talk) -> Heard:
    """One pass of a batch, traced, and the answer to one example alone."""
    x = talk.normal(SIZE, FEATURES).astype(np.float32)
    model = talk.call("Perceptron", how=How(quiet=True, seed=5), n_features=FEATURES, n_classes=CLASSES)
    # Scores far enough apart that no two formulas give the same.
    pass_, told = talk.trace(model, 2 * x), talk.parameters(model)
    one = talk.method(model, "", 2 * x[:1], how=How(forms=("torch", "numpy")))
    return {
        "x": 2 * x,
        "model": model,
        "trace": pass_,
        "parameters": told,
        "one": one,
        "uses": uses(talk, "Perceptron"),
    }


@suite.criterion("perceptron.forward", observe=(FORWARD, Optional(STABLE)))
def forward(heard: Heard, softmax_: tuple[Heard | Failure]) -> Verdict:
    """Each row is softmax(Wx + b)."""
    if isinstance(heard["trace"], Failure):
        return verdict_of(heard["trace"])
    seen = _PASS.read(Seen(cast("Value", heard["trace"])))
    if isinstance(seen, Failure):
        return verdict_of(seen)
    found = layers(seen)
    if len(found) > 1:
        return failed(
            "several-layers", say("A pass goes through {count} linear maps; one was asked for.", count=len(found))
        )
    return (
        _by_own_softmax(seen.output, found, heard, softmax_[0])
        or _values(seen.output, found, heard)
        or _alone(heard)
        or passed()
    )


def sound(forward_: Heard | Failure, softmax_: Heard | Failure) -> bool:
    """Whether the student's perceptron is right, so that what fails with it fails by itself."""
    return not isinstance(forward_, Failure) and forward(forward_, (softmax_,)).credit == 1


def _by_own_softmax(output: object, found: Sequence[Layer], heard: Heard, asked: Heard | Failure) -> Verdict | None:
    """What the student's own softmax, wrong as it is, makes of the scores is paid there."""
    if isinstance(asked, Failure) or "softmax" not in cast("Sequence[str]", heard["uses"]):
        return None
    wrong = SOFTMAX.wrong.get(stable(asked).diagnosis or "")
    if wrong and any(fits(output, wrong[0](z)) for z, _ in _scores(found, heard)):
        return passed(say("It is right but for softmax, where that is counted."))
    return None


def _values(output: object, found: Sequence[Layer], heard: Heard) -> Verdict | None:
    """What is wrong with the probabilities."""
    scores = list(_scores(found, heard))
    if np.shape(output) != (SIZE, CLASSES):
        return failed(
            "wrong-shape",
            say(
                "For {n} examples and {k} classes the result has the shape {shape}.",
                n=SIZE,
                k=CLASSES,
                shape=str(np.shape(output)),
            ),
        )
    if any(fits(output, softmax(z)) for z, biased in scores if biased):
        return None
    if any(fits(output, softmax(z)) for z, _ in scores):
        return partial(
            0.5, "no-bias", say("The map has no bias: it is softmax(Wx), and softmax(Wx + b) was asked for.")
        )
    for diagnosis, (formula, sentence) in WRONG.items():
        if any(fits(output, formula(z)) for z, _ in scores):
            return failed(diagnosis, sentence)
    if not scores:
        return failed("no-linear-map", say("No linear map from the features to the classes was found."))
    return failed("wrong-probabilities", say("The result is not softmax(Wx + b)."))


WRONG: Mapping[str, tuple[object, Message]] = {
    "logits-returned": (lambda z: z, say("The scores Wx + b are returned as they are: softmax is missing.")),
    "softmax-over-batch": (
        lambda z: softmax(z, axis=0),
        say(
            "softmax runs over the examples of the batch (dim=0): the probabilities of one example do not add up to 1."
        ),
    ),
    "log-softmax": (
        lambda z: np.log(softmax(z)),
        say("These are log-probabilities (log_softmax); probabilities were asked for."),
    ),
    "sigmoid": (
        lambda z: 1 / (1 + np.exp(-z)),
        say("A sigmoid stands in the place of softmax: the probabilities of one example do not add up to 1."),
    ),
    "softmax-twice": (lambda z: softmax(softmax(z)), say("softmax is applied twice.")),
    "relu-before-softmax": (
        lambda z: softmax(np.maximum(z, 0)),
        say("A ReLU stands between the linear map and softmax: negative scores all become equal."),
    ),
    "sigmoid-before-softmax": (
        lambda z: softmax(1 / (1 + np.exp(-z))),
        say("A sigmoid stands between the linear map and softmax."),
    ),
    "tanh-before-softmax": (lambda z: softmax(np.tanh(z)), say("A tanh stands between the linear map and softmax.")),
    "not-divided": (exponential, say("The exponentials are not divided by their sum.")),
    "whole-batch": (
        lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
        say("The whole batch adds up to 1, and each row should."),
    ),
    "one-hot": (
        lambda z: np.eye(z.shape[1])[z.argmax(axis=1)],
        say("It returns a decision; the probabilities were asked for."),
    ),
}


def _scores(found: Sequence[Layer], heard: Heard) -> Iterator[tuple[Floats, bool]]:
    """Wx + b for every way in which the map may be meant, and whether there is a bias in it."""
    x, named = np.asarray(heard["x"], float), cast("Mapping[str, object]", heard["parameters"])
    arrays = [one for one in named.values() if isinstance(one, np.ndarray)] if isinstance(named, Mapping) else []
    matrices = [np.asarray(layer.weight, float) for layer in found] or [
        one if len(one) == CLASSES else one.T for one in arrays if one.ndim == 2
    ]
    vectors = [np.asarray(layer.bias.array, float).reshape(-1) for layer in found if layer.bias is not None]
    vectors += [one.reshape(-1) for one in arrays if one.size == CLASSES]
    ones = np.ones((len(x), 1))
    for weight in matrices:
        for wide in (np.hstack([x, ones]), np.hstack([ones, x])):
            if weight.shape == (CLASSES, FEATURES + 1):
                yield wide @ weight.T, True
        if weight.shape == (CLASSES, FEATURES):
            yield from ((x @ weight.T + bias, True) for bias in vectors)
            yield x @ weight.T, False


def _alone(heard: Heard) -> Verdict | None:
    """What becomes of a batch of one example."""
    if isinstance(heard["one"], Failure):
        return verdict_of(heard["one"])
    if np.shape(heard["one"]) != (1, CLASSES):
        return partial(0.5, "batch-axis-dropped", say("With a batch of one example the batch axis is lost (squeeze)."))
    return None


# Two sizes, so that no fixed deviation or bound looks like a law of the fans; neither is a multiple of the other's fan.
SIZES = ((37, 11), (120, 6))
WEIGHTS = tuple(
    InitialWeights("Perceptron", shape=(1, n), seeds=24, sizes=(("n_features", n), ("n_classes", k))) for n, k in SIZES
)

RIGHT: Mapping[str, tuple[Law, str]] = {
    "xavier-uniform": (laws.xavier_uniform(), "Xavier, uniform"),
    "xavier-normal": (laws.xavier_normal(), "Xavier, normal"),
    "he-uniform": (laws.kaiming_uniform(), "He, uniform"),
    "he-normal": (laws.kaiming_normal(), "He, normal"),
    "he-uniform-out": (laws.kaiming_uniform("out"), "He, uniform, fan_out"),
    "he-normal-out": (laws.kaiming_normal("out"), "He, normal, fan_out"),
    "linear-uniform": (laws.one_fan_uniform(3), "He, uniform, gain 1"),
    "linear-normal": (laws.one_fan_normal(1), "He, normal, gain 1"),
    "linear-uniform-out": (laws.one_fan_uniform(3, "out"), "He, uniform, gain 1, fan_out"),
    "linear-normal-out": (laws.one_fan_normal(1, "out"), "He, normal, gain 1, fan_out"),
    **{
        f"xavier-{kind}-{name}": (law(gain), f"Xavier, {kind}, gain {sign}")
        for kind, law in (("uniform", laws.xavier_uniform), ("normal", laws.xavier_normal))
        for name, sign, gain in (("relu", "√2", 2**0.5), ("tanh", "5/3", 5 / 3))
    },
}
MISTAKES: Mapping[str, tuple[Law, str, Message]] = {
    "default": (
        laws.pytorch_default(),
        "pytorch-default",
        say("PyTorch's default initialisation was left in place; He or Xavier was asked for."),
    ),
    "zeros": (laws.zero(), "zeros", say("All weights start from 0.")),
    "constant": (laws.constant(), "constant", say("All weights start from the same value.")),
    "no-root": (
        laws.xavier_without_root(),
        "no-root",
        say("The square root of Xavier's bound was forgotten."),
    ),
    "std-as-bound": (
        laws.xavier_std_as_bound(),
        "deviation-as-bound",
        say(
            "Xavier's standard deviation √(2/(fan_in+fan_out)) was taken for the bound of a uniform law; the bound has a 6."
        ),
    ),
    "one-sided": (laws.xavier_one_sided(), "one-sided", say("The weights are drawn from [0, a], not from [-a, a].")),
    **{
        f"variance-{numerator}-{fan}": (
            lambda shape, numerator=numerator, fan=fan: laws.normal(numerator / _fan(shape, fan))(shape),  # type: ignore[misc]
            "variance-as-deviation",
            say("The variance was given where the standard deviation is wanted: the square root was forgotten."),
        )
        for numerator in (1, 2)
        for fan in ("in", "sum")
    },
    **{
        f"normal-{std}": (
            laws.normal(std),
            "fixed-deviation",
            say(
                "The weights are normal with a deviation of {std}, whatever the sizes: He and Xavier depend on them.",
                std=std,
            ),
        )
        for std in (*laws.NORMALS, 0.2, 0.5)
    },
    **{
        f"uniform-{low}-{high}": (
            laws.uniform(low, high),
            "fixed-bound",
            say(
                "The weights are uniform from {low} to {high}, whatever the sizes: He and Xavier depend on them.",
                low=low,
                high=high,
            ),
        )
        for low, high in ((0, 1), (-1, 1), (-0.5, 0.5), (-0.1, 0.1), (-0.05, 0.05), (-0.01, 0.01), (0, 0.1))
    },
}


def _fan(shape: tuple[int, int], fan: str) -> int:
    return shape[1] if fan == "in" else sum(shape)


@suite.criterion("perceptron.init", observe=WEIGHTS)
def init(first: Weights, second: Weights) -> Verdict:
    """The weights follow a law of He or of Xavier; biases are free."""
    samples = [
        *(one for weights, sizes in zip((first, second), SIZES, strict=True) for one in _samples(weights, sizes))
    ]
    if not samples:
        return failed("no-weights", say("The network has no matrix of weights."))
    name = explain_law(
        samples, {key: law for key, (law, _) in RIGHT.items()}, {key: one[0] for key, one in MISTAKES.items()}
    )
    if name in RIGHT and _orthogonal(first):
        return failed("orthogonal", say("The rows of the weights are orthogonal: this is no law of He or of Xavier."))
    if name in RIGHT:
        return passed(say("The initial weights follow this law: {law}.", law=RIGHT[name][1]))
    return _wrong(name, first)


def _orthogonal(weights: Weights) -> bool:
    """Whether the rows of each matrix are, in one draw: by chance they never are."""
    drawn = [
        one.values[0].reshape(one.shape)
        for one in weights.parameters.values()
        if len(one.shape) == 2 and 1 not in one.shape
    ]
    grams = [one @ one.T if len(one) <= len(one.T) else one.T @ one for one in drawn]
    return bool(grams) and all(np.allclose(one, np.diag(np.diag(one)), atol=1e-4 * np.abs(one).max()) for one in grams)


def _wrong(name: str | None, weights: Weights) -> Verdict:
    if name is None:
        return failed("other-law", say("The initial weights follow neither a law of He nor one of Xavier."))
    _, diagnosis, sentence = MISTAKES[name]
    if name == "default" and weights.never_called:
        return failed(
            "init-never-called",
            say(
                "The initialisation {name} is defined and never called: PyTorch's default was left in place.",
                name=", ".join(weights.never_called),
            ),
        )
    verdict = failed(diagnosis, sentence)
    if name == "default" and weights.elsewhere:
        flag = say("Initial values are drawn outside of the network and of any function for it: a person should look.")
        return verdict.model_copy(update={"flags": (flag,)})
    return verdict


def _samples(weights: Weights, sizes: tuple[int, int]) -> Iterator[Sample]:
    """The values of each matrix, with its fans: whoever stores W as (features, classes) multiplies from the other side."""
    for drawn in weights.parameters.values():
        if len(drawn.shape) == 2 and 1 not in drawn.shape:
            rows, columns = drawn.shape
            shape = (columns, rows) if (rows, columns) == sizes else (rows, columns)
            yield pool(shape, list(drawn.values), most=12_000)  # type: ignore[arg-type]  # a row a draw


@suite.picture("perceptron.init", observe=WEIGHTS[0])
def histograms(weights: Weights) -> Sequence[Histogram]:
    """The initial weights, against Xavier's interval."""
    pictures = []
    for sample in _samples(weights, SIZES[0]):
        bound = float(np.sqrt(6 / sum(sample.shape)))
        title = say("Initial weights, {fan_in} → {fan_out}", fan_in=sample.shape[1], fan_out=sample.shape[0])
        pictures.append(Histogram(title, np.asarray(sample.values), -bound, bound))
    return pictures
