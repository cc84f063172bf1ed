"""Question 2: the losses, and what they make of a probability of exactly 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.observe.observation import Failure
from graders.observe.probe import Together
from graders.observe.steps import Heard
from graders.observe.values import number
from graders.verdict import Status, Verdict, partial, passed

from .declared import Case, Floats, Formula, Known, answers, explains, mistake, notes, pairs, softmax, suite
from .formulas import STABLE
from .network import FORWARD, forward

SHAPES = ((7, 4), (1, 3), (4, 4))


def classified(rng: np.random.Generator) -> Sequence[Case]:
    """Probabilities and classes; in the last case a class that occurs has the probability 0."""
    usual = [(softmax(rng.standard_normal(shape)), rng.integers(0, shape[1], shape[0])) for shape in SHAPES]
    impossible = np.array([[0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.2, 0.2, 0.6]]), np.array([2, 1, 0])
    return [{"probabilities": p.astype(np.float32), "target": y.astype(np.int64)} for p, y in (*usual, impossible)]


def _of(each: Callable[[Floats, Floats], Floats]) -> Formula:
    """The mean over the batch of a function of (the chosen probability of each row, all probabilities)."""
    return lambda probabilities, target: each(
        np.asarray(probabilities, float)[np.arange(len(target)), target], np.asarray(probabilities, float)
    ).mean()


def _others(probabilities: Floats, target: Floats) -> Floats:
    """-ln of what the class before the right one has: counted from 1."""
    return -np.log(np.asarray(probabilities, float)[np.arange(len(target)), np.asarray(target) - 1]).mean()


def _matrix(probabilities: Floats, target: Floats) -> Floats:
    return np.eye(probabilities.shape[1])[np.asarray(target)]


def _binary(probabilities: Floats, target: Floats) -> Floats:
    p, y = np.asarray(probabilities, float), _matrix(probabilities, target)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


LOG_OF_SUMS = say("The logarithm is taken of the mean; the mean of the logarithms was asked for.")
PAIRS = say(
    "probabilities[:, target] takes every row with every class of the batch; each row needs its own class only."
)
NLL = Known(
    right=[
        (_of(lambda p, _: -np.log(p)), None),
        (
            lambda probabilities, target: len(target) * _of(lambda p, _: -np.log(p))(probabilities, target),
            say("It is the sum over the batch, not its mean: a step then depends on the size of the batch."),
        ),
    ],
    wrong={
        "missing-minus": (_of(lambda p, _: np.log(p)), say("The minus sign is missing: the loss is negative.")),
        "log10": (_of(lambda p, _: -np.log10(p)), say("This is the logarithm to base 10, not ln.")),
        "log2": (_of(lambda p, _: -np.log2(p)), say("This is the logarithm to base 2, not ln.")),
        "one-minus-p": (_of(lambda p, _: 1 - p), say("This is 1 − p of the right class, without the logarithm.")),
        "no-logarithm": (
            _of(lambda p, _: -p),
            say("The logarithm is missing (F.nll_loss takes log-probabilities): this is the mean of −p."),
        ),
        "softmax-twice": (
            lambda probabilities, target: (
                -np.log(softmax(np.asarray(probabilities, float))[np.arange(len(target)), target]).mean()
            ),
            say(
                "A second softmax is applied to the probabilities: CrossEntropyLoss wants scores, and these are "
                "probabilities already."
            ),
        ),
        "log-of-wrong-class": (_of(lambda p, _: -np.log(1 - p)), say("The logarithm is that of 1 − p, not of p.")),
        "class-before": (_others, say("The logarithm is that of another class: classes are counted from 0.")),
        "most-probable-class": (
            _of(lambda _, p: -np.log(p.max(axis=1))),
            say("The logarithm is that of the most probable class, not of the right one."),
        ),
        "every-pair": (
            lambda probabilities, target: -np.log(np.asarray(probabilities, float)[:, target]).mean(),
            PAIRS,
        ),
        "every-pair-added": (
            lambda probabilities, target: -np.log(np.asarray(probabilities, float)[:, target]).sum() / len(target),
            PAIRS,
        ),
        "divided-by-classes": (
            lambda probabilities, target: -(_matrix(probabilities, target) * np.log(probabilities)).mean(),
            say("The mean also runs over the columns: the result is divided by the number of classes."),
        ),
        "binary-of-one-hot": (
            lambda probabilities, target: _binary(probabilities, target).mean(),
            say("This is the binary cross-entropy of every column; only the right class counts in −ln p."),
        ),
        "binary-of-one-hot-sum": (
            lambda probabilities, target: _binary(probabilities, target).sum(axis=1).mean(),
            say("This is the binary cross-entropy of every column; only the right class counts in −ln p."),
        ),
        "squared-error": (
            lambda probabilities, target: np.square(probabilities - _matrix(probabilities, target)).mean(),
            say("This is a squared error, not −ln p."),
        ),
        "log-of-the-mean": (_of(lambda p, _: -np.log(p.mean(keepdims=True))), LOG_OF_SUMS),
        "all-classes": (
            _of(lambda _, p: -np.log(p).sum(axis=1)),
            say("The logarithms of all classes are added; only that of the right class counts."),
        ),
        "entropy": (
            _of(lambda _, p: -(p * np.log(p)).sum(axis=1)),
            say("This is the entropy of the probabilities: the right class plays no part in it."),
        ),
    },
    otherwise=say("The result is not the mean of −ln p, p being the probability given to the right class."),
)


def _whole(wrong: Verdict | None, each: Formula, some: Sequence[tuple[Case, object]]) -> Verdict | None:
    """Right values that were not brought together are half of it."""
    if wrong and explains(each, some):
        return partial(
            0.5, "not-a-number", say("It returns one value an example; one number for the batch was asked for.")
        )
    return wrong


def _finite(found: object) -> bool:
    value = number(found)
    return not isinstance(value, Failure) and bool(np.isfinite(value))


def judged(heard: Heard, known: Known, each: Formula, diagnosis: str, why: Message) -> Verdict:
    """The usual cases, then the last one, where only a finite result is asked for."""
    *usual, last = pairs(heard)
    if wrong := _whole(mistake(known, usual), each, usual):
        return wrong
    return passed(*notes(known, usual)) if _finite(last[1]) else partial(0.5, diagnosis, why)


INFINITE = say(
    "The formula is right, but a probability of exactly 0 gives an infinite loss: keep it away from 0 (clamp, a small ε)."
)


NLL_LOSS = answers("nll_loss", classified, lambda heard: nll(heard).status is Status.PASS, "losses")


PERCEPTRON = Together({"forward": FORWARD, "softmax": STABLE})


@suite.criterion("loss.nll", observe=(NLL_LOSS, PERCEPTRON))
def negative_log_likelihood(heard: Heard, perceptron: Mapping[str, Heard | Failure]) -> Verdict:
    """The mean of -ln p of the right class; of scores, where the perceptron gives scores, which is paid there."""
    verdict, asked = nll(heard), perceptron["forward"]
    if verdict.diagnosis != "softmax-twice" or isinstance(asked, Failure):
        return verdict
    if forward(asked, (perceptron["softmax"],)).diagnosis != "logits-returned":
        return verdict
    return passed(
        say(
            "It takes scores, as your perceptron gives them, and applies softmax itself: that is counted at the perceptron."
        )
    )


def nll(heard: Heard) -> Verdict:
    """The mean of -ln p of the right class, finite where p is 0."""
    return judged(heard, NLL, _chosen, "infinite-at-zero", INFINITE)


def _chosen(probabilities: Floats, target: Floats) -> Floats:
    """-ln p of each example."""
    return -np.log(np.asarray(probabilities, float)[np.arange(len(target)), target])
