"""Question 1.6: six metrics, each told apart from its usual mistakes; silence about 0/0 is accepted, a crash is not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from graders.language import Message, say
from graders.laws.failure import verdict_of
from graders.laws.hypotheses import Hypotheses, explain, explained
from graders.laws.metric_mistakes import MISTAKES
from graders.observe.call import Call
from graders.observe.observation import Failure
from graders.observe.probe import Optional, Together
from graders.verdict import Status, Verdict, failed, partial, passed

from .declared import suite
from .metric_cases import FORMULAS, NUMERATORS, ORDINARY, PERCENT, RATES, UNDEFINED, pair, readings

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
PERCENT_ALONE = say("It is given in percent, while the others are not.")
HUNDRED = 100


Answers = list[Call[float]] | Failure


def declare(name: str) -> None:
    """The criterion of one metric: its ordinary cases, others that it may want, and whether the others are in percent."""
    made_from = {"precision": UNDEFINED["precision"], "recall": UNDEFINED["recall"], "rates": RATES}
    besides = Together({"undefined": UNDEFINED[name], **(made_from if name == "f1_score" else {})})
    others = Together({other: probe for other, probe in ORDINARY.items() if other != name})

    @suite.criterion(f"metrics.{name}", observe=(Optional(ORDINARY[name]), besides, others))
    def metric(calls: tuple[Answers], besides: Mapping[str, Answers], others: Mapping[str, Answers]) -> Verdict:
        nothing = isinstance(calls[0], Failure) or all(isinstance(one.result, Failure) for one in calls[0])
        of_rates = _of_rates(besides.get("rates")) if nothing else None
        if of_rates or isinstance(calls[0], Failure):
            return of_rates or verdict_of(calls[0])
        edges = [besides[one] for one in ("precision", "recall") if one in besides]
        return judged(name, calls[0], _without(besides["undefined"], edges), others)


def judged(name: str, calls: list[Call[float]], edges: Answers, others: Mapping[str, Answers]) -> Verdict:
    """The verdict on one metric."""
    mistakes = {slug: (wrong, SENTENCES[slug]) for slug, wrong in MISTAKES[name].items()}
    known = Hypotheses(readings(name), mistakes, DEFINITIONS[name], NUMERATORS[name])
    verdict = explain(calls, [pair(one) for one in calls], known)
    if verdict.status is Status.FAIL and name == "f1_score" and _of_their_own(calls, others):
        return passed(say("It is right for the precision and the recall that it is made from, which are judged there."))
    if verdict.feedback == (PERCENT,) and not all(_in_percent(other, seen) for other, seen in others.items()):
        return failed("percent-alone", PERCENT_ALONE)
    return _undefined(name, edges) or verdict if verdict.status is Status.PASS else verdict


def _without(edges: Answers, others: Sequence[Answers]) -> Answers:
    """The cases but for those that end at the very line where another metric ends: what is paid there."""
    places = {place for answers in others if isinstance(answers, list) for place in map(_ended_at, answers)} - {None}
    return edges if isinstance(edges, Failure) else [one for one in edges if _ended_at(one) not in places]


def _ended_at(one: Call[float]) -> tuple[str, int | None] | None:
    return (one.result.file, one.result.line) if isinstance(one.result, Failure) and one.result.file else None


def _of_their_own(calls: list[Call[float]], others: Mapping[str, Answers]) -> bool:
    """Whether each F1 is the harmonic mean of what the student's own precision and recall gave for the same case."""
    p, r = others.get("precision"), others.get("recall")
    if not isinstance(p, list) or not isinstance(r, list) or not len(calls) == len(p) == len(r):
        return False
    return all(
        isinstance(one.result, float)
        and isinstance(a.result, float)
        and isinstance(b.result, float)
        and a.result + b.result > 0
        and math.isclose(one.result, 2 * a.result * b.result / (a.result + b.result), rel_tol=1e-4)
        for one, a, b in zip(calls, p, r, strict=True)
    )


OF_RATES: Mapping[str, Callable[[float, float], float]] = {
    "": lambda p, r: 2 * p * r / (p + r),
    "arithmetic-mean": lambda p, r: (p + r) / 2,
    "geometric-mean": lambda p, r: math.sqrt(p * r),
    "factor-2-missing": lambda p, r: p * r / (p + r),
    "denominator-missing": lambda p, r: 2 * p * r,
    "parentheses-missing": lambda p, r: 2 * p * r / p + r,
}


def _of_rates(calls: Answers | None) -> Verdict | None:
    """The verdict on an F1 that takes precision and recall; None where it does not."""
    if calls is None or isinstance(calls, Failure):
        return None
    *ordinary, zero = calls
    name = next((name for name, formula in OF_RATES.items() if all(_gives(one, formula) for one in ordinary)), None)
    if name:
        return failed(name, SENTENCES[name])
    if name is not None and isinstance(zero.result, Failure) and zero.result.kind != "unreadable":
        return partial(0.5, "zero-division", say("It raises {type} where the denominator is 0.", type=zero.result.type))
    return None if name is None else passed()


def _gives(one: Call[float], formula: Callable[[float, float], float]) -> bool:
    p, r = (float(str(one.inputs[name])) for name in ("y_true", "y_pred"))
    return not isinstance(one.result, Failure) and math.isclose(one.result, formula(p, r), rel_tol=1e-4)


def _in_percent(name: str, calls: Answers) -> bool:
    """Whether a metric could be in percent; one that could not be asked says nothing against it."""
    if isinstance(calls, Failure):
        return True
    values = [one.result for one in calls if not isinstance(one.result, Failure)]
    return not any(explained(one, pair(one), FORMULAS[name]) for one in calls) and max(values, default=HUNDRED) > 1


def _undefined(name: str, edges: Answers) -> Verdict | None:
    """Where the definition divides by zero, 0, 1, NaN and None are accepted; an exception costs half."""
    if isinstance(edges, Failure):
        return None
    results = [one.result for one in edges if math.isnan(FORMULAS[name](*pair(one)))]
    raised = [result for result in results if isinstance(result, Failure) and result.kind != "unreadable"]
    if raised:
        return partial(0.5, "zero-division", say("It raises {type} where the denominator is 0.", type=raised[0].type))
    if any(math.isinf(result) for result in results if not isinstance(result, Failure)):
        return partial(0.5, "zero-division", say("It gives infinity where the denominator is 0."))
    return None


for metric_name in FORMULAS:
    declare(metric_name)
