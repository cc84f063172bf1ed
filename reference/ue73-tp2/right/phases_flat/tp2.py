# TP2 UE73
# tout est fait dans l'ordre de l'enonce
import os, copy
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms

phases = ["train", "valid", "test"]
X, Y = {}, {}
for p in phases:
    X[p], Y[p] = build_spectrograms(os.path.join("data", p))

# --- 1.1
# on standardise par bande de frequence avec les stats du train : chaque bande a son
# propre niveau de bruit, et on n'a pas le droit de regarder valid/test
def standardize(x, reference=None):
    if reference is None:
        reference = x
    m = reference.mean(axis=(0, 2), keepdims=True)
    s = reference.std(axis=(0, 2), keepdims=True)
    s[s == 0] = 1
    return (x - m) / s

Xs = {p: standardize(X[p], X["train"]) for p in phases}

# --- 1.2
for p in phases:
    os.makedirs(os.path.join("out", p), exist_ok=True)
    np.save(os.path.join("out", p, "x.npy"), Xs[p].astype("float32"))
    np.save(os.path.join("out", p, "y.npy"), Y[p])

# --- 1.3
class MLP4(nn.Module):
    def __init__(self, n_entree, p=0.25):
        super().__init__()
        tailles = [n_entree, 128, 64, 32, 1]
        self.couches = nn.ModuleList([nn.Linear(a, b) for a, b in zip(tailles[:-1], tailles[1:])])
        self.drop = nn.Dropout(p)
        for c in self.couches:
            nn.init.xavier_uniform_(c.weight)
            nn.init.zeros_(c.bias)

    def forward(self, x):
        x = x.flatten(1)
        for c in self.couches[:-1]:
            x = self.drop(F.relu(c(x)))
        return self.couches[-1](x)

# --- 1.4
def charger(dossier):
    x = np.load(os.path.join(dossier, "x.npy"))
    y = np.load(os.path.join(dossier, "y.npy"))
    return TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float())

ds = {p: charger(os.path.join("out", p)) for p in phases}
dl = {p: DataLoader(ds[p], batch_size=32, shuffle=(p == "train")) for p in phases}

# --- 1.6
def comptes(y, yhat):
    y = np.asarray(y).astype(int).ravel()
    yhat = np.asarray(yhat).astype(int).ravel()
    return (int(((y == 1) & (yhat == 1)).sum()), int(((y == 0) & (yhat == 1)).sum()),
            int(((y == 0) & (yhat == 0)).sum()), int(((y == 1) & (yhat == 0)).sum()))

def div(a, b):
    return a / b if b else 0.0

def accuracy(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(vp + vn, vp + fp + vn + fn)
def precision(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(vp, vp + fp)
def rappel(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(vp, vp + fn)
def f1(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(2 * vp, 2 * vp + fp + fn)
def fpr(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(fp, fp + vn)
def fnr(y, yhat):
    vp, fp, vn, fn = comptes(y, yhat)
    return div(fn, fn + vp)

metriques = {"accuracy": accuracy, "precision": precision, "recall": rappel, "f1": f1, "fpr": fpr, "fnr": fnr}

# --- 1.5
EPOCHS = 12
reseau = MLP4(X["train"][0].size)
loss_fn = nn.BCEWithLogitsLoss()
optim = torch.optim.AdamW(reseau.parameters(), lr=1e-3)
sched = torch.optim.lr_scheduler.OneCycleLR(optim, max_lr=1e-2, epochs=EPOCHS, steps_per_epoch=len(dl["train"]))
histo = {"train": [], "valid": []}
for epoch in range(EPOCHS):
    for phase in ["train", "valid"]:
        if phase == "train":
            reseau.train()
        else:
            reseau.eval()
        somme, vrais, predits = 0.0, [], []
        for xb, yb in dl[phase]:
            optim.zero_grad()
            with torch.set_grad_enabled(phase == "train"):
                out = reseau(xb).squeeze(1)
                loss = loss_fn(out, yb)
                if phase == "train":
                    loss.backward()
                    optim.step()
                    sched.step()
            somme += loss.item() * len(xb)
            vrais.append(yb.numpy())
            predits.append((out > 0).int().numpy())
        vrais, predits = np.concatenate(vrais), np.concatenate(predits)
        ligne = {nom: f(vrais, predits) for nom, f in metriques.items()}
        ligne["loss"] = somme / len(vrais)
        histo[phase].append(ligne)
        print(epoch, phase, ligne)
