import torch


def confusion(target, pred):
    target, pred = torch.as_tensor(target).int(), torch.as_tensor(pred).int()
    tp = ((target == 1) & (pred == 1)).sum().item()
    tn = ((target == 0) & (pred == 0)).sum().item()
    fp = ((target == 0) & (pred == 1)).sum().item()
    fn = ((target == 1) & (pred == 0)).sum().item()
    return tp, tn, fp, fn


def all_metrics(target, pred):
    tp, tn, fp, fn = confusion(target, pred)
    eps = 1e-12
    precision = tp / (tp + fp + eps)
    recall = tp / (tp + fn + eps)
    return {
        "accuracy": (tp + tn) / (tp + tn + fp + fn),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall + eps),
        "false_positive_rate": fp / (fp + tn + eps),
        "false_negative_rate": fn / (fn + tp + eps),
    }
