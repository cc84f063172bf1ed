"""UE73 - TP2: end-to-end pipeline for acoustic pulse detection."""
from __future__ import annotations

import logging
from dataclasses import dataclass, field, asdict
from pathlib import Path
from typing import Dict, List, Optional, Tuple

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset
from tqdm.auto import tqdm

from pulses import build_spectrograms

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)


@dataclass
class ModelConfig:
    """Hyper-parameters of the network."""
    input_size: int = 768
    hidden_sizes: Tuple[int, ...] = (256, 128, 64)
    dropout: float = 0.3


@dataclass
class TrainConfig:
    epochs: int = 20
    lr: float = 1e-3
    batch_size: int = 16
    weight_decay: float = 1e-2
    device: str = field(default_factory=lambda: "cuda" if torch.cuda.is_available() else "cpu")


class Standardizer:
    """Global standardisation: one (mean, std) pair computed on the training set only, so that nothing leaks."""

    def __init__(self, eps: float = 1e-8) -> None:
        self.eps = eps
        self.mean_: Optional[float] = None
        self.std_: Optional[float] = None

    def fit(self, x: np.ndarray) -> "Standardizer":
        self.mean_ = float(x.mean())
        self.std_ = float(x.std())
        return self

    def transform(self, x: np.ndarray) -> np.ndarray:
        return ((x - self.mean_) / (self.std_ + self.eps)).astype(np.float32)


def prepare_data(data_dir: str | Path = "data", out_dir: str | Path = "processed") -> None:
    data_dir, out_dir = Path(data_dir), Path(out_dir)
    raw = {split: build_spectrograms(data_dir / split) for split in ("train", "valid", "test")}
    scaler = Standardizer().fit(raw["train"][0])
    for split, (x, y) in raw.items():
        target = out_dir / split
        target.mkdir(parents=True, exist_ok=True)
        np.save(target / "x.npy", scaler.transform(x))
        np.save(target / "y.npy", y.astype(np.float32))
        logger.info("%s: %s", split, x.shape)


class MyMLP(nn.Module):
    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        sizes = [config.input_size, *config.hidden_sizes]
        blocks: List[nn.Module] = [nn.Flatten()]
        for fan_in, fan_out in zip(sizes[:-1], sizes[1:]):
            blocks += [nn.Linear(fan_in, fan_out), nn.ReLU(inplace=True), nn.Dropout(config.dropout)]
        blocks.append(nn.Linear(sizes[-1], 1))
        self.network = nn.Sequential(*blocks)
        self.apply(self._init_weights)

    @staticmethod
    def _init_weights(module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.xavier_uniform_(module.weight)
            nn.init.zeros_(module.bias)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.network(x).squeeze(-1)


class PulseDataModule:
    """Loads the .npy files and builds the loaders."""

    def __init__(self, root: str | Path, batch_size: int = 16) -> None:
        self.root = Path(root)
        self.batch_size = batch_size

    @staticmethod
    def load_dataset(folder: str | Path) -> TensorDataset:
        folder = Path(folder)
        x = torch.from_numpy(np.load(folder / "x.npy")).float()
        y = torch.from_numpy(np.load(folder / "y.npy")).float()
        return TensorDataset(x, y)

    def train_dataloader(self) -> DataLoader:
        return DataLoader(self.load_dataset(self.root / "train"), batch_size=self.batch_size, shuffle=True)

    def val_dataloader(self) -> DataLoader:
        return DataLoader(self.load_dataset(self.root / "valid"), batch_size=self.batch_size)

    def test_dataloader(self) -> DataLoader:
        return DataLoader(self.load_dataset(self.root / "test"), batch_size=self.batch_size)


@dataclass
class BinaryMetrics:
    tp: int = 0
    fp: int = 0
    tn: int = 0
    fn: int = 0

    @classmethod
    def from_predictions(cls, y_true: torch.Tensor, y_pred: torch.Tensor) -> "BinaryMetrics":
        y_true, y_pred = y_true.bool().flatten(), y_pred.bool().flatten()
        return cls(
            tp=int((y_true & y_pred).sum()),
            fp=int((~y_true & y_pred).sum()),
            tn=int((~y_true & ~y_pred).sum()),
            fn=int((y_true & ~y_pred).sum()),
        )

    @staticmethod
    def _safe_div(a: float, b: float) -> float:
        return a / b if b > 0 else 0.0

    @property
    def accuracy(self) -> float:
        return self._safe_div(self.tp + self.tn, self.tp + self.tn + self.fp + self.fn)

    @property
    def precision(self) -> float:
        return self._safe_div(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        return self._safe_div(self.tp, self.tp + self.fn)

    @property
    def f1_score(self) -> float:
        return self._safe_div(2 * self.precision * self.recall, self.precision + self.recall)

    @property
    def false_positive_rate(self) -> float:
        return self._safe_div(self.fp, self.fp + self.tn)

    @property
    def false_negative_rate(self) -> float:
        return self._safe_div(self.fn, self.fn + self.tp)

    def to_dict(self) -> Dict[str, float]:
        names = ("accuracy", "precision", "recall", "f1_score", "false_positive_rate", "false_negative_rate")
        return {name: getattr(self, name) for name in names}


class Trainer:
    """Minimal Lightning-like trainer."""

    def __init__(self, model: nn.Module, config: TrainConfig) -> None:
        self.config = config
        self.device = torch.device(config.device)
        self.model = model.to(self.device)
        self.criterion = nn.BCEWithLogitsLoss()
        self.history: List[Dict[str, float]] = []

    def _run_epoch(self, loader, optimizer=None, scheduler=None) -> Dict[str, float]:
        training = optimizer is not None
        self.model.train(training)
        losses, targets, preds = [], [], []
        with torch.set_grad_enabled(training):
            for x, y in tqdm(loader, leave=False):
                x, y = x.to(self.device), y.to(self.device)
                logits = self.model(x)
                loss = self.criterion(logits, y)
                if training:
                    optimizer.zero_grad(set_to_none=True)
                    loss.backward()
                    optimizer.step()
                    scheduler.step()
                losses.append(loss.item() * len(x))
                targets.append(y.detach().cpu())
                preds.append((logits > 0).detach().cpu())
        scores = BinaryMetrics.from_predictions(torch.cat(targets), torch.cat(preds)).to_dict()
        scores["loss"] = sum(losses) / len(loader.dataset)
        return scores

    def fit(self, train_loader: DataLoader, valid_loader: DataLoader) -> List[Dict[str, float]]:
        optimizer = torch.optim.AdamW(self.model.parameters(), lr=self.config.lr, weight_decay=self.config.weight_decay)
        scheduler = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, max_lr=self.config.lr * 5, total_steps=self.config.epochs * len(train_loader)
        )
        for epoch in range(self.config.epochs):
            train_scores = self._run_epoch(train_loader, optimizer, scheduler)
            valid_scores = self._run_epoch(valid_loader)
            row = {f"train_{k}": v for k, v in train_scores.items()} | {f"valid_{k}": v for k, v in valid_scores.items()}
            self.history.append(row)
            logger.info("epoch %d: %s", epoch + 1, row)
        return self.history


def main() -> None:
    torch.manual_seed(42)
    prepare_data()
    data = PulseDataModule("processed")
    x, _ = data.load_dataset("processed/train").tensors
    model = MyMLP(ModelConfig(input_size=x[0].numel()))
    trainer = Trainer(model, TrainConfig())
    trainer.fit(data.train_dataloader(), data.val_dataloader())
    torch.save({"model": model.state_dict(), "config": asdict(model.config)}, "best_model.pth")


if __name__ == "__main__":
    main()
