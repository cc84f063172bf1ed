# Student code: its style is part of what is tested. The first word of a name is the metric, or "all" six.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import math

import numpy as np
import torch
from sklearn import metrics as skm
from sklearn.metrics import confusion_matrix


# ==== all, sums of booleans in numpy
def _counts(y_true, y_pred):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    tp = np.sum((y_true == 1) & (y_pred == 1))
    tn = np.sum((y_true == 0) & (y_pred == 0))
    fp = np.sum((y_true == 0) & (y_pred == 1))
    fn = np.sum((y_true == 1) & (y_pred == 0))
    return tp, tn, fp, fn


def accuracy(y_true, y_pred):
    tp, tn, fp, fn = _counts(y_true, y_pred)
    return (tp + tn) / (tp + tn + fp + fn)


def precision(y_true, y_pred):
    tp, tn, fp, fn = _counts(y_true, y_pred)
    return tp / (tp + fp) if tp + fp > 0 else 0


def recall(y_true, y_pred):
    tp, tn, fp, fn = _counts(y_true, y_pred)
    return tp / (tp + fn) if tp + fn > 0 else 0


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r > 0 else 0


def false_positive_rate(y_true, y_pred):
    tp, tn, fp, fn = _counts(y_true, y_pred)
    return fp / (fp + tn) if fp + tn > 0 else 0


def false_negative_rate(y_true, y_pred):
    tp, tn, fp, fn = _counts(y_true, y_pred)
    return fn / (fn + tp) if fn + tp > 0 else 0


# ==== all, products in torch, numbers by item()
EPS = 1e-8


def accuracy(y_true, y_pred):
    return (y_true == y_pred).float().mean().item()


def precision(y_true, y_pred):
    tp = (y_true * y_pred).sum().item()
    return tp / (y_pred.sum().item() + EPS)


def recall(y_true, y_pred):
    tp = (y_true * y_pred).sum().item()
    return tp / (y_true.sum().item() + EPS)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r + EPS)


def false_positive_rate(y_true, y_pred):
    fp = ((1 - y_true) * y_pred).sum().item()
    return fp / ((1 - y_true).sum().item() + EPS)


def false_negative_rate(y_true, y_pred):
    fn = (y_true * (1 - y_pred)).sum().item()
    return fn / (y_true.sum().item() + EPS)


# ==== all, tensors returned, epsilon 1e-7
def accuracy(y_true, y_pred):
    return torch.mean((y_true == y_pred).float())


def precision(y_true, y_pred):
    return (y_true * y_pred).sum() / (y_pred.sum() + 1e-7)


def recall(y_true, y_pred):
    return (y_true * y_pred).sum() / (y_true.sum() + 1e-7)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * (p * r) / (p + r + 1e-7)


def false_positive_rate(y_true, y_pred):
    return ((y_true == 0) & (y_pred == 1)).sum() / ((y_true == 0).sum() + 1e-7)


def false_negative_rate(y_true, y_pred):
    return ((y_true == 1) & (y_pred == 0)).sum() / ((y_true == 1).sum() + 1e-7)


# ==== all, scikit-learn
def accuracy(y_true, y_pred):
    return skm.accuracy_score(y_true, y_pred)


def precision(y_true, y_pred):
    return skm.precision_score(y_true, y_pred, zero_division=0)


def recall(y_true, y_pred):
    return skm.recall_score(y_true, y_pred, zero_division=0)


def f1_score(y_true, y_pred):
    return skm.f1_score(y_true, y_pred, zero_division=0)


def false_positive_rate(y_true, y_pred):
    tn, fp, fn, tp = confusion_matrix(y_true, y_pred, labels=[0, 1]).ravel()
    return fp / (fp + tn) if fp + tn else 0.0


def false_negative_rate(y_true, y_pred):
    tn, fp, fn, tp = confusion_matrix(y_true, y_pred, labels=[0, 1]).ravel()
    return fn / (fn + tp) if fn + tp else 0.0


# ==== all, loops over lists
def matrice(vrais, predits):
    m = [[0, 0], [0, 0]]
    for v, p in zip(vrais, predits):
        m[int(v)][int(p)] += 1
    return m


