"""Question 1.6: six metrics, each told apart from its usual mistakes; silence about 0/0 is accepted, a crash is not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from graders.language import Message, say
from graders.laws import metrics as laws
from graders.laws.hypotheses import Hypotheses, explain, explained
from graders.laws.metric_mistakes import MISTAKES
from graders.observe.call import Call, Calls, Case, call
from graders.observe.observation import Failure
from graders.observe.probe import Optional, Together
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import suite

FORMULAS: Mapping[str, laws.Metric] = {
    "accuracy": laws.accuracy, "precision": laws.precision, "recall": laws.recall, "f1_score": laws.f1_score,
    "false_positive_rate": laws.false_positive_rate, "false_negative_rate": laws.false_negative_rate,
}
NUMERATORS: Mapping[str, laws.Metric] = {
    "accuracy": laws.of_counts(lambda c: c.tp + c.tn), "precision": laws.of_counts(lambda c: c.tp),
    "recall": laws.of_counts(lambda c: c.tp), "f1_score": laws.of_counts(lambda c: 2 * c.tp),
    "false_positive_rate": laws.of_counts(lambda c: c.fp), "false_negative_rate": laws.of_counts(lambda c: c.fn),
}
DEFINITIONS: Mapping[str, Message] = {
    "accuracy": say("It does not equal (TP + TN) / n."),
    "precision": say("It does not equal TP / (TP + FP)."),
    "recall": say("It does not equal TP / (TP + FN)."),
    "f1_score": say("It does not equal 2·precision·recall / (precision + recall)."),
    "false_positive_rate": say("It does not equal FP / (FP + TN)."),
    "false_negative_rate": say("It does not equal FN / (FN + TP)."),
}
SENTENCES: Mapping[str, Message] = {
    "true-positives-over-all": say("It counts the true positives only: TP / n."),
    "true-negatives-over-all": say("It counts the true negatives only: TN / n."),
    "error-rate": say("This is the error rate, 1 - accuracy."),
    "not-divided": say("It counts the right answers without dividing by their number."),
    "balanced-accuracy": say("This is the balanced accuracy, the mean of the two classes' recalls."),
    "parentheses-missing": say("Parentheses are missing around a sum: the division comes first."),
    "all-parentheses-missing": say("Parentheses are missing around a sum: the division comes first."),
    "integer-division": say("It divides integers with //, which truncates to 0 or 1."),
    "accuracy-instead": say("This is the accuracy."),
    "precision-instead": say("This is the precision: FP and FN are swapped."),
    "recall-instead": say("This is the recall: FP and FN are swapped."),
    "f1-instead": say("This is the F1 score."),
    "specificity-instead": say("This is the specificity."),
    "true-positives-over-right-answers": say("It divides TP by TP + TN."),
    "true-positives-over-false-positives": say("It divides TP by FP alone."),
    "true-positives-over-false-negatives": say("It divides TP by FN alone."),
    "negative-class": say("It is computed for class 0 instead of class 1."),
    "complement": say("This is 1 minus what was asked for."),
    "arithmetic-mean": say("This is the arithmetic mean of precision and recall; F1 is the harmonic one."),
    "geometric-mean": say("This is the geometric mean of precision and recall; F1 is the harmonic one."),
    "factor-2-missing": say("The factor 2 is missing."),
    "denominator-missing": say("The division by precision + recall is missing."),
    "true-positives-counted-once": say("TP counts twice in the denominator as well: 2·TP / (2·TP + FP + FN)."),
    "jaccard": say("This is the Jaccard index TP / (TP + FP + FN)."),
    "macro": say("This is the mean of both classes' F1; the F1 of class 1 is asked for."),
    "over-predicted-positives": say("It divides by the predicted positives FP + TP instead of the negatives FP + TN."),
    "over-predicted-negatives": say("It divides by the predicted negatives FN + TN instead of the positives FN + TP."),
    "over-all": say("It divides by the number of examples."),
    "over-positives": say("It divides by the positives instead of the negatives."),
    "over-negatives": say("It divides by the negatives instead of the positives."),
    "over-errors": say("It divides by the number of errors."),
    "over-true-negatives": say("It divides FP by TN alone."),
    "over-true-positives": say("It divides FN by TP alone."),
    "false-negative-rate-instead": say("This is the false negative rate."),
    "false-positive-rate-instead": say("This is the false positive rate."),
    "swapped-arguments": say("The roles of y_true and y_pred are swapped."),
}
PERCENT = say("It is given in percent, as the five others.")
PERCENT_ALONE = say("It is given in percent, while the others are not.")
HUNDRED = 100


def case(y_true: np.ndarray, y_pred: np.ndarray) -> Case:
    """Labels, and the four counts for whoever takes those."""
    c = laws.counts(y_true, y_pred)
    return {"y_true": y_true, "y_pred": y_pred, "tp": c.tp, "fp": c.fp, "tn": c.tn, "fn": c.fn, "n": len(y_true)}


def ordinary(rng: np.random.Generator) -> Sequence[Case]:
    """Cases on which every ratio is defined."""
    return [case(*pair) for pair in laws.labels(rng)]


def undefined(rng: np.random.Generator) -> Sequence[Case]:
    """An ordinary case, then those with a division 0/0: nothing predicted, nothing to find, no negatives, all missed."""
    zeros, ones = np.zeros(12, np.int64), np.ones(12, np.int64)
    mixed = rng.permutation(np.arange(12) % 3 == 0).astype(np.int64)
    edges = [(mixed, zeros), (zeros, zeros), (zeros, mixed), (ones, ones), (ones, 1 - mixed), (mixed, 1 - mixed)]
    return [case(*laws.labels(rng)[1]), *(case(*pair) for pair in edges)]


def asked(name: str) -> Calls[float]:
    """The ordinary cases; all metrics see the same ones."""
    return call(name, on=ordinary, returns=float, group="functions", label="metrics")


ORDINARY = {name: asked(name) for name in FORMULAS}
UNDEFINED = {name: call(name, on=undefined, returns=float, group="functions", label="undefined") for name in FORMULAS}
Answers = tuple[list[Call[float]] | Failure]


def declare(name: str) -> None:
    """The criterion of one metric: its ordinary cases, its undefined ones, and whether the others are in percent."""
    others = Together({other: probe for other, probe in ORDINARY.items() if other != name})

    @suite.criterion(f"metrics.{name}", observe=(ORDINARY[name], Optional(UNDEFINED[name]), others))
    def metric(calls: list[Call[float]], edges: Answers, others: Mapping[str, list[Call[float]] | Failure]) -> Verdict:
        return judged(name, calls, edges[0], others)


def judged(name: str, calls: list[Call[float]], edges: list[Call[float]] | Failure,
           others: Mapping[str, list[Call[float]] | Failure]) -> Verdict:
    """The verdict on one metric."""
    formula = FORMULAS[name]
    mistakes = {slug: (wrong, SENTENCES[slug]) for slug, wrong in MISTAKES[name].items()}
    readings = {"": (formula, None), "percent": (laws.percent(formula), PERCENT)}
    known = Hypotheses(readings, mistakes, DEFINITIONS[name], NUMERATORS[name])
    verdict = explain(calls, [pair(one) for one in calls], known)
    if verdict.feedback == (PERCENT,) and not all(_in_percent(other, seen) for other, seen in others.items()):
        return failed("percent-alone", PERCENT_ALONE)
    return _undefined(name, edges) if verdict.status is Status.PASS and not verdict.feedback else verdict


def pair(one: Call[float]) -> tuple[np.ndarray, np.ndarray]:
    """The labels of a case."""
    return np.asarray(one.inputs["y_true"]), np.asarray(one.inputs["y_pred"])


def _in_percent(name: str, calls: list[Call[float]] | Failure) -> bool:
    """Whether a metric could be in percent; one that could not be asked says nothing against it."""
    if isinstance(calls, Failure):
        return True
    values = [one.result for one in calls if not isinstance(one.result, Failure)]
    return not any(explained(one, pair(one), FORMULAS[name]) for one in calls) and max(values, default=HUNDRED) > 1


def _undefined(name: str, edges: list[Call[float]] | Failure) -> Verdict:
    """Where the definition divides by zero, 0, 1 and NaN are accepted; an exception costs half."""
    if isinstance(edges, Failure):
        return passed()
    results = [one.result for one in edges[1:] if math.isnan(FORMULAS[name](*pair(one)))]
    raised = [result for result in results if isinstance(result, Failure)]
    if raised:
        return partial(0.5, "zero-division", say("It raises {type} where the denominator is 0.", type=raised[0].type))
    if any(math.isinf(result) for result in results if not isinstance(result, Failure)):
        return partial(0.5, "zero-division", say("It gives infinity where the denominator is 0."))
    return passed()


for metric_name in FORMULAS:
    declare(metric_name)
