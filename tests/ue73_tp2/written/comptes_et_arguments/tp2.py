#!/usr/bin/env python3
import argparse
import sys
from os import makedirs
from os.path import join

import numpy as np
import torch
from pulses import build_spectrograms
from torch.utils.data import DataLoader, TensorDataset

p = argparse.ArgumentParser(description="TP2")
p.add_argument("data", help="dossier des donnees")
p.add_argument("--sortie", required=True)
p.add_argument("--epochs", type=int, default=20)
args = p.parse_args()
if not args.data:
    sys.exit("il manque le dossier")


def normalise(spec, ref):
    mu = ref.mean((0, 2)).reshape(1, -1, 1)
    sigma = ref.std((0, 2)).reshape(1, -1, 1)
    sigma[sigma < 1e-6] = 1.0
    return ((spec - mu) / sigma).astype("f4")


def creer_datasets(dossier_donnees, dossier_sortie):
    jeux = {}
    for nom in ["train", "valid", "test"]:
        jeux[nom] = build_spectrograms(join(dossier_donnees, nom))
    for nom in jeux:
        makedirs(join(dossier_sortie, nom), exist_ok=True)
        np.save(join(dossier_sortie, nom, "x.npy"), normalise(jeux[nom][0], jeux["train"][0]))
        np.save(join(dossier_sortie, nom, "y.npy"), jeux[nom][1])


class Net(torch.nn.Module):
    def __init__(self, n_in, n1=96, n2=48, n3=24):
        super().__init__()
        self.f1 = torch.nn.Linear(n_in, n1)
        self.f2 = torch.nn.Linear(n1, n2)
        self.f3 = torch.nn.Linear(n2, n3)
        self.f4 = torch.nn.Linear(n3, 1)
        self.d = torch.nn.Dropout(0.3)
        for f in [self.f1, self.f2, self.f3, self.f4]:
            torch.nn.init.xavier_uniform_(f.weight)
            torch.nn.init.zeros_(f.bias)

    def forward(self, x):
        x = x.view(-1, self.f1.in_features)
        for f in (self.f1, self.f2, self.f3):
            x = self.d(torch.relu(f(x)))
        return self.f4(x)


def charger(dossier):
    return TensorDataset(*[torch.from_numpy(np.load(join(dossier, n))).float() for n in ("x.npy", "y.npy")])


def chargeurs(base, batch):
    return [
        DataLoader(charger(join(base, n)), batch_size=batch, shuffle=n == "train") for n in ("train", "valid", "test")
    ]


def confusion(y, yhat):
    y = np.array(y) > 0.5
    yhat = np.array(yhat) > 0.5
    return (y & yhat).sum(), (~y & yhat).sum(), (~y & ~yhat).sum(), (y & ~yhat).sum()


def accuracy(tp, fp, tn, fn):
    return (tp + tn) / (tp + fp + tn + fn)


def precision(tp, fp):
    return tp / (tp + fp) if tp + fp else 0


def recall(tp, fn):
    return tp / (tp + fn) if tp + fn else 0


def f1_score(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 0


def fpr(fp, tn):
    return fp / (fp + tn) if fp + tn else 0


def fnr(fn, tp):
    return fn / (fn + tp) if fn + tp else 0


def six(modele, loader):
    modele.eval()
    y, p = [], []
    with torch.no_grad():
        for a, b in loader:
            p.extend((modele(a).view(-1) > 0).tolist())
            y.extend(b.tolist())
    tp, fp, tn, fn = confusion(y, p)
    return dict(
        accuracy=accuracy(tp, fp, tn, fn),
        precision=precision(tp, fp),
        recall=recall(tp, fn),
        f1=f1_score(tp, fp, fn),
        fpr=fpr(fp, tn),
        fnr=fnr(fn, tp),
    )


def entrainement(modele, train_dl, valid_dl, epochs, lr=1e-3):
    o = torch.optim.AdamW(modele.parameters(), lr=lr, weight_decay=1e-4)
    s = torch.optim.lr_scheduler.OneCycleLR(o, max_lr=5 * lr, steps_per_epoch=len(train_dl), epochs=epochs)
    crit = torch.nn.BCEWithLogitsLoss()
    hist = dict(train=[], valid=[])
    for e in range(epochs):
        modele.train()
        for a, b in train_dl:
            o.zero_grad()
            l = crit(modele(a).view(-1), b)
            l.backward()
            o.step()
            s.step()
        hist["train"].append(six(modele, train_dl))
        hist["valid"].append(six(modele, valid_dl))
    return hist


creer_datasets(args.data, args.sortie)
tr, va, te = chargeurs(args.sortie, 16)
net = Net(tr.dataset.tensors[0][0].numel())
print(entrainement(net, tr, va, args.epochs))
