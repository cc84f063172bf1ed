"""What has no memory and learns nothing: softmax, the one-hot code, the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard
from graders.observe.values import array
from graders.verdict import Status, Verdict, failed, passed

from .declared import Case, Floats, Known, answers, explains, mistake, pairs, softmax, suite

SHAPES, USUAL = ((5, 4), (1, 3), (4, 4)), 3


def exponential(z: Floats) -> Floats:
    """Each by itself."""
    return np.exp(z)


def scores(rng: np.random.Generator) -> Sequence[Case]:
    """Three usual batches; one of large scores, one of very negative ones, one of both."""
    usual = [(1.5 * rng.standard_normal(shape)).astype(np.float32) for shape in SHAPES]
    near = rng.standard_normal((3, 4)).astype(np.float32)
    both = near + np.array([[1000], [-1000], [0]], np.float32)
    return [{"z": one} for one in (*usual, near + 1000, near - 1000, both)]


SOFTMAX = Known(
    right=[(softmax, None)],
    wrong={
        "softmax-over-batch": (
            lambda z: softmax(z, axis=0),
            say("The sum runs over the examples of the batch: each column adds up to 1, and each row should."),
        ),
        "sum-over-everything": (
            lambda z: np.exp(z) / np.exp(z).sum(),
            say("The whole batch adds up to 1, and each row should."),
        ),
        "not-divided": (exponential, say("The exponentials are not divided by their sum.")),
        "log-softmax": (lambda z: np.log(softmax(z)), say("This is the logarithm of softmax.")),
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), say("This is the sigmoid of each score, not softmax.")),
        "no-exponential": (
            lambda z: z / z.sum(axis=1, keepdims=True),
            say("The scores are divided by their sum without the exponential: some results are negative."),
        ),
        "softmin": (lambda z: softmax(-z), say("The sign of the scores is turned: the largest gets the least.")),
        "base-two": (lambda z: softmax(z * np.log(2)), say("The powers are those of 2, not of e.")),
    },
    otherwise=say("The result is not exp(z) divided by the sum of its row."),
)


STABLE = answers("softmax", scores, lambda heard: stable(heard).status is Status.PASS, "functions")


@suite.criterion("loss.softmax", observe=STABLE)
def stable(heard: Heard) -> Verdict:
    """Softmax of each row, for large scores too."""
    some = pairs(heard)
    if wrong := mistake(SOFTMAX, some[:USUAL]):
        return wrong
    good = [explains(SOFTMAX.right[0][0], [one]) for one in some[USUAL:]]
    if all(good):
        return passed()
    if all(good[:2]):
        return failed(
            "maximum-of-everything",
            say(
                "The maximum of the whole batch is subtracted: a row far below another one becomes 0/0. "
                "Each row has a maximum of its own."
            ),
        )
    found = next((found for (_, found), right in zip(some[USUAL:], good, strict=True) if not right))
    if isinstance(found, Failure):
        return verdict_of(found)
    return failed(
        "overflow",
        say("With scores around ±1000 the result is not finite, or wrong: subtract the maximum of the row before exp."),
    )


def targets(rng: np.random.Generator) -> Sequence[Case]:
    """Classes in no order; the last one, or one in the middle, does not occur."""
    first = rng.permutation([0, 0, 1, 2, 1, 2, 0])
    second = rng.permutation([0, 3, 4, 1, 3])
    return [{"target": first.astype(np.int64), "n_classes": 5}, {"target": second.astype(np.int64), "n_classes": 6}]


def coded(target: Floats, n_classes: int, width: int | None = None) -> Floats:
    """The rows of an identity matrix, cut or widened."""
    return np.eye(max(n_classes, 9))[np.asarray(target)][:, : width or n_classes]


ONE_HOT = Known(
    right=[(coded, None)],
    wrong={
        "width-from-data": (
            lambda target, n_classes: coded(target, n_classes, int(max(target)) + 1),
            say("There are as many columns as the largest class that occurs needs, not n_classes."),
        ),
        "classes-that-occur": (
            lambda target, n_classes: np.eye(len({*target.tolist()}))[np.unique(target, return_inverse=True)[1]],
            say("There are as many columns as classes that occur, not n_classes."),
        ),
        "off-by-one": (
            lambda target, n_classes: np.roll(coded(target, n_classes), -1, axis=1),
            say("The 1 stands one column too far to the left: classes are counted from 0."),
        ),
        "off-by-one-right": (
            lambda target, n_classes: np.roll(coded(target, n_classes), 1, axis=1),
            say("The 1 stands one column too far to the right: classes are counted from 0."),
        ),
        "one-column-more": (
            lambda target, n_classes: coded(target, n_classes, n_classes + 1),
            say("There is one column too many."),
        ),
        "transposed": (
            lambda target, n_classes: coded(target, n_classes).T,
            say("Rows and columns are exchanged: there should be one row an example."),
        ),
        "inverted": (lambda target, n_classes: 1 - coded(target, n_classes), say("0 and 1 are exchanged.")),
    },
    otherwise=say("The result is not one row an example, with a 1 in the column of its class and n_classes columns."),
)


@suite.criterion(
    "loss.one_hot",
    observe=answers("one_hot", targets, lambda heard: not mistake(ONE_HOT, pairs(heard)), "functions"),
)
def one_hot(heard: Heard) -> Verdict:
    """(n, n_classes) of 0 and 1."""
    return mistake(ONE_HOT, pairs(heard)) or passed()


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


@suite.criterion(
    "perceptron.decide",
    observe=answers("decide", rows, lambda heard: decide(heard).status is Status.PASS, "functions"),
)
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
