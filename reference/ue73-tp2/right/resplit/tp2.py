# %% [markdown]
# # TP2 : détection de pulses
# Script découpé en cellules (VS Code). `python tp2.py` fonctionne aussi.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

import pulses

SEED = 42


# %% Question 1.1
def mean_std(x):
    return x.mean(), x.std()


def standardize(x, reference=None):
    """Standardisation globale : (x - mu) / sigma avec mu et sigma de `reference` (x lui-même par défaut).

    C'est la moins agressive des trois : une transformation affine unique ne déforme ni un spectrogramme ni les
    rapports entre bandes. On attend surtout une descente de gradient plus rapide.
    """
    mu, sigma = mean_std(x if reference is None else reference)
    return (x - mu) / max(sigma, np.finfo(np.float32).tiny)


# %% Question 1.2
def shuffled_split(n, fractions, rng):
    """Découpe 0..n-1, mélangés, en autant de parties disjointes que de fractions."""
    order = rng.permutation(n)
    cuts = np.cumsum([int(round(f * n)) for f in fractions[:-1]])
    return np.split(order, cuts)


def prepare(data_dir, out_dir):
    # Les trois dossiers ont été enregistrés avec des réglages différents. Pour que les trois ensembles se ressemblent,
    # je réunis tous les clips et je les redécoupe au hasard (60 / 20 / 20), sans remise : un clip n'est que dans un
    # ensemble.
    loaded = [pulses.build_spectrograms(Path(data_dir) / name) for name in ("train", "valid", "test")]
    x = np.concatenate([part[0] for part in loaded])
    y = np.concatenate([part[1] for part in loaded])
    rows = shuffled_split(len(x), (0.6, 0.2, 0.2), np.random.default_rng(SEED))
    assert len(np.unique(np.concatenate(rows))) == len(x)
    x_train = x[rows[0]]
    for name, r in zip(("train", "valid", "test"), rows):
        (Path(out_dir) / name).mkdir(parents=True, exist_ok=True)
        np.save(Path(out_dir) / name / "x.npy", standardize(x[r], x_train))
        np.save(Path(out_dir) / name / "y.npy", y[r])


# %% Question 1.3
class MyMLP(nn.Module):
    def __init__(self, input_size, width=150, p=0.2):
        super().__init__()
        self.p = p
        self.input = nn.Linear(input_size, width)
        self.hidden1 = nn.Linear(width, width)
        self.hidden2 = nn.Linear(width, width // 3)
        self.output = nn.Linear(width // 3, 1)
        for layer in self.children():
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.flatten(start_dim=1)
        for layer in (self.input, self.hidden1, self.hidden2, self.output):
            x = F.relu(layer(x))
            x = F.dropout(x, self.p, self.training)
        return x


# %% Question 1.4
def load_dataset(folder):
    folder = Path(folder)
    return TensorDataset(
        torch.tensor(np.load(folder / "x.npy"), dtype=torch.float32),
        torch.tensor(np.load(folder / "y.npy")[:, None], dtype=torch.float32),
    )


def make_loaders(root, batch_size):
    train_ds, valid_ds, test_ds = map(load_dataset, (Path(root) / name for name in ("train", "valid", "test")))
    return DataLoader(train_ds, batch_size, shuffle=True), DataLoader(valid_ds, batch_size), DataLoader(test_ds, batch_size)


# %% Question 1.6
def counts(y_true, y_pred):
    y_true = np.asarray(y_true, dtype=float).ravel()
    y_pred = np.asarray(y_pred, dtype=float).ravel()
    return {
        "tp": np.dot(y_true, y_pred),
        "fp": np.dot(1 - y_true, y_pred),
        "fn": np.dot(y_true, 1 - y_pred),
        "tn": np.dot(1 - y_true, 1 - y_pred),
    }


EPS = 1e-12


def accuracy(y_true, y_pred):
    c = counts(y_true, y_pred)
    return (c["tp"] + c["tn"]) / (sum(c.values()) + EPS)


def precision(y_true, y_pred):
    c = counts(y_true, y_pred)
    return c["tp"] / (c["tp"] + c["fp"] + EPS)


def recall(y_true, y_pred):
    c = counts(y_true, y_pred)
    return c["tp"] / (c["tp"] + c["fn"] + EPS)


def f1_score(y_true, y_pred):
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r + EPS)


def false_positive_rate(y_true, y_pred):
    c = counts(y_true, y_pred)
    return c["fp"] / (c["fp"] + c["tn"] + EPS)


def false_negative_rate(y_true, y_pred):
    c = counts(y_true, y_pred)
    return c["fn"] / (c["fn"] + c["tp"] + EPS)


# %% Question 1.5
def predict(model, loader):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        logits = torch.cat([model(x) for x, _ in loader])
    model.train(was_training)
    return logits.squeeze(1).numpy()


def labels(loader):
    return torch.cat([y for _, y in loader]).squeeze(1).numpy()


def train(model, train_loader, valid_loader, epochs, lr):
    # Pour évaluer, le jeu d'entraînement est relu dans l'ordre : les prédictions restent face à leurs étiquettes.
    ordered = DataLoader(train_loader.dataset, batch_size=256)
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=lr, total_steps=len(train_loader) * epochs)
    history = {"train": [], "valid": []}
    for epoch in range(1, epochs + 1):
        model.train()
        for x, y in train_loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            scheduler.step()
        for name, loader in (("train", ordered), ("valid", valid_loader)):
            y_true, y_pred = labels(loader), predict(model, loader) > 0
            history[name].append(
                {
                    "accuracy": accuracy(y_true, y_pred),
                    "precision": precision(y_true, y_pred),
                    "recall": recall(y_true, y_pred),
                    "f1_score": f1_score(y_true, y_pred),
                    "false_positive_rate": false_positive_rate(y_true, y_pred),
                    "false_negative_rate": false_negative_rate(y_true, y_pred),
                }
            )
            print(f"{epoch:2d} {name}:", ", ".join(f"{k} {v:.3f}" for k, v in history[name][-1].items()))
    return history


# %% Exécution
if __name__ == "__main__":
    torch.manual_seed(SEED)
    prepare("data", "resplit")
    train_loader, valid_loader, test_loader = make_loaders("resplit", 16)
    model = MyMLP(32 * 24)
    history = train(model, train_loader, valid_loader, epochs=15, lr=1e-3)
    print("test :", accuracy(labels(test_loader), predict(model, test_loader) > 0))

    for name in history:
        plt.plot([h["f1_score"] for h in history[name]], label=name)
    plt.title("F1")
    plt.legend()
    plt.show()
