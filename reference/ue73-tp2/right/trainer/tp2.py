"""TP2 : version orientée objet, l'entraînement est une classe.

`train` ne fait que créer un Trainer et le lancer.
"""
import dataclasses
import json
import logging
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
from torch.optim import AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils.data import DataLoader, TensorDataset

try:
    from tqdm import tqdm
except ImportError:  # tqdm n'est pas installé partout

    def tqdm(iterable, **kwargs):
        return iterable


from pulses import build_spectrograms

logging.basicConfig(level=logging.INFO, format="%(message)s")
log = logging.getLogger("tp2")


# 1.1 ---------------------------------------------------------------------------------------------------------------
# Choix : standardisation indépendante par spectrogramme.
# Le gain change d'un enregistrement à l'autre ; standardiser chaque spectrogramme avec sa propre moyenne et son propre
# écart-type rend la décision invariante au volume. Le MLP n'a donc pas à apprendre cette invariance, ce qui est
# précieux avec si peu d'exemples. Il n'y a rien à partager entre train, valid et test.
def standardize(x, reference=None):
    flat = np.reshape(x, (len(x), -1)).astype(np.float64)
    flat -= flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(flat.std(axis=1, keepdims=True), 1e-7)
    return flat.reshape(np.shape(x)).astype(np.float32)


# 1.2 ---------------------------------------------------------------------------------------------------------------
def prepare(data_dir, out_dir):
    for split in tqdm(("train", "valid", "test"), desc="spectrogrammes"):
        spectrograms, labels = build_spectrograms(Path(data_dir) / split)
        folder = Path(out_dir) / split
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "x.npy", "wb") as f:
            np.save(f, standardize(spectrograms))
        with open(folder / "y.npy", "wb") as f:
            np.save(f, labels)


# 1.3 ---------------------------------------------------------------------------------------------------------------
class MyMLP(nn.Module):
    def __init__(self, input_size, hidden=(400, 150, 50), p=0.4):
        super().__init__()
        modules = []
        for n_in, n_out in zip((input_size,) + tuple(hidden), hidden):
            modules += [self._linear(n_in, n_out), nn.ReLU(), nn.Dropout(p)]
        self.body = nn.Sequential(*modules)
        self.head = self._linear(hidden[-1], 1)

    @staticmethod
    def _linear(n_in, n_out):
        layer = nn.Linear(n_in, n_out)
        with torch.no_grad():
            a = (6.0 / (n_in + n_out)) ** 0.5
            layer.weight.copy_(2 * a * torch.rand(n_out, n_in) - a)
            layer.bias.zero_()
        return layer

    def forward(self, x):
        return self.head(self.body(x.flatten(start_dim=1))).squeeze(-1)


# 1.4 ---------------------------------------------------------------------------------------------------------------
def load_dataset(folder):
    x = torch.Tensor(np.load(Path(folder) / "x.npy"))
    y = torch.Tensor(np.load(Path(folder) / "y.npy").astype(np.float32))
    return TensorDataset(x, y)


def make_loaders(root, batch_size):
    options = {"train": {"shuffle": True}, "valid": {}, "test": {}}
    return tuple(
        DataLoader(load_dataset(Path(root) / split), batch_size=batch_size, **kwargs)
        for split, kwargs in options.items()
    )


# 1.6 ---------------------------------------------------------------------------------------------------------------
@dataclasses.dataclass
class Confusion:
    tp: int
    fp: int
    fn: int
    tn: int

    @classmethod
    def of(cls, y_true, y_pred):
        pairs = [(bool(t), bool(p)) for t, p in zip(y_true, y_pred, strict=True)]
        return cls(*(pairs.count(case) for case in [(True, True), (False, True), (True, False), (False, False)]))


def accuracy(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return (c.tp + c.tn) / (c.tp + c.fp + c.fn + c.tn)


def precision(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return c.tp / ((c.tp + c.fp) or 1)


def recall(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return c.tp / ((c.tp + c.fn) or 1)


def f1_score(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return 2 * c.tp / ((2 * c.tp + c.fp + c.fn) or 1)


def false_positive_rate(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return c.fp / ((c.fp + c.tn) or 1)


def false_negative_rate(y_true, y_pred):
    c = Confusion.of(y_true, y_pred)
    return c.fn / ((c.fn + c.tp) or 1)


# 1.5 ---------------------------------------------------------------------------------------------------------------
class Trainer:
    def __init__(self, model, lr, epochs):
        self.model = model
        self.epochs = epochs
        self.loss = nn.BCEWithLogitsLoss(reduction="mean")
        self.optimizer = AdamW(model.parameters(), lr=lr)
        self.scheduler = CosineAnnealingLR(self.optimizer, T_max=epochs, eta_min=lr / 20)
        self.history = []

    def step(self, x, y):
        self.optimizer.zero_grad()
        loss = self.loss(self.model(x), y)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def fit(self, train_loader, valid_loader):
        for epoch in range(self.epochs):
            self.model.train()
            losses = [self.step(x, y) for x, y in train_loader]
            self.scheduler.step()
            self.history.append(
                {
                    "epoch": epoch,
                    "loss": float(np.mean(losses)),
                    "train": self.evaluate(train_loader),
                    "validation": self.evaluate(valid_loader),
                }
            )
            log.info(json.dumps(self.history[-1], ensure_ascii=False))
        return self.history

    def evaluate(self, loader):
        self.model.eval()
        y_true, y_pred = [], []
        with torch.no_grad():
            for x, y in loader:
                y_true.extend(y.tolist())
                y_pred.extend(self.model(x).gt(0).tolist())
        return {
            "accuracy": accuracy(y_true, y_pred),
            "precision": precision(y_true, y_pred),
            "recall": recall(y_true, y_pred),
            "F1-score": f1_score(y_true, y_pred),
            "taux de faux positifs": false_positive_rate(y_true, y_pred),
            "taux de faux négatifs": false_negative_rate(y_true, y_pred),
        }


def train(model, train_loader, valid_loader, epochs, lr):
    return Trainer(model, lr, epochs).fit(train_loader, valid_loader)


if __name__ == "__main__":
    torch.manual_seed(11)
    prepare("data", "data_npy")
    train_loader, valid_loader, test_loader = make_loaders("data_npy", 16)
    model = MyMLP(train_loader.dataset[0][0].numel())
    trainer = Trainer(model, lr=1e-3, epochs=12)
    trainer.fit(train_loader, valid_loader)
    Path("history.json").write_text(json.dumps(trainer.history))
    log.info("test : %s", trainer.evaluate(test_loader))
