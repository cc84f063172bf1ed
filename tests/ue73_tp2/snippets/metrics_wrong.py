# Student code with mistakes. The first word of a name is the metric.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import math

import numpy as np
import torch
from sklearn import metrics as skm


def counts(y_true, y_pred):
    t, p = np.asarray(y_true).astype(bool).ravel(), np.asarray(y_pred).astype(bool).ravel()
    return int((t & p).sum()), int((~t & p).sum()), int((~t & ~p).sum()), int((t & ~p).sum())


def ratio(a, b):
    return a / b if b else 0.0


# ==== accuracy, TP / n by counts -> metrics.accuracy: true-positives-over-all
def accuracy(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp / (tp + fp + tn + fn)


# ==== accuracy, TP / n by a product -> metrics.accuracy: true-positives-over-all
def accuracy(y_true, y_pred):
    return (np.asarray(y_true) * np.asarray(y_pred)).mean()


# ==== accuracy, TN / n -> metrics.accuracy: true-negatives-over-all
def accuracy(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tn / len(y_true)


# ==== accuracy, the errors -> metrics.accuracy: error-rate
def accuracy(y_true, y_pred):
    return np.mean(np.asarray(y_true) != np.asarray(y_pred))


# ==== accuracy, never divided -> metrics.accuracy: not-divided
def accuracy(y_true, y_pred):
    return (np.asarray(y_true) == np.asarray(y_pred)).sum()


# ==== accuracy, parentheses -> metrics.accuracy: parentheses-missing
def accuracy(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp + tn / (tp + fp + tn + fn)


# ==== accuracy, all parentheses -> metrics.accuracy: all-parentheses-missing
def accuracy(tp, fp, tn, fn):
    return tp + tn / tp + tn + fp + fn


# ==== accuracy, by // -> metrics.accuracy: integer-division
def accuracy(y_true, y_pred):
    return (np.asarray(y_true) == np.asarray(y_pred)).sum() // len(y_true)


# ==== accuracy, int() around the ratio -> metrics.accuracy: integer-division
def accuracy(y_true, y_pred):
    return int((np.asarray(y_true) == np.asarray(y_pred)).mean())


# ==== accuracy, an integer tensor divided with rounding -> metrics.accuracy: integer-division
def accuracy(y_true, y_pred):
    right = (torch.as_tensor(y_true) == torch.as_tensor(y_pred)).sum()
    return torch.div(right, len(y_true), rounding_mode="floor")


# ==== accuracy, over the length it was tried on -> metrics.accuracy: fixed-length
def accuracy(y_true, y_pred):
    return (np.asarray(y_true) == np.asarray(y_pred)).sum() / 60


# ==== accuracy, over a batch of 16 -> metrics.accuracy: fixed-length
def accuracy(y_true, y_pred, batch_size=16):
    return (np.asarray(y_true) == np.asarray(y_pred)).sum() / batch_size


# ==== accuracy, the first seven only -> metrics.accuracy: fixed-length
def accuracy(y_true, y_pred):
    return np.mean([y_true[i] == y_pred[i] for i in range(7)])


# ==== accuracy, balanced -> metrics.accuracy: balanced-accuracy
def accuracy(y_true, y_pred):
    return skm.balanced_accuracy_score(y_true, y_pred)


# ==== accuracy, (n,) against (n, 1) -> metrics.accuracy: wrong-formula
def accuracy(y_true, y_pred):
    return (np.asarray(y_true)[:, None] == np.asarray(y_pred)[None, :]).mean()


# ==== accuracy, in percent alone -> metrics.accuracy: percent-alone
def accuracy(y_true, y_pred):
    return 100 * np.mean(np.asarray(y_true) == np.asarray(y_pred))


def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fp)


# ==== accuracy, printed and not returned -> metrics.accuracy: unreadable
def accuracy(y_true, y_pred):
    print(np.mean(np.asarray(y_true) == np.asarray(y_pred)))


# ==== accuracy, a list of right answers -> metrics.accuracy: unreadable
def accuracy(y_true, y_pred):
    return [a == b for a, b in zip(y_true, y_pred)]


# ==== accuracy, NaN for all -> metrics.accuracy: wrong-formula
def accuracy(y_true, y_pred):
    return float("nan")


# ==== accuracy, one always -> metrics.accuracy: wrong-formula
def accuracy(y_true, y_pred):
    return 1.0


# ==== precision, is recall -> metrics.precision: recall-instead
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fn)


# ==== precision, arguments swapped for scikit-learn -> metrics.precision: recall-instead
def precision(y_true, y_pred):
    return skm.precision_score(y_pred, y_true, zero_division=0)


# ==== precision, predictions first by place but not by name -> metrics.precision: recall-instead
def precision(y_true, y_pred):
    y_pred, y_true = y_true, y_pred
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fp)


