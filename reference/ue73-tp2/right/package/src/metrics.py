"""All metrics at once. Everything is computed from the confusion matrix."""
import numpy as np


def confusion(y_true, y_pred):
    y_true = np.asarray(y_true).reshape(-1).astype(int)
    y_pred = np.asarray(y_pred).reshape(-1).astype(int)
    m = np.zeros((2, 2), dtype=int)
    np.add.at(m, (y_true, y_pred), 1)
    return m


def compute_metrics(y_true, y_pred):
    (tn, fp), (fn, tp) = confusion(y_true, y_pred)
    safe = lambda a, b: float(a) / float(b) if b > 0 else 0.0
    precision = safe(tp, tp + fp)
    recall = safe(tp, tp + fn)
    return {
        "accuracy": safe(tp + tn, tp + tn + fp + fn),
        "precision": precision,
        "recall": recall,
        "f1": safe(2 * precision * recall, precision + recall),
        "fpr": safe(fp, fp + tn),
        "fnr": safe(fn, fn + tp),
    }
