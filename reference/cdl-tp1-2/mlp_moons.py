"""TP 1.2 : un perceptron multicouche pour les deux lunes, son entraînement, ses figures."""

import matplotlib.pyplot as plt
import torch
from torch import nn


class MLP(nn.Module):
    """Deux entrées, autant de couches cachées que hidden_layers a de valeurs, deux classes."""

    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        # <solution>
        layers = []
        width = 2
        for hidden in hidden_layers:
            layers += [nn.Linear(width, hidden), nn.ReLU()]
            if dropout_p > 0:
                layers.append(nn.Dropout(p=dropout_p))
            width = hidden
        layers.append(nn.Linear(width, 2))
        self.net = nn.Sequential(*layers)
        # </solution>

    def forward(self, x):
        """Les logits des deux classes, (n, 2)."""
        # <solution>
        return self.net(x)
        # </solution>


def measure(model, X, y):
    """La perte et l'exactitude d'un réseau sur un ensemble, en mode évaluation."""
    # <solution>
    model.eval()
    with torch.no_grad():
        logits = model(X)
        loss = nn.functional.cross_entropy(logits, y)
        accuracy = (logits.argmax(dim=1) == y).float().mean()
    return loss.item(), accuracy.item()
    # </solution>


def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=300, lr=0.01):
    """Entraîne le réseau ; renvoie les pertes et les exactitudes des deux ensembles, une valeur par époque."""
    # <solution>
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = {"train_loss": [], "val_loss": [], "train_acc": [], "val_acc": []}
    for _ in range(epochs):
        model.train()
        optimizer.zero_grad()
        loss = criterion(model(X_train), y_train)
        loss.backward()
        optimizer.step()
        for name, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
            loss_now, accuracy_now = measure(model, X, y)
            history[f"{name}_loss"].append(loss_now)
            history[f"{name}_acc"].append(accuracy_now)
    return history
    # </solution>


def plot_losses(ax, history, title):
    """Les deux pertes au fil des époques."""
    # <solution>
    ax.plot(history["train_loss"], label="entraînement")
    ax.plot(history["val_loss"], label="validation")
    ax.set(title=title, xlabel="époque", ylabel="entropie croisée")
    ax.legend()
    # </solution>


def plot_boundary(ax, model, X, y, title):
    """La classe prédite en chaque point d'un maillage, et les points."""
    # <solution>
    low, high = X.min(dim=0).values - 0.4, X.max(dim=0).values + 0.4
    across, up = torch.meshgrid(
        torch.linspace(low[0], high[0], 120), torch.linspace(low[1], high[1], 120), indexing="xy"
    )
    model.eval()
    with torch.no_grad():
        predicted = model(torch.stack([across.ravel(), up.ravel()], dim=1)).argmax(dim=1)
    ax.contourf(across, up, predicted.reshape(across.shape), levels=[-0.5, 0.5, 1.5], cmap="coolwarm", alpha=0.3)
    ax.scatter(X[:, 0], X[:, 1], c=y, cmap="coolwarm", s=12)
    ax.set(title=title, xlabel="x1", ylabel="x2")
    # </solution>


def show(model, history, X, y, title):
    """Une figure : les pertes à gauche, les régions à droite."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    plot_losses(left, history, title)
    plot_boundary(right, model, X, y, title)
    fig.tight_layout()
    plt.show()
