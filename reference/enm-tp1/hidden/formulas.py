"""Question 2: softmax and the one-hot code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.observation import Failure
from graders.observe.steps import Heard
from graders.verdict import Status, Verdict, failed, passed

from .declared import Case, Floats, Known, answers, explains, mistake, pairs, softmax, suite

SHAPES, USUAL = ((5, 4), (1, 3), (4, 4)), 3


def exponential(z: Floats) -> Floats:
    """Each by itself."""
    return np.exp(z)


def scores(rng: np.random.Generator) -> Sequence[Case]:
    """Three usual batches; one of large scores, one of very negative ones, one with both in each row, one row by row."""
    usual = [(1.5 * rng.standard_normal(shape)).astype(np.float32) for shape in SHAPES]
    near = rng.standard_normal((3, 4)).astype(np.float32)
    both = near + np.array([[1000], [-1000], [0]], np.float32)
    wide = near + np.array([1000, -1000, 0, 500], np.float32)[rng.permutation(4)]
    return [{"z": one} for one in (*usual, near + 1000, near - 1000, wide, both)]


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
    if all(good[:-1]):
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
