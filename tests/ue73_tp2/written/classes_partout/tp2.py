import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from pulses import build_spectrograms
from torch.utils.data import DataLoader, TensorDataset

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)


@dataclass
class Config:
    data: Path = Path("data")
    out: Path = Path("out")
    batch_size: int = 32
    epochs: int = 12
    lr: float = 1e-3


class DataPreparation:
    """Question 1.1: every frequency band of the training set gets mean 0 and deviation 1.

    The hydrophone's noise falls with frequency, and a band that is always loud says nothing by being loud.
    """

    def __init__(self):
        self.mean = None
        self.std = None

    def fit(self, x):
        self.mean = x.mean(axis=0).mean(axis=1)[:, None]
        self.std = np.sqrt(((x - self.mean) ** 2).mean(axis=0).mean(axis=1))[:, None]
        self.std = np.where(self.std < 1e-6, 1, self.std)
        return self

    def transform(self, x):
        return (x - self.mean) / self.std

    def run(self, data_dir, out_dir):
        x, _ = build_spectrograms(Path(data_dir) / "train")
        self.fit(x)
        for split in ("train", "valid", "test"):
            x, y = build_spectrograms(Path(data_dir) / split)
            folder = Path(out_dir) / split
            folder.mkdir(parents=True, exist_ok=True)
            np.save(folder / "x.npy", self.transform(x))
            np.save(folder / "y.npy", y)


def prepare(data_dir, out_dir):
    DataPreparation().run(data_dir, out_dir)


@dataclass
class BinaryMetrics:
    tp: int = 0
    fp: int = 0
    tn: int = 0
    fn: int = 0

    def update(self, y_true, y_pred):
        for t, p in zip(np.asarray(y_true).ravel(), np.asarray(y_pred).ravel()):
            if p:
                self.tp += int(t == 1)
                self.fp += int(t == 0)
            else:
                self.fn += int(t == 1)
                self.tn += int(t == 0)

    def compute(self):
        safe = lambda a, b: a / b if b else 0.0
        precision = safe(self.tp, self.tp + self.fp)
        recall = safe(self.tp, self.tp + self.fn)
        return {
            "accuracy": safe(self.tp + self.tn, self.tp + self.tn + self.fp + self.fn),
            "precision": precision,
            "recall": recall,
            "f1_score": safe(2 * precision * recall, precision + recall),
            "false_positive_rate": safe(self.fp, self.fp + self.tn),
            "false_negative_rate": safe(self.fn, self.fn + self.tp),
        }


class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=(128, 64, 32), p=0.2):
        super().__init__()
        a, b, c = hidden
        self.fc_in = nn.Linear(input_size, a)
        self.fc_mid1 = nn.Linear(a, b)
        self.fc_mid2 = nn.Linear(b, c)
        self.fc_out = nn.Linear(c, 1)
        self.drop_in, self.drop_mid1, self.drop_mid2 = nn.Dropout(p), nn.Dropout(p), nn.Dropout(p)
        self.reset_parameters()

    def reset_parameters(self):
        for name, parameter in self.named_parameters():
            if name.endswith("weight"):
                nn.init.xavier_uniform_(parameter)
            else:
                nn.init.zeros_(parameter)

    def forward(self, x):
        x = x.reshape(x.shape[0], -1)
        x = self.drop_in(self.fc_in(x).relu())
        x = self.drop_mid1(self.fc_mid1(x).relu())
        x = self.drop_mid2(self.fc_mid2(x).relu())
        return self.fc_out(x)[:, 0]


class PulseData:
    @staticmethod
    def load_dataset(folder):
        x, y = np.load(Path(folder) / "x.npy"), np.load(Path(folder) / "y.npy")
        return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32))

    @staticmethod
    def make_loaders(root, batch_size):
        sets = [PulseData.load_dataset(Path(root) / name) for name in ("train", "valid", "test")]
        return (
            DataLoader(sets[0], batch_size, shuffle=True),
            DataLoader(sets[1], batch_size),
            DataLoader(sets[2], batch_size),
        )


class Trainer:
    def __init__(self, model, train_loader, valid_loader, epochs, lr):
        self.model, self.train_loader, self.valid_loader = model, train_loader, valid_loader
        self.epochs = epochs
        self.criterion = nn.BCEWithLogitsLoss()
        self.optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
        self.scheduler = torch.optim.lr_scheduler.OneCycleLR(self.optimizer, lr, epochs * len(train_loader))
        self.history = []

    def _train_one_epoch(self):
        self.model.train()
        for x, y in self.train_loader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.scheduler.step()

    @torch.no_grad()
    def evaluate(self, loader):
        self.model.eval()
        metrics = BinaryMetrics()
        for x, y in loader:
            metrics.update(y, self.model(x) > 0)
        return metrics.compute()

    def train(self):
        for epoch in range(self.epochs):
            self._train_one_epoch()
            row = {"train": self.evaluate(self.train_loader), "valid": self.evaluate(self.valid_loader)}
            self.history.append(row)
            log.info("epoch %d %s", epoch, json.dumps(row))
        return self.history


if __name__ == "__main__":
    config = Config()
    prepare(config.data, config.out)
    train_loader, valid_loader, test_loader = PulseData.make_loaders(config.out, config.batch_size)
    model = MyMLP(train_loader.dataset[0][0].numel())
    trainer = Trainer(model, train_loader, valid_loader, config.epochs, config.lr)
    trainer.train()
    log.info("test %s", trainer.evaluate(test_loader))
