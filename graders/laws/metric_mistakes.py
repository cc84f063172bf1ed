"""The usual wrong formulas of the binary metrics, by the metric that was asked and the name of the mistake."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from graders.laws.metrics import (
    Metric,
    accuracy,
    f1_score,
    false_negative_rate,
    false_positive_rate,
    integer_division,
    of_counts,
    precision,
    ratio,
    recall,
)


def of_precision_and_recall(formula: Callable[[float, float], float]) -> Metric:
    """The metric that a formula over precision and recall gives."""
    return lambda y_true, y_pred: formula(precision(y_true, y_pred), recall(y_true, y_pred))


true_positives_over_all = of_counts(lambda c: ratio(c.tp, sum(c)))
true_negatives_over_all = of_counts(lambda c: ratio(c.tn, sum(c)))
error_rate = of_counts(lambda c: ratio(c.fp + c.fn, sum(c)))
right_answers = of_counts(lambda c: c.tp + c.tn)
balanced_accuracy = of_counts(lambda c: (ratio(c.tp, c.tp + c.fn) + ratio(c.tn, c.tn + c.fp)) / 2)
accuracy_without_parentheses = of_counts(lambda c: c.tp + ratio(c.tn, sum(c)))
accuracy_without_any_parentheses = of_counts(lambda c: c.tp + ratio(c.tn, c.tp) + c.tn + c.fp + c.fn)

true_positives_over_right_answers = of_counts(lambda c: ratio(c.tp, c.tp + c.tn))
true_positives_over_false_positives = of_counts(lambda c: ratio(c.tp, c.fp))
true_positives_over_false_negatives = of_counts(lambda c: ratio(c.tp, c.fn))
precision_without_parentheses = of_counts(lambda c: ratio(c.tp, c.tp) + c.fp)
recall_without_parentheses = of_counts(lambda c: ratio(c.tp, c.tp) + c.fn)
negative_precision = of_counts(lambda c: ratio(c.tn, c.tn + c.fn))
specificity = of_counts(lambda c: ratio(c.tn, c.tn + c.fp))

arithmetic_mean = of_precision_and_recall(lambda p, r: (p + r) / 2)
geometric_mean = of_precision_and_recall(lambda p, r: math.sqrt(p * r))
f1_without_factor_2 = of_precision_and_recall(lambda p, r: ratio(p * r, p + r))
f1_without_denominator = of_precision_and_recall(lambda p, r: 2 * p * r)
f1_without_parentheses = of_precision_and_recall(lambda p, r: ratio(2 * p * r, p) + r)
macro_f1 = of_counts(lambda c: ratio(c.tp, 2 * c.tp + c.fp + c.fn) + ratio(c.tn, 2 * c.tn + c.fp + c.fn))
jaccard = of_counts(lambda c: ratio(c.tp, c.tp + c.fp + c.fn))
f1_counting_true_positives_once = of_counts(lambda c: ratio(2 * c.tp, c.tp + c.fp + c.fn))
negative_f1 = of_counts(lambda c: ratio(2 * c.tn, 2 * c.tn + c.fp + c.fn))

fp_over_predicted_positives = of_counts(lambda c: ratio(c.fp, c.fp + c.tp))
fp_over_all = of_counts(lambda c: ratio(c.fp, sum(c)))
fp_over_positives = of_counts(lambda c: ratio(c.fp, c.tp + c.fn))
fp_over_errors = of_counts(lambda c: ratio(c.fp, c.fp + c.fn))
fp_over_true_negatives = of_counts(lambda c: ratio(c.fp, c.tn))
fpr_without_parentheses = of_counts(lambda c: ratio(c.fp, c.fp) + c.tn)

fn_over_predicted_negatives = of_counts(lambda c: ratio(c.fn, c.fn + c.tn))
fn_over_all = of_counts(lambda c: ratio(c.fn, sum(c)))
fn_over_negatives = of_counts(lambda c: ratio(c.fn, c.tn + c.fp))
fn_over_errors = of_counts(lambda c: ratio(c.fn, c.fp + c.fn))
fn_over_true_positives = of_counts(lambda c: ratio(c.fn, c.tp))
fnr_without_parentheses = of_counts(lambda c: ratio(c.fn, c.fn) + c.tp)

MISTAKES: Mapping[str, Mapping[str, Metric]] = {
    "accuracy": {
        "true-positives-over-all": true_positives_over_all,
        "true-negatives-over-all": true_negatives_over_all,
        "error-rate": error_rate,
        "not-divided": right_answers,
        "balanced-accuracy": balanced_accuracy,
        "parentheses-missing": accuracy_without_parentheses,
        "all-parentheses-missing": accuracy_without_any_parentheses,
        "integer-division": integer_division(accuracy),
        "precision-instead": precision,
        "recall-instead": recall,
        "f1-instead": f1_score,
    },
    "precision": {
        "recall-instead": recall,
        "true-positives-over-all": true_positives_over_all,
        "true-positives-over-right-answers": true_positives_over_right_answers,
        "true-positives-over-false-positives": true_positives_over_false_positives,
        "negative-class": negative_precision,
        "complement": fp_over_predicted_positives,
        "parentheses-missing": precision_without_parentheses,
        "integer-division": integer_division(precision),
        "accuracy-instead": accuracy,
        "specificity-instead": specificity,
    },
    "recall": {
        "precision-instead": precision,
        "true-positives-over-all": true_positives_over_all,
        "true-positives-over-right-answers": true_positives_over_right_answers,
        "true-positives-over-false-negatives": true_positives_over_false_negatives,
        "negative-class": specificity,
        "complement": false_negative_rate,
        "parentheses-missing": recall_without_parentheses,
        "integer-division": integer_division(recall),
        "accuracy-instead": accuracy,
    },
    "f1_score": {
        "arithmetic-mean": arithmetic_mean,
        "geometric-mean": geometric_mean,
        "factor-2-missing": f1_without_factor_2,
        "denominator-missing": f1_without_denominator,
        "parentheses-missing": f1_without_parentheses,
        "true-positives-counted-once": f1_counting_true_positives_once,
        "jaccard": jaccard,
        "negative-class": negative_f1,
        "macro": macro_f1,
        "integer-division": integer_division(f1_score),
        "accuracy-instead": accuracy,
        "precision-instead": precision,
        "recall-instead": recall,
    },
    "false_positive_rate": {
        "over-predicted-positives": fp_over_predicted_positives,
        "over-all": fp_over_all,
        "over-positives": fp_over_positives,
        "over-errors": fp_over_errors,
        "over-true-negatives": fp_over_true_negatives,
        "parentheses-missing": fpr_without_parentheses,
        "integer-division": integer_division(false_positive_rate),
        "complement": specificity,
        "false-negative-rate-instead": false_negative_rate,
        "swapped-arguments": fn_over_predicted_negatives,
    },
    "false_negative_rate": {
        "over-predicted-negatives": fn_over_predicted_negatives,
        "over-all": fn_over_all,
        "over-negatives": fn_over_negatives,
        "over-errors": fn_over_errors,
        "over-true-positives": fn_over_true_positives,
        "parentheses-missing": fnr_without_parentheses,
        "integer-division": integer_division(false_negative_rate),
        "complement": recall,
        "false-positive-rate-instead": false_positive_rate,
        "swapped-arguments": fp_over_predicted_positives,
    },
}