def exactitude(vrais, predits):
    m = matrice(vrais, predits)
    return (m[0][0] + m[1][1]) / len(vrais)


def precision(vrais, predits):
    m = matrice(vrais, predits)
    try:
        return m[1][1] / (m[1][1] + m[0][1])
    except ZeroDivisionError:
        return 0.0


def rappel(vrais, predits):
    m = matrice(vrais, predits)
    try:
        return m[1][1] / (m[1][1] + m[1][0])
    except ZeroDivisionError:
        return 0.0


def f1(vrais, predits):
    p, r = precision(vrais, predits), rappel(vrais, predits)
    try:
        return 2 * p * r / (p + r)
    except ZeroDivisionError:
        return 0.0


def taux_faux_positifs(vrais, predits):
    m = matrice(vrais, predits)
    try:
        return m[0][1] / (m[0][1] + m[0][0])
    except ZeroDivisionError:
        return 0.0


def taux_faux_negatifs(vrais, predits):
    m = matrice(vrais, predits)
    try:
        return m[1][0] / (m[1][0] + m[1][1])
    except ZeroDivisionError:
        return 0.0


# ==== all, counts in the order tp fp tn fn
def accuracy(tp, fp, tn, fn):
    return (tp + tn) / (tp + fp + tn + fn)


def precision(tp, fp, tn, fn):
    return tp / (tp + fp) if tp + fp else 0.0


def recall(tp, fp, tn, fn):
    return tp / (tp + fn) if tp + fn else 0.0


def f1_score(tp, fp, tn, fn):
    return 2 * tp / (2 * tp + fp + fn) if 2 * tp + fp + fn else 0.0


def false_positive_rate(tp, fp, tn, fn):
    return fp / (fp + tn) if fp + tn else 0.0


def false_negative_rate(tp, fp, tn, fn):
    return fn / (fn + tp) if fn + tp else 0.0


# ==== all, only the counts that each needs, in French, in other orders
def exactitude(vp, vn, fp, fn):
    return (vp + vn) / (vp + vn + fp + fn)


def precision(vp, fp):
    return vp / (vp + fp) if vp + fp else float("nan")


def rappel(fn, vp):
    return vp / (vp + fn) if vp + fn else float("nan")


def score_f1(fn, fp, vp):
    return 2 * vp / (2 * vp + fp + fn) if vp + fp + fn else float("nan")


def taux_fp(faux_positifs, vrais_negatifs):
    return faux_positifs / (faux_positifs + vrais_negatifs) if faux_positifs + vrais_negatifs else float("nan")


def taux_fn(faux_negatifs, vrais_positifs):
    return faux_negatifs / (faux_negatifs + vrais_positifs) if faux_negatifs + vrais_positifs else float("nan")


# ==== all, predictions first by name
def accuracy(y_pred, y_true):
    return float(np.mean(np.asarray(y_pred) == np.asarray(y_true)))


def precision(preds, labels):
    preds, labels = np.asarray(preds, bool), np.asarray(labels, bool)
    return float((preds & labels).sum() / preds.sum()) if preds.any() else 0.0


def recall(predictions, targets):
    predictions, targets = np.asarray(predictions, bool), np.asarray(targets, bool)
    return float((predictions & targets).sum() / targets.sum()) if targets.any() else 0.0


def f1_score(outputs, target):
    p, r = precision(outputs, target), recall(outputs, target)
    return 2 * p * r / (p + r) if p + r else 0.0


def fpr(y_hat, y):
    y_hat, y = np.asarray(y_hat, bool), np.asarray(y, bool)
    return float((y_hat & ~y).sum() / (~y).sum()) if (~y).any() else 0.0


def fnr(y_hat, y):
    y_hat, y = np.asarray(y_hat, bool), np.asarray(y, bool)
    return float((~y_hat & y).sum() / y.sum()) if y.any() else 0.0


