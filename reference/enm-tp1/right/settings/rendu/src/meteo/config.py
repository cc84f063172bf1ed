from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OptimConfig:
    lr: float = 5e-2
    weight_decay: float = 0.0


@dataclass(frozen=True)
class TrainConfig:
    epochs: int = 15
    batch_size: int = 64
    weighted: bool = False
    optim: OptimConfig = field(default_factory=OptimConfig)
