"""Question 2: the binary cross-entropy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from graders.language import say
from graders.observe.steps import Heard
from graders.verdict import Status, Verdict

from .declared import Case, Floats, Known, answers, suite
from .losses import judged


def answered(rng: np.random.Generator, kind: type[np.generic]) -> Sequence[Case]:
    """Probabilities of the class 1, and 0 or 1; in the last case every probability is certain, and half of them wrong."""
    usual = [(rng.uniform(0.06, 0.94, n), rng.permutation(np.arange(n) % 3 > 0)) for n in (7, 4)]
    certain = np.array([0.0, 1.0, 1.0, 0.0]), np.array([0, 1, 0, 1])
    return [{"p": p.astype(np.float32), "target": y.astype(kind)} for p, y in (*usual, certain)]


def _entropy(p: Floats, target: Floats) -> Floats:
    p = np.asarray(p, float)
    return -(target * np.log(p) + (1 - target) * np.log(1 - p))


def _logistic(p: Floats, target: Floats) -> Floats:
    return _entropy(1 / (1 + np.exp(-np.asarray(p, float))), target)


BINARY = Known(
    right=[
        (lambda p, target: _entropy(p, target).mean(), None),
        (lambda p, target: _entropy(p, target).sum(), say("It is the sum over the batch, not its mean.")),
    ],
    wrong={
        "missing-minus": (lambda p, target: -_entropy(p, target).mean(), say("The minus sign is missing.")),
        "only-positives": (
            lambda p, target: -(target * np.log(p)).mean(),
            say("The term (1 − y) ln(1 − p) is missing: examples of class 0 cost nothing."),
        ),
        "only-negatives": (
            lambda p, target: -((1 - target) * np.log(1 - p)).mean(),
            say("The term y ln p is missing: examples of class 1 cost nothing."),
        ),
        "sigmoid-twice": (
            lambda p, target: _logistic(p, target).mean(),
            say("A sigmoid is applied to p, which is a probability already (BCEWithLogitsLoss wants scores)."),
        ),
        "classes-exchanged": (lambda p, target: _entropy(p, 1 - target).mean(), say("The two classes are exchanged.")),
        "arguments-exchanged": (
            lambda p, target: _entropy(np.clip(target, 1e-7, 1 - 1e-7), p).mean(),
            say("p and the target are exchanged in the formula."),
        ),
        "log10": (
            lambda p, target: _entropy(p, target).mean() / np.log(10),
            say("This is the logarithm to base 10, not ln."),
        ),
        "log2": (
            lambda p, target: _entropy(p, target).mean() / np.log(2),
            say("This is the logarithm to base 2, not ln."),
        ),
        "squared-error": (
            lambda p, target: np.square(p - target).mean(),
            say("This is a squared error, not a cross-entropy."),
        ),
        "sign-between-terms": (
            lambda p, target: -(target * np.log(p) - (1 - target) * np.log(1 - p)).mean(),
            say("The two terms are subtracted; they should be added."),
        ),
    },
    otherwise=say("The result is not the mean of −y ln p − (1 − y) ln(1 − p)."),
)
CERTAIN = say(
    "The formula is right, but p = 0 or p = 1 gives an infinite or undefined loss: keep p away from both (in float32, "
    "1 − 1e-8 is exactly 1)."
)


def _asked(kind: type[np.generic]) -> Callable[[np.random.Generator], Sequence[Case]]:
    return lambda rng: answered(rng, kind)


REAL, WHOLE = (
    answers("binary_cross_entropy", _asked(kind), lambda heard: binary_verdict(heard).status is Status.PASS, "losses")
    for kind in (np.float32, np.int64)
)


def binary_verdict(heard: Heard) -> Verdict:
    """What one kind of 0 and 1 shows."""
    return judged(heard, BINARY, _entropy, "infinite-at-certainty", CERTAIN)


@suite.criterion("loss.binary", observe=(REAL, WHOLE))
def binary(real: Heard, whole: Heard) -> Verdict:
    """The mean of -y ln p - (1 - y) ln(1 - p), whatever type 0 and 1 have, finite where p is 0 or 1."""
    return max((binary_verdict(one) for one in (real, whole)), key=lambda verdict: verdict.credit)
