"""TP 2 : des clips audio au modèle entraîné, pour détecter des pulses acoustiques.

Chaque section répond à une question de l'énoncé. Le dossier de travail contient data/{train,valid,test} (fichiers wav
et labels.csv) et pulses.py, le programme du TP1.
"""

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import torch
from pulses import build_spectrograms
from torch import nn
from torch.optim.lr_scheduler import LRScheduler, OneCycleLR
from torch.utils.data import DataLoader, TensorDataset

SETS = ("train", "valid", "test")

# Hyperparamètres (question 1.5)
EPOCHS = 20
BATCH_SIZE = 16
LEARNING_RATE = 1e-3



# Question 1.1 : standardisation ---------------------------------------------------------------------------------------


def standardize(x: np.ndarray, reference: np.ndarray | None = None) -> np.ndarray:
    """Spectrogrammes x (n, freq, time) standardisés : (x - µ) / σ, en float32.

    µ et σ sont calculés sur reference (le jeu d'entraînement), ou sur x lui-même si reference vaut None. Choisissez une
    stratégie (par spectrogramme, globale, par bande de fréquence) et justifiez-la dans un commentaire.
    """
    # µ et σ globaux du jeu d'entraînement : valider ou tester ne doit rien apprendre au modèle.
    reference = x if reference is None else reference
    mean = np.mean(reference)
    sigma = max(np.std(reference), 1e-8)  # données constantes : le résultat vaut 0 et reste fini
    return ((x - mean) / sigma).astype(np.float32)


# Question 1.2 : ensembles d'entraînement, de validation et de test ----------------------------------------------------


def prepare(data_dir: str | Path, out_dir: str | Path) -> None:
    """Écrit out_dir/{train,valid,test}/{x,y}.npy à partir des clips de data_dir/{train,valid,test}."""
    sets = {name: build_spectrograms(Path(data_dir) / name) for name in SETS}
    reference, _ = sets["train"]
    for name, (x, y) in sets.items():
        folder = Path(out_dir) / name
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "x.npy", standardize(x, reference))
        np.save(folder / "y.npy", y)


# Question 1.3 : perceptron multicouche --------------------------------------------------------------------------------


class MyMLP(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(p, q) for p, q in pairwise(sizes))
        self.dropout = nn.Dropout(0.2)
        self.initialize()

    def initialize(self):
        for layer in self.layers:
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, x):
        x = x.flatten(start_dim=1)
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x).squeeze(1)


# Question 1.4 : chargement avec PyTorch -------------------------------------------------------------------------------


def load_dataset(folder: str | Path) -> TensorDataset:
    """TensorDataset des fichiers x.npy (n, freq, time) et y.npy (n,) d'un dossier, tous deux en float32."""
    x = np.load(Path(folder) / "x.npy")
    y = np.load(Path(folder) / "y.npy")
    return TensorDataset(torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32))


def make_loaders(root: str | Path, batch_size: int) -> tuple[DataLoader, DataLoader, DataLoader]:
    """DataLoader de root/train (mélangé à chaque époque), root/valid et root/test (dans l'ordre)."""
    train_set, valid_set, test_set = (load_dataset(Path(root) / name) for name in SETS)
    train_loader = DataLoader(train_set, batch_size, shuffle=True)
    valid_loader = DataLoader(valid_set, batch_size)
    test_loader = DataLoader(test_set, batch_size)
    return train_loader, valid_loader, test_loader


# Question 1.6 : métriques ---------------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """Nombres de vrais positifs, faux positifs, vrais négatifs et faux négatifs."""

    tp: int
    fp: int
    tn: int
    fn: int


def counts(y_true: torch.Tensor, y_pred: torch.Tensor) -> Counts:
    """Compte les quatre cas ; y_true et y_pred sont de taille (n,) et valent 0 ou 1."""
    true, pred = torch.as_tensor(y_true).bool(), torch.as_tensor(y_pred).bool()
    cases = (true & pred, ~true & pred, ~true & ~pred, true & ~pred)
    return Counts(*(int(case.sum()) for case in cases))


def ratio(numerator: int, denominator: int) -> float:
    """Quotient, 0.0 par convention quand le dénominateur est nul."""
    return numerator / denominator if denominator else 0.0


