"""TP 1.2 : un perceptron multicouche pour les deux lunes, son entraînement, ses figures."""

import matplotlib.pyplot as plt
import torch
from torch import nn


class MLP(nn.Module):
    """Deux entrées, autant de couches cachées que hidden_layers a de valeurs, deux classes."""

    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """Les logits des deux classes, (n, 2)."""
        raise NotImplementedError


def measure(model, X, y):
    """La perte et l'exactitude d'un réseau sur un ensemble, en mode évaluation."""
    raise NotImplementedError


def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=300, lr=0.01):
    """Entraîne le réseau ; renvoie les pertes et les exactitudes des deux ensembles, une valeur par époque."""
    raise NotImplementedError


def plot_losses(ax, history, title):
    """Les deux pertes au fil des époques."""
    raise NotImplementedError


def plot_boundary(ax, model, X, y, title):
    """La classe prédite en chaque point d'un maillage, et les points."""
    raise NotImplementedError


def show(model, history, X, y, title):
    """Une figure : les pertes à gauche, les régions à droite."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    plot_losses(left, history, title)
    plot_boundary(right, model, X, y, title)
    fig.tight_layout()
    plt.show()
