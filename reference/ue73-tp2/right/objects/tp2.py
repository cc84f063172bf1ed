from pathlib import Path
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from pulses import build_spectrograms


class Standardizer:
    def fit(self, x):
        self.mean = x.mean(axis=(0, 2), keepdims=True)
        self.std = x.std(axis=(0, 2), keepdims=True) + 1e-8
        return self

    def transform(self, x):
        return (x - self.mean) / self.std


class Preparation:
    def __init__(self, data_dir, out_dir):
        self.data_dir, self.out_dir = Path(data_dir), Path(out_dir)

    def run(self):
        scaler = None
        for s in ("train", "valid", "test"):
            x, y = build_spectrograms(self.data_dir / s)
            if scaler is None:
                scaler = Standardizer().fit(x)
            (self.out_dir / s).mkdir(parents=True, exist_ok=True)
            np.save(self.out_dir / s / "x.npy", scaler.transform(x).astype(np.float32))
            np.save(self.out_dir / s / "y.npy", y)


class Block(nn.Module):
    def __init__(self, i, o, p):
        super().__init__()
        self.lin = nn.Linear(i, o)
        nn.init.xavier_uniform_(self.lin.weight)
        nn.init.zeros_(self.lin.bias)
        self.p = nn.Dropout(p)

    def forward(self, x):
        return self.p(torch.relu(self.lin(x)))


class Classifier(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.body = nn.Sequential(Block(in_features, 128, .2), Block(128, 64, .2), Block(64, 32, .2))
        self.head = nn.Linear(32, 1)
        nn.init.xavier_uniform_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        return self.head(self.body(torch.flatten(x, 1)))[:, 0]


class Metrics:
    def __init__(self, y_true, y_pred):
        y_true, y_pred = np.asarray(y_true).astype(int), np.asarray(y_pred).astype(int)
        self.tp = ((y_true == 1) & (y_pred == 1)).sum()
        self.fp = ((y_true == 0) & (y_pred == 1)).sum()
        self.tn = ((y_true == 0) & (y_pred == 0)).sum()
        self.fn = ((y_true == 1) & (y_pred == 0)).sum()

    def _div(self, a, b):
        return float(a) / float(b) if b else 0.0

    def accuracy(self):
        return self._div(self.tp + self.tn, self.tp + self.tn + self.fp + self.fn)

    def precision(self):
        return self._div(self.tp, self.tp + self.fp)

    def recall(self):
        return self._div(self.tp, self.tp + self.fn)

    @property
    def f1(self):
        return self._div(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def fpr(self):
        return self._div(self.fp, self.fp + self.tn)

    def fnr(self):
        return self._div(self.fn, self.fn + self.tp)

    def as_dict(self, prefix):
        return {prefix + "accuracy": self.accuracy(), prefix + "precision": self.precision(), prefix + "recall": self.recall(),
                prefix + "f1": self.f1, prefix + "fpr": self.fpr(), prefix + "fnr": self.fnr()}


def load_set(folder):
    return TensorDataset(torch.tensor(np.load(f"{folder}/x.npy")), torch.tensor(np.load(f"{folder}/y.npy"), dtype=torch.float32))


def loaders(root="out", batch_size=32):
    return {s: DataLoader(load_set(f"{root}/{s}"), batch_size, shuffle=s == "train") for s in ("train", "valid", "test")}


class Trainer:
    def __init__(self, model, train_loader, valid_loader, lr=2e-3):
        self.model, self.train_loader, self.valid_loader, self.lr = model, train_loader, valid_loader, lr
        self.criterion = nn.BCEWithLogitsLoss()
        self.optimizer = torch.optim.Adam(model.parameters(), lr=lr)
        self.history = []

    def fit(self, epochs=10):
        sched = torch.optim.lr_scheduler.OneCycleLR(self.optimizer, max_lr=self.lr, total_steps=epochs * len(self.train_loader))
        for _ in range(epochs):
            self.model.train()
            for x, y in self.train_loader:
                self.optimizer.zero_grad()
                loss = self.criterion(self.model(x), y)
                loss.backward()
                self.optimizer.step()
                sched.step()
            self.history.append({**self.score(self.train_loader, "train_"), **self.score(self.valid_loader, "valid_")})
        return self.history

    def score(self, loader, prefix):
        self.model.eval()
        with torch.inference_mode():
            p = torch.cat([self.model(x) > 0 for x, _ in loader])
            y = torch.cat([y for _, y in loader])
        return Metrics(y, p).as_dict(prefix)


if __name__ == "__main__":
    Preparation("data", "out").run()
    dl = loaders()
    t = Trainer(Classifier(dl["train"].dataset[0][0].numel()), dl["train"], dl["valid"])
    print(t.fit())