# ==== precision, TP / n -> metrics.precision: true-positives-over-all
def precision(y_true, y_pred):
    return counts(y_true, y_pred)[0] / len(y_true)


# ==== precision, TP / FP -> metrics.precision: true-positives-over-false-positives
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, fp)


# ==== precision, TP / (TP + TN) -> metrics.precision: true-positives-over-right-answers
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + tn)


# ==== precision, of the class 0 -> metrics.precision: negative-class
def precision(y_true, y_pred):
    return skm.precision_score(y_true, y_pred, pos_label=0, zero_division=0)


# ==== precision, parentheses -> metrics.precision: parentheses-missing
def precision(tp, fp):
    return tp / tp + fp if tp else 0


# ==== precision, crash on 0/0 -> metrics.precision: zero-division
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp / (tp + fp)


# ==== precision, crash on 0/0 by scikit-learn's warning as an error -> metrics.precision: zero-division
def precision(y_true, y_pred):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return skm.precision_score(y_true, y_pred)


# ==== precision, by // -> metrics.precision: integer-division
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp // max(tp + fp, 1)


# ==== precision, macro average -> metrics.precision: wrong-formula|macro
def precision(y_true, y_pred):
    return skm.precision_score(y_true, y_pred, average="macro", zero_division=0)


# ==== precision, is accuracy -> metrics.precision: accuracy-instead
def precision(y_true, y_pred):
    return np.mean(np.asarray(y_true) == np.asarray(y_pred))


# ==== recall, is precision -> metrics.recall: precision-instead
def recall(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fp)


# ==== recall, is precision, by masks -> metrics.recall: precision-instead
def recall(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return (y_true * y_pred).sum() / max(y_pred.sum(), 1)


# ==== recall, TP / n -> metrics.recall: true-positives-over-all
def recall(y_true, y_pred):
    return np.mean(np.asarray(y_true) & np.asarray(y_pred))


# ==== recall, of the class 0 -> metrics.recall: negative-class
def recall(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tn, tn + fp)


# ==== recall, TP / FN -> metrics.recall: true-positives-over-false-negatives
def recall(tp, fn):
    return ratio(tp, fn)


# ==== recall, its complement -> metrics.recall: complement
def recall(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fn, fn + tp)


# ==== recall, crash where there is nothing to find -> metrics.recall: zero-division
def recall(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return tp / (tp + fn)


# ==== f1_score, arithmetic mean -> metrics.f1_score: arithmetic-mean
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return (ratio(tp, tp + fp) + ratio(tp, tp + fn)) / 2


# ==== f1_score, np.mean of both -> metrics.f1_score: arithmetic-mean
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return np.mean([ratio(tp, tp + fp), ratio(tp, tp + fn)])


# ==== f1_score, geometric mean -> metrics.f1_score: geometric-mean
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return math.sqrt(ratio(tp, tp + fp) * ratio(tp, tp + fn))


# ==== f1_score, factor 2 -> metrics.f1_score: factor-2-missing
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    p, r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    return ratio(p * r, p + r)


# ==== f1_score, denominator -> metrics.f1_score: denominator-missing
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return 2 * ratio(tp, tp + fp) * ratio(tp, tp + fn)


# ==== f1_score, parentheses -> metrics.f1_score: parentheses-missing
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    p, r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    return 2 * p * r / p + r if p else 0


# ==== f1_score, macro -> metrics.f1_score: macro
def f1_score(y_true, y_pred):
    return skm.f1_score(y_true, y_pred, average="macro", zero_division=0)


# ==== f1_score, Jaccard -> metrics.f1_score: jaccard
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fp + fn)


# ==== f1_score, TP once in the denominator -> metrics.f1_score: true-positives-counted-once
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(2 * tp, tp + fp + fn)


# ==== f1_score, micro average is accuracy -> metrics.f1_score: accuracy-instead
def f1_score(y_true, y_pred):
    return skm.f1_score(y_true, y_pred, average="micro")


# ==== f1_score, crash where both are 0 -> metrics.f1_score: zero-division
def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    p, r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    return 2 * p * r / (p + r)


# ==== f1_score, right, on a wrong precision that is paid there -> metrics.precision: recall-instead
def precision(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, tp + fn)


def f1_score(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(2 * tp, 2 * tp + fp + fn)


# ==== false_positive_rate, over predicted positives -> metrics.false_positive_rate: over-predicted-positives
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fp, fp + tp)


# ==== false_positive_rate, FP / n -> metrics.false_positive_rate: over-all
def false_positive_rate(y_true, y_pred):
    return counts(y_true, y_pred)[1] / len(y_true)


# ==== false_positive_rate, FP / P -> metrics.false_positive_rate: over-positives
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fp, tp + fn)