def accuracy(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des réponses justes : (TP + TN) / n."""
    c = counts(y_true, y_pred)
    return ratio(c.tp + c.tn, sum(c))


def precision(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part de vrais pulses parmi les clips annoncés positifs : TP / (TP + FP)."""
    c = counts(y_true, y_pred)
    return ratio(c.tp, c.tp + c.fp)


def recall(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips positifs qui sont retrouvés : TP / (TP + FN)."""
    c = counts(y_true, y_pred)
    return ratio(c.tp, c.tp + c.fn)


def f1_score(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Moyenne harmonique de la précision et du rappel : 2 TP / (2 TP + FP + FN)."""
    c = counts(y_true, y_pred)
    return ratio(2 * c.tp, 2 * c.tp + c.fp + c.fn)


def false_positive_rate(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips négatifs annoncés positifs : FP / (FP + TN)."""
    c = counts(y_true, y_pred)
    return ratio(c.fp, c.fp + c.tn)


def false_negative_rate(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips positifs annoncés négatifs : FN / (FN + TP)."""
    c = counts(y_true, y_pred)
    return ratio(c.fn, c.fn + c.tp)


METRICS = (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)


# Question 1.5 : entraînement ------------------------------------------------------------------------------------------


def evaluate(model: nn.Module, loader: DataLoader) -> dict[str, float]:
    """Perte ("loss") et six métriques du modèle, en mode évaluation et sans gradient, sur tous les exemples."""
    model.eval()
    with torch.no_grad():
        batches = [(model(x), y) for x, y in loader]
    # Tout est réuni avant de compter : la moyenne des métriques de chaque lot donnerait autre chose.
    logits, y = (torch.cat(parts) for parts in zip(*batches, strict=True))
    scores = {metric.__name__: metric(y, logits > 0) for metric in METRICS}
    return {"loss": nn.functional.binary_cross_entropy_with_logits(logits, y).item()} | scores


def train_epoch(
    model: nn.Module,
    loader: DataLoader,
    criterion: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: LRScheduler,
) -> None:
    """Une époque : un pas de l'optimiseur, puis du scheduler, par lot."""
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        scheduler.step()


def train(
    model: nn.Module, train_loader: DataLoader, valid_loader: DataLoader, epochs: int, lr: float
) -> list[dict[str, float]]:
    """Entraîne le modèle et renvoie l'historique : un dictionnaire par époque.

    Ses clés sont train_loss, train_accuracy, ..., train_false_negative_rate, et de même valid_loss, valid_accuracy, ...
    Les métriques sont affichées à chaque époque.
    """
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr)
    # OneCycleLR avance à chaque lot : son cycle dure donc epochs * (nombre de lots) pas.
    scheduler = OneCycleLR(optimizer, max_lr=lr, total_steps=epochs * len(train_loader))
    history = []
    for epoch in range(epochs):
        train_epoch(model, train_loader, criterion, optimizer, scheduler)
        train_scores = evaluate(model, train_loader)
        valid_scores = evaluate(model, valid_loader)
        history.append(prefixed("train", train_scores) | prefixed("valid", valid_scores))
        show(f"époque {epoch + 1}", history[-1])
    return history


def prefixed(prefix: str, scores: dict[str, float]) -> dict[str, float]:
    """Les mêmes valeurs, sous les clés prefix_clé."""
    return {f"{prefix}_{name}": value for name, value in scores.items()}


def show(title: str, scores: dict[str, float]) -> None:
    """Affiche des valeurs sur une ligne."""
    print(title, *(f"{name} {value:.3f}" for name, value in scores.items()), sep="  ")


# Programme principal --------------------------------------------------------------------------------------------------


def plot(history: list[dict[str, float]], path: str | Path) -> None:
    """Enregistre l'évolution de la perte et des métriques, entraînement (trait plein) et validation (tirets)."""
    names = ["loss", *(metric.__name__ for metric in METRICS)]
    figure, axes = plt.subplots(1, len(names), figsize=(3 * len(names), 3), layout="constrained")
    for axis, name in zip(axes, names, strict=True):
        for prefix, style in (("train", "-"), ("valid", "--")):
            axis.plot([row[f"{prefix}_{name}"] for row in history], style, label=prefix)
        axis.set(title=name, xlabel="époque")
        axis.legend()
    figure.savefig(path)


def main() -> None:
    """Prépare les données, entraîne le modèle, l'évalue sur le jeu de test et trace les courbes."""
    torch.manual_seed(0)
    prepare("data", "dataset")
    train_loader, valid_loader, test_loader = make_loaders("dataset", BATCH_SIZE)
    first_x, _ = train_loader.dataset[0]
    model = MyMLP([first_x.numel(), 256, 128, 64, 1])
    history = train(model, train_loader, valid_loader, EPOCHS, LEARNING_RATE)
    show("test", evaluate(model, test_loader))
    plot(history, "courbes.png")


if __name__ == "__main__":
    main()
