from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader


def num_params(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters() if p.requires_grad)


def multiclass_hits(logits: Tensor, target: Tensor) -> Tensor:
    return logits.argmax(dim=-1) == target


def binary_hits(logits: Tensor, target: Tensor) -> Tensor:
    return (logits > 0) == target.bool()


@torch.inference_mode()
def accuracy(model: nn.Module, loader: DataLoader, hits: Callable[[Tensor, Tensor], Tensor] = multiclass_hits) -> float:
    """Percent."""
    model.eval()
    flags = torch.cat([hits(model(x), y) for x, y in loader])
    return 100.0 * flags.float().mean().item()


@dataclass
class Trainer:
    model: nn.Module
    criterion: nn.Module
    hits: Callable[[Tensor, Tensor], Tensor] = multiclass_hits
    lr: float = 1e-3
    journal: list[dict[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=self.lr)

    def run(self, train_loader: DataLoader, valid_loader: DataLoader | None = None, epochs: int = 3) -> list[dict[str, float]]:
        for epoch in range(epochs):
            self.model.train()
            total = 0.0
            for x, y in train_loader:
                self.optimizer.zero_grad()
                loss = self.criterion(self.model(x), y)
                loss.backward()
                self.optimizer.step()
                total += loss.item()
            row = {"epoch": epoch, "loss": total / len(train_loader)}
            if valid_loader is not None:
                row["valid"] = accuracy(self.model, valid_loader, self.hits)
            self.journal.append(row)
            print(row)
        return self.journal
