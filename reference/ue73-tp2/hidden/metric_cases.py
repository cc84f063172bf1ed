"""What the six metrics are asked: ordinary cases, divisions by zero, and the ways in which their authors want labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np

from graders.language import Message, say
from graders.laws import metrics as laws
from graders.laws.hypotheses import explained
from graders.observe.call import Call, Calls, Case, Way, call
from graders.probes.wire import Value

FORMULAS: Mapping[str, laws.Metric] = {
    "accuracy": laws.accuracy,
    "precision": laws.precision,
    "recall": laws.recall,
    "f1_score": laws.f1_score,
    "false_positive_rate": laws.false_positive_rate,
    "false_negative_rate": laws.false_negative_rate,
}
NUMERATORS: Mapping[str, laws.Metric] = {
    "accuracy": laws.of_counts(lambda c: c.tp + c.tn),
    "precision": laws.of_counts(lambda c: c.tp),
    "recall": laws.of_counts(lambda c: c.tp),
    "f1_score": laws.of_counts(lambda c: 2 * c.tp),
    "false_positive_rate": laws.of_counts(lambda c: c.fp),
    "false_negative_rate": laws.of_counts(lambda c: c.fn),
}
PERCENT = say("It is given in percent, as the five others.")
ROUNDED = say("It is rounded.")


def case(y_true: np.ndarray, y_pred: np.ndarray) -> Case:
    """Labels; the four counts for whoever takes those; for whoever takes a network and data, one that answers so."""
    c = laws.counts(y_true, y_pred)
    counts = {"tp": c.tp, "fp": c.fp, "tn": c.tn, "fn": c.fn, "n": len(y_true)}
    return {"y_true": y_true, "y_pred": y_pred, **counts, **_evaluated(y_true, y_pred)}


LOADERS = ("loader", "train_loader", "valid_loader", "test_loader")


def _evaluated(y_true: np.ndarray, y_pred: np.ndarray) -> Case:
    logits = np.where(y_pred == 1, 3.0, -3.0).astype(np.float32)
    loader = {"given": "loader", "x": logits, "y": y_true.astype(np.float32), "batch_size": 5}
    data = dict.fromkeys(LOADERS, loader)
    return {
        **data,
        "model": {"given": "echo"},
        "criterion": {"given": "loss"},
        "device": {"given": "processor"},
    }


def _in_columns(*arrays: str) -> Way:
    """The same network and data with a column of answers ("x"), and of labels ("y")."""

    def way(case: Case) -> Case:
        loader = cast("dict[str, Value]", case["loader"])
        columns = {name: np.asarray(loader[name])[:, None] for name in arrays}
        return {**case, **{name: {**loader, **columns} for name in LOADERS}}

    return way


def ordinary(rng: np.random.Generator) -> Sequence[Case]:
    """Cases on which every ratio is defined."""
    return [case(*pair) for pair in laws.labels(rng)]


def undefined(rng: np.random.Generator) -> Sequence[Case]:
    """An ordinary case, then those with a division 0/0: nothing predicted, nothing to find, no negatives, all missed."""
    zeros, ones = np.zeros(12, np.int64), np.ones(12, np.int64)
    mixed = rng.permutation(np.arange(12) % 3 == 0).astype(np.int64)
    edges = [(mixed, zeros), (zeros, zeros), (zeros, mixed), (ones, ones), (ones, 1 - mixed), (mixed, 1 - mixed)]
    return [case(*laws.labels(rng)[1]), *(case(*pair) for pair in edges)]


def rates(rng: np.random.Generator) -> Sequence[Case]:
    """Precision and recall of nobody, for an F1 that takes these two numbers; at the end, both are 0."""
    drawn = [*rng.uniform([0.3, 0.7], [0.5, 0.9], (4, 2)).tolist(), [0.0, 0.0]]
    return [{"y_true": p, "y_pred": r} for p, r in drawn]


def _labels_by(change: Callable[[str, np.ndarray], np.ndarray]) -> Way:
    return lambda case: {
        name: change(name, value) if isinstance(value, np.ndarray) else value for name, value in case.items()
    }


# For functions that are written for booleans, for the network's own output in place of decisions, or for columns.
WAYS = (
    _labels_by(lambda _, labels: labels.astype(bool)),
    _labels_by(lambda name, labels: (4.0 * labels - 2 if name == "y_pred" else labels).astype(np.float32)),
    _labels_by(lambda _, labels: labels[:, None]),
    _in_columns("x"),
    _in_columns("x", "y"),
)


def readings(name: str) -> Mapping[str, tuple[laws.Metric, Message | None]]:
    """What is right: the formula, rounded or not, in percent or not."""
    formula = FORMULAS[name]
    rounded = {digits: _rounded(formula, digits) for digits in (3, 2)}
    return {
        "": (formula, None),
        **{f"{digits} digits": (one, ROUNDED) for digits, one in rounded.items()},
        "percent": (laws.percent(formula), PERCENT),
        **{f"percent, {digits} digits": (laws.percent(one), PERCENT) for digits, one in rounded.items()},
    }


def _rounded(formula: laws.Metric, digits: int) -> laws.Metric:
    return lambda y_true, y_pred: round(formula(y_true, y_pred), digits)


def pair(one: Call[float]) -> tuple[np.ndarray, np.ndarray]:
    """The labels of a case."""
    return np.asarray(one.inputs["y_true"]), np.asarray(one.inputs["y_pred"])


def _right(name: str, calls: Sequence[Call[float]]) -> bool:
    return any(all(explained(one, pair(one), formula) for one in calls) for formula, _ in readings(name).values())


def asked(name: str) -> Calls[float]:
    """The ordinary cases; all metrics see the same ones."""
    return call(
        name,
        on=ordinary,
        returns=float,
        group="functions",
        label="metrics",
        ways=WAYS,
        enough=lambda calls: _right(name, calls),
    )


def asked_at_the_edges(name: str) -> Calls[float]:
    """Divisions 0/0; an ordinary case comes first, and tells in which way the function wants its labels."""
    return call(
        name,
        on=undefined,
        returns=float,
        group="functions",
        label="undefined",
        ways=WAYS,
        enough=lambda calls: _right(name, calls[:1]),
    )


ORDINARY = {name: asked(name) for name in FORMULAS}
UNDEFINED = {name: asked_at_the_edges(name) for name in FORMULAS}
RATES = call("f1_score", on=rates, returns=float, group="functions", label="rates")
