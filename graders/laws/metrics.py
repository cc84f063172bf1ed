"""The metrics of binary classification, from their definitions, and hidden labels that tell them apart.

Labels are arrays of shape (n,) holding 0 and 1; class 1 is the positive one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Labels = NDArray[np.int64]
Metric = Callable[[ArrayLike, ArrayLike], float]


class Counts(NamedTuple):
    """The confusion matrix."""

    tp: int
    fp: int
    tn: int
    fn: int


def counts(y_true: ArrayLike, y_pred: ArrayLike) -> Counts:
    """The four counts; ValueError where the two shapes differ, as broadcasting would count pairs nobody made."""
    true, predicted = np.asarray(y_true, bool), np.asarray(y_pred, bool)
    if true.shape != predicted.shape:
        raise ValueError(f"y_true has shape {true.shape}, y_pred {predicted.shape}")
    return _counts(true.tobytes(), predicted.tobytes())


@lru_cache(maxsize=256)
def _counts(y_true: bytes, y_pred: bytes) -> Counts:
    true, predicted = np.frombuffer(y_true, bool), np.frombuffer(y_pred, bool)
    tp, positive, found = (int(np.count_nonzero(one)) for one in (true & predicted, true, predicted))
    return Counts(tp, found - tp, true.size - positive - found + tp, positive - tp)


def ratio(part: float, whole: float) -> float:
    """part / whole, NaN for 0 / 0 and for any other division by zero."""
    return part / whole if whole else float("nan")


def of_counts(formula: Callable[[Counts], float]) -> Metric:
    """The metric that a formula over the four counts gives."""
    return lambda y_true, y_pred: formula(counts(y_true, y_pred))


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """(TP + TN) / n."""
    c = counts(y_true, y_pred)
    return ratio(c.tp + c.tn, sum(c))


def precision(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """TP / (TP + FP)."""
    c = counts(y_true, y_pred)
    return ratio(c.tp, c.tp + c.fp)


def recall(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """TP / (TP + FN)."""
    c = counts(y_true, y_pred)
    return ratio(c.tp, c.tp + c.fn)


def f1_score(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """2 TP / (2 TP + FP + FN): the harmonic mean of precision and recall, defined also where one of them is not."""
    c = counts(y_true, y_pred)
    return ratio(2 * c.tp, 2 * c.tp + c.fp + c.fn)


def false_positive_rate(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """FP / (FP + TN)."""
    c = counts(y_true, y_pred)
    return ratio(c.fp, c.fp + c.tn)


def false_negative_rate(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """FN / (FN + TP)."""
    c = counts(y_true, y_pred)
    return ratio(c.fn, c.fn + c.tp)


def percent(metric: Metric) -> Metric:
    """The same metric, out of 100."""
    return lambda y_true, y_pred: 100 * metric(y_true, y_pred)


def integer_division(metric: Metric) -> Metric:
    """The same metric with // for /: 0 unless the score is perfect."""
    return lambda y_true, y_pred: float(np.floor(metric(y_true, y_pred)))


def labels(rng: np.random.Generator, lengths: Sequence[int] = (7, 60, 211, 497)) -> list[tuple[Labels, Labels]]:
    """Hidden cases (y_true, y_pred), one a length ≥ 4: every count is at least 1, hence every ratio is defined.

    Classes are unbalanced and errors asymmetric: with fair coins precision equals recall too often, and then the
    arithmetic mean passes for F1. The default lengths together separate all of `metric_mistakes`.
    """
    return [_case(rng, length) for length in lengths]


def _case(rng: np.random.Generator, length: int) -> tuple[Labels, Labels]:
    positives, found, alarms = rng.uniform([0.2, 0.85, 0.15], [0.3, 0.95, 0.25])
    true = np.concatenate([[1, 0, 1, 0], rng.random(length - 4) < positives]).astype(np.int64)
    drawn = rng.random(length) < np.where(true, found, alarms)
    predicted = np.concatenate([[1, 1, 0, 0], drawn[4:]]).astype(np.int64)
    order = rng.permutation(length)
    return true[order], predicted[order]
