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
    raise NotImplementedError


# Question 1.2 : ensembles d'entraînement, de validation et de test ----------------------------------------------------


def prepare(data_dir: str | Path, out_dir: str | Path) -> None:
    """Écrit out_dir/{train,valid,test}/{x,y}.npy à partir des clips de data_dir/{train,valid,test}."""
    raise NotImplementedError


# Question 1.3 : perceptron multicouche --------------------------------------------------------------------------------


class MyMLP(nn.Module):
    """Quatre couches linéaires : entrées (batch, freq, time) ou (batch, freq * time), logits (batch,)."""

    def __init__(self, input_size: int, hidden: tuple[int, ...] = (256, 128, 64), dropout: float = 0.2) -> None:
        """Crée les couches (input_size = freq * time) et initialise poids et biais selon Xavier, loi uniforme."""
        super().__init__()
        raise NotImplementedError

    def initialize(self) -> None:
        """Poids selon U(-a, a) avec a = sqrt(6 / (fan_in + fan_out)), biais nuls."""
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (batch,) : positifs pour un clip avec pulses."""
        raise NotImplementedError


# Question 1.4 : chargement avec PyTorch -------------------------------------------------------------------------------


def load_dataset(folder: str | Path) -> TensorDataset:
    """TensorDataset des fichiers x.npy (n, freq, time) et y.npy (n,) d'un dossier, tous deux en float32."""
    raise NotImplementedError


def make_loaders(root: str | Path, batch_size: int) -> tuple[DataLoader, DataLoader, DataLoader]:
    """DataLoader de root/train (mélangé à chaque époque), root/valid et root/test (dans l'ordre)."""
    raise NotImplementedError


# Question 1.6 : métriques ---------------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """Nombres de vrais positifs, faux positifs, vrais négatifs et faux négatifs."""

    tp: int
    fp: int
    tn: int
    fn: int


def counts(y_true: torch.Tensor, y_pred: torch.Tensor) -> Counts:
    """Compte les quatre cas ; y_true et y_pred sont de taille (n,) et valent 0 ou 1."""
    raise NotImplementedError


def ratio(numerator: int, denominator: int) -> float:
    """Quotient, 0.0 par convention quand le dénominateur est nul."""
    raise NotImplementedError


def accuracy(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des réponses justes : (TP + TN) / n."""
    raise NotImplementedError


def precision(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part de vrais pulses parmi les clips annoncés positifs : TP / (TP + FP)."""
    raise NotImplementedError


def recall(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips positifs qui sont retrouvés : TP / (TP + FN)."""
    raise NotImplementedError


def f1_score(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Moyenne harmonique de la précision et du rappel : 2 TP / (2 TP + FP + FN)."""
    raise NotImplementedError


def false_positive_rate(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips négatifs annoncés positifs : FP / (FP + TN)."""
    raise NotImplementedError


def false_negative_rate(y_true: torch.Tensor, y_pred: torch.Tensor) -> float:
    """Part des clips positifs annoncés négatifs : FN / (FN + TP)."""
    raise NotImplementedError


METRICS = (accuracy, precision, recall, f1_score, false_positive_rate, false_negative_rate)


# Question 1.5 : entraînement ------------------------------------------------------------------------------------------


def evaluate(model: nn.Module, loader: DataLoader) -> dict[str, float]:
    """Perte ("loss") et six métriques du modèle, en mode évaluation et sans gradient, sur tous les exemples."""
    raise NotImplementedError


def train_epoch(
    model: nn.Module,
    loader: DataLoader,
    criterion: nn.Module,
    optimizer: torch.optim.Optimizer,
    scheduler: LRScheduler,
) -> None:
    """Une époque : un pas de l'optimiseur, puis du scheduler, par lot."""
    raise NotImplementedError


def train(
    model: nn.Module, train_loader: DataLoader, valid_loader: DataLoader, epochs: int, lr: float
) -> list[dict[str, float]]:
    """Entraîne le modèle et renvoie l'historique : un dictionnaire par époque.

    Ses clés sont train_loss, train_accuracy, ..., train_false_negative_rate, et de même valid_loss, valid_accuracy, ...
    Les métriques sont affichées à chaque époque.
    """
    raise NotImplementedError


def prefixed(prefix: str, scores: dict[str, float]) -> dict[str, float]:
    """Les mêmes valeurs, sous les clés prefix_clé."""
    return {f"{prefix}_{name}": value for name, value in scores.items()}


def show(title: str, scores: dict[str, float]) -> None:
    """Affiche des valeurs sur une ligne."""
    print(title, *(f"{name} {value:.3f}" for name, value in scores.items()), sep="  ")


# Programme principal --------------------------------------------------------------------------------------------------


def plot(history: list[dict[str, float]], path: str | Path) -> None:
    """Enregistre l'évolution de la perte et des métriques, entraînement (trait plein) et validation (tirets)."""
    raise NotImplementedError


def main() -> None:
    """Prépare les données, entraîne le modèle, l'évalue sur le jeu de test et trace les courbes."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
