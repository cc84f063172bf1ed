from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from .functional import stable_softmax


class SoftmaxPerceptron(nn.Module):
    """Affine map followed by a softmax. He uniform weights."""

    def __init__(self, in_features: int, num_classes: int, *, bias: bool = True) -> None:
        super().__init__()
        self.affine = nn.Linear(in_features, num_classes, bias=bias)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        bound = math.sqrt(6.0 / self.affine.in_features)
        with torch.no_grad():
            self.affine.weight.uniform_(-bound, bound)
            if self.affine.bias is not None:
                self.affine.bias.zero_()

    def forward(self, inputs: Tensor) -> Tensor:
        return stable_softmax(self.affine(inputs))


class XorNet(nn.Module):
    def __init__(self, hidden: int = 16) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, hidden), nn.ReLU(), nn.Linear(hidden, 2), nn.LogSoftmax(dim=-1))

    def forward(self, inputs: Tensor) -> Tensor:
        return self.net(inputs)
