"""Question 1: one linear map and softmax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws.architecture import Layer, layers
from graders.laws.failure import verdict_of
from graders.laws.trace import Pass
from graders.observe.observation import Failure, Seen
from graders.observe.probe import Optional, Reader
from graders.observe.steps import Heard, How, Talk, steps
from graders.probes.wire import Value
from graders.verdict import Verdict, failed, partial, passed

from .declared import Floats, fits, softmax, suite, uses, width
from .formulas import SOFTMAX, STABLE, exponential, stable

FEATURES, CLASSES, SIZE = 7, 4, 6
_PASS = Reader(Pass)


@steps(group="perceptron")
def FORWARD(talk: Talk) -> Heard:
    """One pass of a batch, traced, and the answer to one example alone."""
    features = width(talk, FEATURES)
    x = talk.normal(SIZE, features).astype(np.float32)
    model = talk.call("Perceptron", how=How(quiet=True, seed=5), n_features=features, n_classes=CLASSES)
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
    if len(found) > 1 and not _side_by_side(found, _features(heard)):
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


def _features(heard: Heard) -> int:
    return np.asarray(heard["x"]).shape[1]


def _side_by_side(found: Sequence[Layer], features: int) -> bool:
    """Whether several maps of the features, one a class or so, are one map together."""
    return all(one.weight.shape[1] == features for one in found) and sum(len(one.weight) for one in found) == CLASSES


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
    matrices = (
        [np.concatenate([np.asarray(layer.weight, float) for layer in found])]
        if found
        else [one if len(one) == CLASSES else one.T for one in arrays if one.ndim == 2]
    )
    biases = [np.asarray(layer.bias.array, float).reshape(-1) for layer in found if layer.bias is not None]
    vectors = [np.concatenate(biases)] if biases else []
    vectors += [one.reshape(-1) for one in arrays if one.size == CLASSES]
    ones = np.ones((len(x), 1))
    for weight in matrices:
        for wide in (np.hstack([x, ones]), np.hstack([ones, x])):
            if weight.shape == (CLASSES, _features(heard) + 1):
                yield wide @ weight.T, True
        if weight.shape == (CLASSES, _features(heard)):
            yield from ((x @ weight.T + bias, True) for bias in vectors if bias.size == CLASSES)
            yield x @ weight.T, False


def _alone(heard: Heard) -> Verdict | None:
    """What becomes of a batch of one example."""
    if isinstance(heard["one"], Failure):
        return verdict_of(heard["one"])
    if np.shape(heard["one"]) != (1, CLASSES):
        return partial(0.5, "batch-axis-dropped", say("With a batch of one example the batch axis is lost (squeeze)."))
    return None
