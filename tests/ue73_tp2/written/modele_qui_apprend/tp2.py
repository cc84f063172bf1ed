import os

import numpy as np
import torch
from pulses import build_spectrograms
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

# 1.1 une standardisation par spectrogramme et par bande, pour ne garder que les variations dans le temps (les pulses !)
standardise = lambda x: (x - x.mean(-1, keepdims=True)) / (x.std(-1, keepdims=True) + 1e-6)


def prepare(data_dir, out_dir):
    for d in os.listdir(data_dir):
        x, y = build_spectrograms(f"{data_dir}/{d}")
        os.makedirs(f"{out_dir}/{d}", exist_ok=True)
        np.save(f"{out_dir}/{d}/x", standardise(x))
        np.save(f"{out_dir}/{d}/y", y)


tp = lambda y, p: sum(1 for a, b in zip(y, p) if a and b)
fp = lambda y, p: sum(1 for a, b in zip(y, p) if not a and b)
fn = lambda y, p: sum(1 for a, b in zip(y, p) if a and not b)
tn = lambda y, p: sum(1 for a, b in zip(y, p) if not a and not b)
frac = lambda a, b: a / b if b else float("nan")
accuracy = lambda y, p: frac(tp(y, p) + tn(y, p), len(y))
precision = lambda y, p: frac(tp(y, p), tp(y, p) + fp(y, p))
recall = lambda y, p: frac(tp(y, p), tp(y, p) + fn(y, p))
f1 = lambda y, p: frac(2 * tp(y, p), 2 * tp(y, p) + fp(y, p) + fn(y, p))
fpr = lambda y, p: frac(fp(y, p), fp(y, p) + tn(y, p))
fnr = lambda y, p: frac(fn(y, p), fn(y, p) + tp(y, p))
METRIQUES = dict(accuracy=accuracy, precision=precision, recall=recall, f1=f1, fpr=fpr, fnr=fnr)


class Detecteur(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.a = nn.Linear(n_features, 64)
        self.b = nn.Linear(64, 64)
        self.c = nn.Linear(64, 32)
        self.d = nn.Linear(32, 1)
        self.drop = nn.Dropout(0.15)
        for l in (self.a, self.b, self.c, self.d):
            nn.init.xavier_uniform_(l.weight)
            nn.init.zeros_(l.bias)

    def forward(self, x):
        h = x.flatten(1)
        for l in (self.a, self.b, self.c):
            h = self.drop(torch.relu(l(h)))
        return self.d(h).squeeze(1)

    def predict(self, loader):
        self.eval()
        with torch.no_grad():
            y, p = zip(*[(y, self(x) > 0) for x, y in loader])
        return torch.cat(y).int().tolist(), torch.cat(p).int().tolist()

    def fit(self, train_loader, valid_loader, epochs, lr=2e-3):
        opt = torch.optim.AdamW(self.parameters(), lr=lr)
        sch = torch.optim.lr_scheduler.OneCycleLR(opt, lr, total_steps=len(train_loader) * epochs)
        loss_fn = nn.BCEWithLogitsLoss()
        history = []
        for epoch in range(epochs):
            self.train()
            for x, y in train_loader:
                opt.zero_grad()
                loss_fn(self(x), y).backward()
                opt.step()
                sch.step()
            row = {}
            for nom, loader in (("train", train_loader), ("valid", valid_loader)):
                y, p = self.predict(loader)
                row |= {f"{nom}_{k}": f(y, p) for k, f in METRIQUES.items()}
            history.append(row)
        return history


def load_dataset(folder):
    return TensorDataset(
        torch.tensor(np.load(folder + "/x.npy")).float(), torch.tensor(np.load(folder + "/y.npy")).float()
    )


def make_loaders(root, batch_size):
    return [DataLoader(load_dataset(root + "/" + s), batch_size, s == "train") for s in ("train", "valid", "test")]
