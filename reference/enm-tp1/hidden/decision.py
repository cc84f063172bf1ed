"""Question 1: the decision, by a function or by a method of the perceptron."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import say
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.observe.steps import Heard, How, Talk, steps
from graders.observe.values import array
from graders.verdict import Status, Verdict, failed, passed

from .declared import Case, Floats, Known, answers, fits, mistake, pairs, softmax, suite


def rows(rng: np.random.Generator) -> Sequence[Case]:
    """Probabilities: of a batch, of one example, and with ties for the largest."""
    batch = softmax(rng.standard_normal((7, 4)))
    batch[0], batch[1] = np.roll(np.sort(batch[0]), 1), np.sort(batch[1])
    tied = np.array([[0.2, 0.4, 0.4], [0.4, 0.4, 0.2], [0.4, 0.2, 0.4], [0.25, 0.5, 0.25]])[rng.permutation(4)]
    one = np.array([[0.1, 0.2, 0.6, 0.1]])
    return [{"probabilities": some.astype(np.float32)} for some in (batch, one, tied)]


def _column(probabilities: Floats) -> Floats:
    return np.asarray(probabilities).argmax(axis=1)


def _last(probabilities: Floats) -> Floats:
    return probabilities.shape[1] - 1 - np.asarray(probabilities)[:, ::-1].argmax(axis=1)


DECISION = Known(
    right=[(_column, None), (lambda probabilities: _column(probabilities)[:, None], None)],
    wrong={
        "last-of-ties": (_last, say("Where two classes are equally probable, the last one is taken, not the first.")),
        "max-value": (
            lambda probabilities: probabilities.max(axis=1),
            say("It returns the largest probability, not the class that has it."),
        ),
        "wrong-axis": (
            lambda probabilities: probabilities.argmax(axis=0),
            say("The maximum is taken over the examples, not over the classes: the axis is the other one."),
        ),
        "whole-batch": (
            lambda probabilities: probabilities.argmax(),
            say("One number is returned for the whole batch: the axis of the classes is missing."),
        ),
        "least-probable": (
            lambda probabilities: probabilities.argmin(axis=1),
            say("It returns the least probable class."),
        ),
        "counted-from-one": (lambda probabilities: _column(probabilities) + 1, say("Classes are counted from 0.")),
        "threshold": (
            lambda probabilities: (probabilities > 0.5).astype(float),
            say("A threshold is applied to every probability; the class is the one with the largest."),
        ),
        "one-hot": (
            lambda probabilities: np.eye(probabilities.shape[1])[_column(probabilities)],
            say("It returns a one-hot code, not the index of the class."),
        ),
    },
    otherwise=say("The result is not the class of the largest probability of each row."),
)


@steps(group="perceptron")
def METHOD(talk: Talk) -> Heard:
    """A method of the perceptron that decides from the features: its decisions beside the probabilities."""
    bound = talk.context.bound("decide")
    if bound is None or bound.maker is None or not talk.knows("Perceptron"):
        return {}
    model = talk.call("Perceptron", how=How(quiet=True, seed=5), n_features=5, n_classes=4)
    x, how = 2 * talk.normal(9, 5).astype(np.float32), How(forms=("torch", "numpy"))
    name = bound.definition.last
    return {"rows": talk.method(model, "", x, how=how), "classes": talk.method(model, name, x, how=how)}


@suite.criterion(
    "perceptron.decide",
    observe=(
        answers("decide", rows, lambda heard: decide(heard).status is Status.PASS, "functions"),
        Optional(METHOD),
    ),
)
def decision(heard: Heard, method: tuple[Heard | Failure]) -> Verdict:
    """The class of the largest probability; a method of the perceptron may find the probabilities itself."""
    verdict = decide(heard)
    told = {} if isinstance(method[0], Failure) else method[0]
    found = array(told.get("rows"))
    if verdict.status is Status.PASS or isinstance(found, Failure) or found.ndim != 2:
        return verdict
    if fits(told.get("classes"), found.argmax(axis=1)):
        return passed(say("It takes the features, and finds the probabilities itself."))
    return verdict


def decide(heard: Heard) -> Verdict:
    """The class of the largest probability, the first where several are equal."""
    some = pairs(heard)
    if all(_both(found) for _, found in some):
        return failed(
            "value-and-index",
            say("It returns the largest probabilities beside the classes: only the classes are asked for."),
        )
    return mistake(DECISION, _flat(some)) or passed()


def _both(found: object) -> bool:
    """What torch.max gives: values and indices."""
    if isinstance(found, Mapping):
        return {*found} == {"values", "indices"}
    return isinstance(found, list) and len(found) == 2 and all(isinstance(one, np.ndarray) for one in found)


def _flat(some: Sequence[tuple[Case, object]]) -> list[tuple[Case, object]]:
    """An answer to one example alone may have lost its axis."""
    return [
        (case, np.reshape(value, 1) if not isinstance(value := array(found), Failure) and value.size == 1 else found)
        for case, found in some
    ]
