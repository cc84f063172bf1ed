from __future__ import annotations

import torch
from torch import Tensor


def stable_softmax(logits: Tensor, dim: int = -1) -> Tensor:
    return (logits - logits.logsumexp(dim=dim, keepdim=True)).exp()


def to_one_hot(labels: Tensor, num_classes: int) -> Tensor:
    return torch.eye(num_classes)[labels]


def negative_log_likelihood(probs: Tensor, labels: Tensor, *, eps: float = 1e-12) -> Tensor:
    picked = probs.gather(1, labels.unsqueeze(1)).squeeze(1)
    return -picked.clamp_min(eps).log().mean()


def bce(probs: Tensor, labels: Tensor) -> Tensor:
    return torch.nn.functional.binary_cross_entropy(probs, labels.to(probs.dtype))


def predict_labels(probs: Tensor) -> Tensor:
    return torch.max(probs, dim=-1).indices
