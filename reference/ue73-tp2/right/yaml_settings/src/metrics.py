from functools import wraps
import torch

def counts(y_true, y_pred):
    y_true, y_pred = torch.as_tensor(y_true).bool().flatten(), torch.as_tensor(y_pred).bool().flatten()
    c = torch.bincount(2 * y_true.long() + y_pred.long(), minlength=4)
    return tuple(int(v) for v in c)   # tn, fp, fn, tp

def metric(f):
    @wraps(f)
    def g(y_true, y_pred):
        tn, fp, fn, tp = counts(y_true, y_pred)
        try:
            return float(f(tn, fp, fn, tp))
        except ZeroDivisionError:
            return 0.0
    return g

@metric
def accuracy(tn, fp, fn, tp): return (tp + tn) / (tp + tn + fp + fn)
@metric
def precision(tn, fp, fn, tp): return tp / (tp + fp)
@metric
def recall(tn, fp, fn, tp): return tp / (tp + fn)
@metric
def f1_score(tn, fp, fn, tp): return 2 * tp / (2 * tp + fp + fn)
@metric
def false_positive_rate(tn, fp, fn, tp): return fp / (fp + tn)
@metric
def false_negative_rate(tn, fp, fn, tp): return fn / (fn + tp)

ALL = {f.__name__: f for f in (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)}