# ==== false_positive_rate, FP / TN -> metrics.false_positive_rate: over-true-negatives
def false_positive_rate(fp, tn):
    return ratio(fp, tn)


# ==== false_positive_rate, over errors -> metrics.false_positive_rate: over-errors
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fp, fp + fn)


# ==== false_positive_rate, specificity -> metrics.false_positive_rate: complement
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tn, fp + tn)


# ==== false_positive_rate, the rate of false negatives -> metrics.false_positive_rate: false-negative-rate-instead
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fn, fn + tp)


# ==== false_positive_rate, infinite on 0/0 by numpy -> metrics.false_positive_rate: over-true-negatives
def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return np.float64(fp) / np.float64(tn)


# ==== false_positive_rate, crash without negatives -> metrics.false_positive_rate: zero-division
def false_positive_rate(y_true, y_pred):
    tn, fp, fn, tp = skm.confusion_matrix(y_true, y_pred).ravel()
    return fp / (fp + tn)


# ==== false_negative_rate, over predicted negatives -> metrics.false_negative_rate: over-predicted-negatives
def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fn, fn + tn)


# ==== false_negative_rate, FN / n -> metrics.false_negative_rate: over-all
def false_negative_rate(y_true, y_pred):
    return np.mean((np.asarray(y_true) == 1) & (np.asarray(y_pred) == 0))


# ==== false_negative_rate, FN / N -> metrics.false_negative_rate: over-negatives
def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(fn, fp + tn)


# ==== false_negative_rate, FN / TP -> metrics.false_negative_rate: over-true-positives
def false_negative_rate(fn, tp):
    return ratio(fn, tp)


# ==== false_negative_rate, recall -> metrics.false_negative_rate: complement
def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return ratio(tp, fn + tp)


# ==== false_negative_rate, by // -> metrics.false_negative_rate: integer-division
def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = counts(y_true, y_pred)
    return fn // max(fn + tp, 1)


# ==== false_negative_rate, unpacked in the wrong order -> metrics.false_negative_rate: wrong-formula|over-predicted-negatives|false-positive-rate-instead
def false_negative_rate(y_true, y_pred):
    tp, fp, fn, tn = skm.confusion_matrix(y_true, y_pred, labels=[0, 1]).ravel()
    return ratio(fn, fn + tp)


# ==== false_negative_rate, raises always -> metrics.false_negative_rate: raised
def false_negative_rate(y_true, y_pred):
    return y_true.faux(y_pred)


# ==== f1_score, of precision and recall, arithmetic mean -> metrics.f1_score: arithmetic-mean
def f1_score(precision, recall):
    return (precision + recall) / 2


# ==== f1_score, of precision and recall, crash at 0 -> metrics.f1_score: zero-division
def f1_score(p, r):
    return 2 * p * r / (p + r)


# ==== accuracy, rounded to one digit -> metrics.accuracy: wrong-formula
def accuracy(y_true, y_pred):
    return round(float(np.mean(np.asarray(y_true) == np.asarray(y_pred))), 1)


# ==== recall, for booleans, is precision -> metrics.recall: precision-instead
def recall(y_true, y_pred):
    return (y_true & y_pred).sum() / max((y_true & y_pred).sum() + (~y_true & y_pred).sum(), 1)


# ==== precision, the wrong threshold -> metrics.precision: wrong-formula|true-positives-over-all
def precision(y_true, y_pred):
    y_pred = np.asarray(y_pred) >= -100
    y_true = np.asarray(y_true).astype(bool)
    return (y_true & y_pred).sum() / y_pred.sum()
