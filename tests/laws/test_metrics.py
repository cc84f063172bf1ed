import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sklearn_metrics

from graders.laws import metrics
from graders.laws.metric_mistakes import MISTAKES
from graders.laws.metrics import Counts, Metric, counts, integer_division, labels, percent
from graders.laws.separation import separates

RIGHT: dict[str, Metric] = {
    "accuracy": metrics.accuracy,
    "precision": metrics.precision,
    "recall": metrics.recall,
    "f1_score": metrics.f1_score,
    "false_positive_rate": metrics.false_positive_rate,
    "false_negative_rate": metrics.false_negative_rate,
}
SEEDS = 2000

pairs = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1)


def hypotheses() -> dict[str, Metric]:
    """Every right metric, in percent too, and every mistake that is not one of them."""
    wrong = {f"{asked}/{name}": f for asked, table in MISTAKES.items() for name, f in table.items()}
    unique = {f: name for name, f in reversed((RIGHT | wrong).items())}
    return {name: f for f, name in unique.items()} | {f"percent {name}": percent(f) for name, f in RIGHT.items()}


@given(pairs)
def test_every_metric_equals_its_definition(drawn: list[tuple[bool, bool]]) -> None:
    true, predicted = np.array(drawn, int).T
    expected = {
        "accuracy": sklearn_metrics.accuracy_score(true, predicted),
        "precision": sklearn_metrics.precision_score(true, predicted, zero_division=np.nan),
        "recall": sklearn_metrics.recall_score(true, predicted, zero_division=np.nan),
        "f1_score": sklearn_metrics.f1_score(true, predicted, zero_division=np.nan),
        "false_positive_rate": np.mean(predicted[true == 0]) if (true == 0).any() else np.nan,
        "false_negative_rate": np.mean(1 - predicted[true == 1]) if (true == 1).any() else np.nan,
    }
    for name, metric in RIGHT.items():
        np.testing.assert_allclose(metric(true, predicted), expected[name], err_msg=name)


@given(pairs)
def test_the_counts_add_up_to_the_examples(drawn: list[tuple[bool, bool]]) -> None:
    true, predicted = np.array(drawn).T
    assert sum(counts(true, predicted)) == len(drawn)
    assert counts(predicted, true) == counts(true, predicted)._replace(
        fp=counts(true, predicted).fn, fn=counts(true, predicted).fp
    )


def test_counts_are_named() -> None:
    assert counts([1, 1, 0, 0, 0, 1], [1, 0, 1, 1, 0, 1]) == Counts(tp=2, fp=2, tn=1, fn=1)


def test_shapes_that_would_broadcast_are_refused() -> None:
    with pytest.raises(ValueError, match=r"y_true has shape \(3,\), y_pred \(3, 1\)"):
        counts(np.zeros(3), np.zeros((3, 1)))


def test_a_division_by_zero_is_nan() -> None:
    assert math.isnan(metrics.precision([1, 1], [0, 0]))
    assert math.isnan(metrics.false_positive_rate([1, 1], [0, 0]))
    assert math.isnan(integer_division(metrics.precision)([1, 1], [0, 0]))


def test_wrappers_change_the_scale_and_the_division() -> None:
    assert percent(metrics.accuracy)([1, 0, 1, 0], [1, 0, 1, 1]) == 75
    assert integer_division(metrics.accuracy)([1, 0, 1, 0], [1, 0, 1, 1]) == 0
    assert integer_division(metrics.accuracy)([1, 0], [1, 0]) == 1


def test_mistakes_are_the_formulas_of_their_names() -> None:
    true, predicted = np.repeat([1, 0, 0, 1], (12, 4, 20, 2)), np.repeat([1, 1, 0, 0], (12, 4, 20, 2))
    values = {(asked, name): f(true, predicted) for asked, table in MISTAKES.items() for name, f in table.items()}
    p, r = 12 / 16, 12 / 14
    assert values["accuracy", "true-positives-over-all"] == 12 / 38
    assert values["accuracy", "parentheses-missing"] == 12 + 20 / 38
    assert values["accuracy", "all-parentheses-missing"] == 12 + 20 / 12 + 20 + 4 + 2
    assert values["precision", "negative-class"] == 20 / 22
    assert values["precision", "parentheses-missing"] == 12 / 12 + 4
    assert values["recall", "negative-class"] == 20 / 24
    assert values["f1_score", "arithmetic-mean"] == pytest.approx((p + r) / 2)
    assert values["f1_score", "factor-2-missing"] == pytest.approx(p * r / (p + r))
    assert values["f1_score", "parentheses-missing"] == pytest.approx(2 * p * r / p + r)
    assert values["f1_score", "negative-class"] == pytest.approx(40 / 46)
    assert values["f1_score", "macro"] == pytest.approx((24 / 30 + 40 / 46) / 2)
    assert values["false_positive_rate", "over-predicted-positives"] == 4 / 16
    assert values["false_positive_rate", "swapped-arguments"] == metrics.false_positive_rate(predicted, true)
    assert values["false_negative_rate", "over-predicted-negatives"] == 2 / 22
    assert values["false_negative_rate", "swapped-arguments"] == metrics.false_negative_rate(predicted, true)


def test_hidden_labels_define_every_ratio_and_have_the_lengths_asked_for() -> None:
    for seed in range(200):
        cases = labels(np.random.default_rng(seed), lengths=(4, 7, 100))
        assert [len(true) for true, _ in cases] == [4, 7, 100]
        assert all(min(counts(*case)) >= 1 for case in cases)


def test_hidden_labels_separate_all_metrics_and_all_mistakes() -> None:
    functions = hypotheses()
    integer = {name for name in functions if name.endswith("integer-division")}
    for seed in range(SEEDS):
        collisions = separates(labels(np.random.default_rng(seed)), functions, tolerance=1e-5)
        assert [pair for pair in collisions if not integer.issuperset(pair)] == [], f"seed {seed}"


def test_the_separation_test_has_teeth() -> None:
    """On fair coins alone the arithmetic mean does pass for F1 with some seed."""
    rng = np.random.default_rng(0)
    coins = ([(rng.integers(0, 2, 7), rng.integers(0, 2, 7))] for _ in range(200))
    pair = {"f1": metrics.f1_score, "mean": MISTAKES["f1_score"]["arithmetic-mean"]}
    assert any(separates(cases, pair, tolerance=1e-5) for cases in coins)