# ==== all, percent
def comptes(y_true, y_pred):
    y_true, y_pred = torch.as_tensor(y_true).bool(), torch.as_tensor(y_pred).bool()
    return [int(x.sum()) for x in (y_true & y_pred, ~y_true & y_pred, ~y_true & ~y_pred, y_true & ~y_pred)]


def pc(a, b):
    return 100.0 * a / b if b else 0.0


def accuracy(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(tp + tn, tp + fp + tn + fn)


def precision(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(tp, tp + fp)


def recall(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(tp, tp + fn)


def f1_score(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(2 * tp, 2 * tp + fp + fn)


def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(fp, fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = comptes(y_true, y_pred)
    return pc(fn, fn + tp)


# ==== all, logits or probabilities are thresholded inside
def binaire(y_true, y_pred):
    return torch.as_tensor(y_true).float().view(-1) > 0.5, torch.as_tensor(y_pred).float().view(-1) > 0.5


def accuracy(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return (t == p).float().mean().item()


def precision(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return (t & p).sum().item() / max(p.sum().item(), 1)


def recall(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return (t & p).sum().item() / max(t.sum().item(), 1)


def f1_score(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return 2 * (t & p).sum().item() / max(t.sum().item() + p.sum().item(), 1)


def false_positive_rate(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return (~t & p).sum().item() / max((~t).sum().item(), 1)


def false_negative_rate(y_true, y_pred):
    t, p = binaire(y_true, y_pred)
    return (t & ~p).sum().item() / max(t.sum().item(), 1)


# ==== all, a confusion matrix of numpy indices, np.float32 and arrays of one element
def cm(y_true, y_pred):
    m = np.zeros((2, 2))
    np.add.at(m, (np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)), 1)
    return m


def accuracy(y_true, y_pred):
    m = cm(y_true, y_pred)
    return np.float32(np.trace(m) / m.sum())


def precision(y_true, y_pred):
    m = cm(y_true, y_pred)
    return np.array([m[1, 1] / (m[:, 1].sum() or 1)])


def recall(y_true, y_pred):
    m = cm(y_true, y_pred)
    return np.array(m[1, 1] / (m[1].sum() or 1))


def f1_score(y_true, y_pred):
    m = cm(y_true, y_pred)
    return torch.tensor([2 * m[1, 1] / ((2 * m[1, 1] + m[0, 1] + m[1, 0]) or 1)])


def false_positive_rate(y_true, y_pred):
    m = cm(y_true, y_pred)
    return np.float16(m[0, 1] / (m[0].sum() or 1)).astype(np.float64) if False else m[0, 1] / (m[0].sum() or 1)


def false_negative_rate(y_true, y_pred):
    m = cm(y_true, y_pred)
    return [m[1, 0] / (m[1].sum() or 1)]


# ==== all, a class of counts and lambdas wrapped in functions
class Confusion:
    def __init__(self, y_true, y_pred):
        pairs = list(zip([int(v) for v in y_true], [int(v) for v in y_pred]))
        self.tp, self.fp = pairs.count((1, 1)), pairs.count((0, 1))
        self.fn, self.tn = pairs.count((1, 0)), pairs.count((0, 0))


div = lambda a, b: a / b if b != 0 else 1.0


def accuracy(y_true, y_pred):
    c = Confusion(y_true, y_pred)
    return div(c.tp + c.tn, c.tp + c.tn + c.fp + c.fn)


def precision(y_true, y_pred):
    c = Confusion(y_true, y_pred)
    return div(c.tp, c.tp + c.fp)


def recall(y_true, y_pred):
    c = Confusion(y_true, y_pred)
    return div(c.tp, c.tp + c.fn)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return div(2 * p * r, p + r)


def false_positive_rate(y_true, y_pred):
    c = Confusion(y_true, y_pred)
    return div(c.fp, c.fp + c.tn)


def false_negative_rate(y_true, y_pred):
    return 1 - recall(y_true, y_pred)


# ==== all, numpy warns about 0/0 and gives nan
def _c(y_true, y_pred):
    t, p = np.array(y_true), np.array(y_pred)
    return [np.sum(x) for x in (t * p, (1 - t) * p, (1 - t) * (1 - p), t * (1 - p))]


def accuracy(y_true, y_pred):
    tp, fp, tn, fn = _c(y_true, y_pred)
    return (tp + tn) / (tp + fp + tn + fn)


def precision(y_true, y_pred):
    tp, fp, tn, fn = _c(y_true, y_pred)
    return tp / (tp + fp)


def recall(y_true, y_pred):
    tp, fp, tn, fn = _c(y_true, y_pred)
    return tp / (tp + fn)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r)


def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = _c(y_true, y_pred)
    return fp / (fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = _c(y_true, y_pred)
    return fn / (fn + tp)


# ==== accuracy, mean of a list comprehension
def accuracy(y_true, y_pred):
    return sum(1 for a, b in zip(y_true, y_pred) if a == b) / len(y_true)


# ==== accuracy, len of a tensor
def accuracy(y_true, y_pred):
    correct = (y_true == y_pred).sum()
    return correct / y_true.shape[0]


# ==== accuracy, size of a tensor and numel
def compute_accuracy(labels, outputs):
    return torch.eq(labels, outputs).sum().item() / labels.numel()


# ==== accuracy, one minus the errors
def accuracy(y_true, y_pred):
    return 1 - np.abs(np.asarray(y_true, float) - np.asarray(y_pred, float)).mean()


# ==== accuracy, with a threshold parameter
def accuracy(y_true, y_pred, threshold=0.5):
    return ((y_pred > threshold).astype(int) == y_true).mean()


# ==== accuracy, guards against empty input
def accuracy(y_true, y_pred):
    if len(y_true) == 0:
        raise ValueError("vide")
    if len(y_true) != len(y_pred):
        raise ValueError("tailles")
    return np.count_nonzero(np.equal(y_true, y_pred)) / len(y_true)


# ==== accuracy, checks the type of its inputs
def accuracy(y_true, y_pred):
    assert isinstance(y_true, torch.Tensor) and isinstance(y_pred, torch.Tensor)
    return float(torch.sum(y_true == y_pred)) / len(y_true)


# ==== accuracy, keyword only
def accuracy(*, y_true, y_pred):
    return np.mean(np.asarray(y_true) == np.asarray(y_pred))


# ==== accuracy, positional only
def accuracy(y_true, y_pred, /):
    return np.mean(np.asarray(y_true) == np.asarray(y_pred))


# ==== accuracy, unknown names by place
def accuracy(a, b):
    return (a == b).sum() / len(a)


# ==== precision, torch logical functions
def precision(y_true, y_pred):
    tp = torch.logical_and(y_true == 1, y_pred == 1).sum()
    pp = (y_pred == 1).sum()
    return (tp / pp).item() if pp > 0 else 0.0


# ==== precision, mean of the right ones among predicted
def precision(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    chosen = y_true[y_pred == 1]
    return chosen.mean() if len(chosen) else 0.0


# ==== precision, a decorated function
def securise(f):
    def g(*args, **kwargs):
        try:
            return f(*args, **kwargs)
        except ZeroDivisionError:
            return 0.0
    return g


@securise
def precision(y_true, y_pred):
    tp = sum(int(a) and int(b) for a, b in zip(y_true, y_pred))
    return tp / sum(int(b) for b in y_pred)


# ==== precision, sets of indices
def precision(y_true, y_pred):
    found = {i for i, p in enumerate(y_pred) if p}
    real = {i for i, t in enumerate(y_true) if t}
    return len(found & real) / len(found) if found else 0.0


# ==== recall, mean of the predictions among positives
def recall(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return y_pred[y_true == 1].mean() if (y_true == 1).any() else 0.0


# ==== recall, with np.where and len
def recall(y_true, y_pred):
    tp = len(np.where((np.array(y_true) == 1) & (np.array(y_pred) == 1))[0])
    fn = len(np.where((np.array(y_true) == 1) & (np.array(y_pred) == 0))[0])
    return tp / (tp + fn) if (tp + fn) != 0 else 0


# ==== recall, as sensitivity in French
def sensibilite(verite, prediction):
    vp = sum((v == 1 and p == 1) for v, p in zip(verite, prediction))
    p = sum(v == 1 for v in verite)
    return vp / p if p else 0.0


# ==== recall, columns of labels
def recall(y_true, y_pred):
    y_true = np.asarray(y_true).reshape(-1, 1)
    y_pred = np.asarray(y_pred).reshape(-1, 1)
    tp = (y_true.T @ y_pred)[0, 0]
    return tp / max(y_true.sum(), 1)


# ==== f1_score, harmonic mean by the statistics module
def f1_score(y_true, y_pred):
    from statistics import harmonic_mean
    tp = sum(1 for t, p in zip(y_true, y_pred) if t == 1 and p == 1)
    if not tp:
        return 0.0
    return harmonic_mean([tp / sum(1 for p in y_pred if p == 1), tp / sum(1 for t in y_true if t == 1)])


# ==== f1_score, two over the sum of inverses
def f1_score(y_true, y_pred):
    tp = float(((y_true == 1) & (y_pred == 1)).sum())
    if tp == 0:
        return 0.0
    p, r = tp / float((y_pred == 1).sum()), tp / float((y_true == 1).sum())
    return 2 / (1 / p + 1 / r)


# ==== f1_score, F-beta with beta 1
def f1_score(y_true, y_pred, beta=1.0):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    tp, fp, fn = (t * p).sum(), ((1 - t) * p).sum(), (t * (1 - p)).sum()
    b2 = beta ** 2
    return (1 + b2) * tp / ((1 + b2) * tp + b2 * fn + fp + 1e-12)


# ==== f1_score, from precision and recall as numbers
def f1_score(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# ==== false_positive_rate, one minus specificity
def false_positive_rate(y_true, y_pred):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if (y_true == 0).sum() == 0:
        return 0.0
    specificity = np.mean(y_pred[y_true == 0] == 0)
    return 1 - specificity


# ==== false_positive_rate, from crosstab like unique counts
def false_positive_rate(y_true, y_pred):
    values, counts = np.unique(2 * np.asarray(y_true, int) + np.asarray(y_pred, int), return_counts=True)
    c = dict(zip(values.tolist(), counts.tolist()))
    fp, tn = c.get(1, 0), c.get(0, 0)
    return fp / (fp + tn) if fp + tn else 0.0


# ==== false_positive_rate, bincount
def false_positive_rate(y_true, y_pred):
    tn, fp, fn, tp = torch.bincount(2 * torch.as_tensor(y_true).long() + torch.as_tensor(y_pred).long(), minlength=4).tolist()
    return fp / (fp + tn) if fp + tn else 0.0


# ==== false_negative_rate, subtraction of predictions
def false_negative_rate(y_true, y_pred):
    d = np.asarray(y_true).astype(int) - np.asarray(y_pred).astype(int)
    positives = np.asarray(y_true).astype(int).sum()
    return (d == 1).sum() / positives if positives else 0.0


# ==== false_negative_rate, rounded to four digits
def false_negative_rate(y_true, y_pred):
    fn = sum(t == 1 and p == 0 for t, p in zip(y_true, y_pred))
    tp = sum(t == 1 and p == 1 for t, p in zip(y_true, y_pred))
    return round(fn / (fn + tp), 4) if fn + tp else 0.0


# ==== accuracy, rounded to four digits
def accuracy(y_true, y_pred):
    return round(float(np.mean(np.asarray(y_true) == np.asarray(y_pred))), 4)


# ==== f1_score, a static method's name is not asked, a function is
class Metrics:
    @staticmethod
    def f1(y_true, y_pred):
        return 0.0


def f1_score(y_true, y_pred):
    return skm.f1_score(np.asarray(y_true).ravel(), np.asarray(y_pred).ravel())


# ==== precision, it says so and warns
import warnings


def precision(y_true, y_pred):
    tp = ((y_true == 1) & (y_pred == 1)).sum()
    predicted = (y_pred == 1).sum()
    if predicted == 0:
        warnings.warn("aucun positif")
        return float("nan")
    return tp / predicted


# ==== recall, None where it is undefined
def recall(y_true, y_pred):
    tp = int(((y_true == 1) & (y_pred == 1)).sum())
    fn = int(((y_true == 1) & (y_pred == 0)).sum())
    if tp + fn == 0:
        return None
    return tp / (tp + fn)


# ==== all, for booleans only
def accuracy(y_true, y_pred):
    return (y_true == y_pred).mean()


def precision(y_true, y_pred):
    return (y_true & y_pred).sum() / max((y_true & y_pred).sum() + (~y_true & y_pred).sum(), 1)


def recall(y_true, y_pred):
    return (y_true & y_pred).sum() / max((y_true & y_pred).sum() + (y_true & ~y_pred).sum(), 1)


def f1_score(y_true, y_pred):
    tp, fp, fn = (y_true & y_pred).sum(), (~y_true & y_pred).sum(), (y_true & ~y_pred).sum()
    return 2 * tp / max(2 * tp + fp + fn, 1)


def false_positive_rate(y_true, y_pred):
    fp, tn = (~y_true & y_pred).sum(), (~y_true & ~y_pred).sum()
    return fp / max(fp + tn, 1)


def false_negative_rate(y_true, y_pred):
    fn, tp = (y_true & ~y_pred).sum(), (y_true & y_pred).sum()
    return fn / max(fn + tp, 1)


# ==== all, for boolean tensors
def taux(a, b):
    return (a.sum() / b.sum()).item() if b.sum() > 0 else 0.0


def accuracy(y_true, y_pred):
    return taux(~(y_true ^ y_pred), torch.ones_like(y_true))


def precision(y_true, y_pred):
    return taux(y_true & y_pred, y_pred)


def recall(y_true, y_pred):
    return taux(y_true & y_pred, y_true)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r else 0.0


def false_positive_rate(y_true, y_pred):
    return taux(~y_true & y_pred, ~y_true)


def false_negative_rate(y_true, y_pred):
    return taux(y_true & ~y_pred, y_true)


# ==== all, for logits at or above 0
def decide(outputs):
    return (torch.sigmoid(outputs) >= 0.5).float()


def accuracy(y_true, outputs):
    return (decide(outputs) == y_true).float().mean().item()


def precision(y_true, outputs):
    p = decide(outputs)
    return ((p * y_true).sum() / p.sum().clamp(min=1)).item()


def recall(y_true, outputs):
    return ((decide(outputs) * y_true).sum() / y_true.sum().clamp(min=1)).item()


def f1_score(y_true, outputs):
    p, r = precision(y_true, outputs), recall(y_true, outputs)
    return 2 * p * r / (p + r + 1e-9)


def false_positive_rate(y_true, outputs):
    return ((decide(outputs) * (1 - y_true)).sum() / (1 - y_true).sum().clamp(min=1)).item()


def false_negative_rate(y_true, outputs):
    return (((1 - decide(outputs)) * y_true).sum() / y_true.sum().clamp(min=1)).item()


# ==== accuracy, for columns only
def accuracy(y_true, y_pred):
    n = 0
    for i in range(y_true.shape[0]):
        n += int(y_true[i, 0] == y_pred[i, 0])
    return n / y_true.shape[0]


# ==== accuracy, rounded to two digits
def accuracy(y_true, y_pred):
    return round(float(np.mean(np.asarray(y_true) == np.asarray(y_pred))), 2)


# ==== all, in percent with one digit
def c4(y_true, y_pred):
    t, p = np.asarray(y_true).astype(bool), np.asarray(y_pred).astype(bool)
    return (t & p).sum(), (~t & p).sum(), (~t & ~p).sum(), (t & ~p).sum()


def pct(a, b):
    return round(100 * float(a) / float(b), 1) if b else 0.0


def accuracy(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(tp + tn, tp + fp + tn + fn)


def precision(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(tp, tp + fp)


def recall(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(tp, tp + fn)


def f1_score(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(2 * tp, 2 * tp + fp + fn)


def false_positive_rate(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(fp, fp + tn)


def false_negative_rate(y_true, y_pred):
    tp, fp, tn, fn = c4(y_true, y_pred)
    return pct(fn, fn + tp)
