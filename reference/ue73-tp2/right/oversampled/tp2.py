#!/usr/bin/env python3
"""UE73 TP2. Usage : python tp2.py"""
import os

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from pulses import build_spectrograms

DATA, OUT = "data", "dataset"
rng = np.random.default_rng(73)

# ---- Question 1.1 -----------------------------------------------------------
# Deux temps : on apprend mean et std sur le train (fit), puis on les applique partout (transform).
# Stratégie globale : simple, conserve les différences relatives entre fréquences, instants et clips, et un pulse est
# justement une différence. Effet attendu : entrées de l'ordre de 1, donc gradients de taille raisonnable dès le début.


def fit(x):
    return float(np.mean(x)), float(np.std(x))


def transform(x, stats):
    mean, std = stats
    if std < 1e-12:
        return np.zeros(x.shape, dtype=np.float32)
    return ((x - mean) / std).astype(np.float32)


def standardize(x, reference=None):
    return transform(x, fit(x if reference is None else reference))


# ---- Question 1.2 -----------------------------------------------------------


def oversample(x, y):
    """Répète des exemples de la classe la moins fréquente (train seulement), puis mélange."""
    ones, zeros = np.flatnonzero(y == 1), np.flatnonzero(y == 0)
    small, large = sorted((ones, zeros), key=len)
    extra = rng.choice(small, size=len(large) - len(small))
    rows = rng.permutation(np.concatenate([small, large, extra]))
    return x[rows], y[rows]


def prepare(data_dir, out_dir):
    x_train, y_train = build_spectrograms(os.path.join(data_dir, "train"))
    for name in ("train", "valid", "test"):
        x, y = build_spectrograms(os.path.join(data_dir, name))
        x = standardize(x, x_train)
        if name == "train":
            x, y = oversample(x, y)
        os.makedirs(os.path.join(out_dir, name), exist_ok=True)
        np.save(os.path.join(out_dir, name, "x.npy"), x)
        np.save(os.path.join(out_dir, name, "y.npy"), y)


# ---- Question 1.3 -----------------------------------------------------------


class MyMLP(nn.Module):
    HIDDEN = (256, 64, 16)
    DROPOUT = 0.1

    def __init__(self, input_size):
        super().__init__()
        n1, n2, n3 = self.HIDDEN
        self.fc_in = nn.Linear(input_size, n1)
        self.fc_mid1 = nn.Linear(n1, n2)
        self.fc_mid2 = nn.Linear(n2, n3)
        self.fc_out = nn.Linear(n3, 1)
        self.dropout = nn.Dropout(self.DROPOUT)
        self.relu = nn.ReLU()
        for name, p in self.named_parameters():
            if name.endswith("weight"):
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)

    def forward(self, x):
        out = torch.flatten(x, start_dim=1)
        out = self.dropout(self.relu(self.fc_in(out)))
        out = self.dropout(self.relu(self.fc_mid1(out)))
        out = self.dropout(self.relu(self.fc_mid2(out)))
        out = self.dropout(self.relu(self.fc_out(out)))  # ReLU et Dropout aussi ici, comme demandé
        return out.squeeze(1)


# ---- Question 1.4 -----------------------------------------------------------


def load_dataset(folder):
    x = np.load(os.path.join(folder, "x.npy"))
    y = np.load(os.path.join(folder, "y.npy"))
    return TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y).float())


def make_loaders(root, batch_size):
    train = DataLoader(load_dataset(os.path.join(root, "train")), batch_size, shuffle=True, drop_last=True)
    valid = DataLoader(load_dataset(os.path.join(root, "valid")), batch_size)
    test = DataLoader(load_dataset(os.path.join(root, "test")), batch_size)
    return train, valid, test


# ---- Question 1.6 -----------------------------------------------------------


def confusion_matrix(y_true, y_pred):
    m = torch.zeros(2, 2)
    for t, p in zip(torch.as_tensor(y_true).long(), torch.as_tensor(y_pred).long()):
        m[t, p] += 1
    return m


def accuracy(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (m.trace() / m.sum()).item()


def precision(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (m[1, 1] / m[:, 1].sum().clamp(min=1)).item()


def recall(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (m[1, 1] / m[1].sum().clamp(min=1)).item()


def f1_score(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (2 * m[1, 1] / (m[1].sum() + m[:, 1].sum()).clamp(min=1)).item()


def false_positive_rate(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (m[0, 1] / m[0].sum().clamp(min=1)).item()


def false_negative_rate(y_true, y_pred):
    m = confusion_matrix(y_true, y_pred)
    return (m[1, 0] / m[1].sum().clamp(min=1)).item()


# ---- Question 1.5 -----------------------------------------------------------


def run_on(model, loader):
    """Étiquettes, réponses et perte moyenne sur un chargeur."""
    model.eval()
    loss_fn = nn.BCEWithLogitsLoss(reduction="sum")
    y_true, y_pred, loss = torch.empty(0), torch.empty(0), 0.0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss += loss_fn(z, y).item()
            y_true = torch.cat((y_true, y))
            y_pred = torch.cat((y_pred, (z > 0).float()))
    return y_true, y_pred, loss / len(y_true)


def train(model, train_loader, valid_loader, epochs, lr):
    loss_fn = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=lr, epochs=epochs, steps_per_epoch=len(train_loader)
    )
    history = {}
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            z = model(x)
            loss = loss_fn(z, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
        for prefix, loader in (("train_", train_loader), ("val_", valid_loader)):
            y_true, y_pred, mean_loss = run_on(model, loader)
            history.setdefault(prefix + "loss", []).append(mean_loss)
            history.setdefault(prefix + "acc", []).append(accuracy(y_true, y_pred))
            history.setdefault(prefix + "prec", []).append(precision(y_true, y_pred))
            history.setdefault(prefix + "rec", []).append(recall(y_true, y_pred))
            history.setdefault(prefix + "f1", []).append(f1_score(y_true, y_pred))
            history.setdefault(prefix + "fpr", []).append(false_positive_rate(y_true, y_pred))
            history.setdefault(prefix + "fnr", []).append(false_negative_rate(y_true, y_pred))
        print(f"{epoch + 1:>3}/{epochs}", {k: round(v[-1], 3) for k, v in history.items()})
    return history


if __name__ == "__main__":
    torch.manual_seed(0)
    prepare(DATA, OUT)
    loaders = make_loaders(OUT, 10)
    model = MyMLP(loaders[0].dataset.tensors[0][0].numel())
    history = train(model, loaders[0], loaders[1], epochs=15, lr=2e-3)

    fig, axes = plt.subplots(2, 4, figsize=(14, 6))
    for ax, name in zip(axes.flat, ["loss", "acc", "prec", "rec", "f1", "fpr", "fnr"]):
        ax.plot(history["train_" + name], label="train")
        ax.plot(history["val_" + name], label="valid")
        ax.set_title(name)
        ax.legend()
    plt.tight_layout()
    plt.show()

    y_true, y_pred, loss = run_on(model, loaders[2])
    print("test :", loss, confusion_matrix(y_true, y_pred).tolist())
