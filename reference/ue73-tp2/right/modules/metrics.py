"""The six metrics (question 1.6), on numpy arrays of 0 and 1."""

import numpy as np


def _divide(a, b):
    return float(a) / float(b) if b else 0.0


def accuracy(y_true, y_pred):
    return float(np.mean(np.equal(y_true, y_pred)))


def precision(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=bool), np.asarray(y_pred, dtype=bool)
    return _divide(np.count_nonzero(y_true[y_pred]), np.count_nonzero(y_pred))


def recall(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=bool), np.asarray(y_pred, dtype=bool)
    return _divide(np.count_nonzero(y_pred[y_true]), np.count_nonzero(y_true))


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return _divide(2 * p * r, p + r)


def false_positive_rate(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=bool), np.asarray(y_pred, dtype=bool)
    return _divide(np.count_nonzero(y_pred[~y_true]), np.count_nonzero(~y_true))


def false_negative_rate(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true, dtype=bool), np.asarray(y_pred, dtype=bool)
    return _divide(np.count_nonzero(~y_pred[y_true]), np.count_nonzero(y_true))


ALL = [accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate]
