from __future__ import annotations

import logging

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from .config import TrainConfig
from .functional import negative_log_likelihood
from .models import XorNet

log = logging.getLogger(__name__)


class Trainer:
    """Runs the optimisation; keeps the loss of every epoch."""

    def __init__(self, model: nn.Module, config: TrainConfig) -> None:
        self.model = model
        self.config = config
        self.optimizer = torch.optim.Adam(model.parameters(), lr=config.optim.lr, weight_decay=config.optim.weight_decay)
        self.losses: list[float] = []

    def _step(self, batch: tuple[Tensor, Tensor]) -> float:
        inputs, labels = batch
        self.optimizer.zero_grad(set_to_none=True)
        loss = negative_log_likelihood(self.model(inputs), labels)
        loss.backward()
        self.optimizer.step()
        return float(loss.detach())

    def fit(self, loader: DataLoader) -> list[float]:
        self.model.train()
        for epoch in range(self.config.epochs):
            values = [self._step(batch) for batch in loader]
            self.losses.append(sum(values) / len(values))
            log.info("epoch %d loss %.4f", epoch, self.losses[-1])
        return self.losses


def compute_gradients(model: nn.Module, inputs: Tensor, labels: Tensor) -> dict[str, Tensor]:
    names, params = zip(*model.named_parameters())
    grads = torch.autograd.grad(negative_log_likelihood(model(inputs), labels), params)
    return dict(zip(names, grads))


def fit_xor(steps: int = 600, lr: float = 0.02) -> XorNet:
    points = torch.cartesian_prod(torch.tensor([0.0, 1.0]), torch.tensor([0.0, 1.0]))
    target = points.sum(1).eq(1).long()
    net = XorNet()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.nll_loss(net(points), target).backward()
        optimizer.step()
    return net
