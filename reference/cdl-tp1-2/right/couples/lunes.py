"""MLP sur deux lunes - Anna"""
import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split


def make_data(n=150, noise=0.3, seed=0):
    X, y = make_moons(n_samples=n, noise=noise, random_state=seed)
    Xa, Xb, ya, yb = train_test_split(X, y, test_size=0.5, random_state=seed)
    to = lambda x, y: (torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.long))
    return to(Xa, ya), to(Xb, yb)


class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        dims = [2] + list(hidden_layers)
        blocs = []
        for a, b in zip(dims[:-1], dims[1:]):
            blocs += [nn.Linear(a, b), nn.ReLU()]
            if dropout_p > 0:
                blocs.append(nn.Dropout(dropout_p))
        blocs.append(nn.Linear(dims[-1], 2))
        self.net = nn.Sequential(*blocs)

    def forward(self, x):
        return self.net(x)


@torch.no_grad()
def score(model, data):
    X, y = data
    model.eval()
    out = model(X)
    return nn.functional.cross_entropy(out, y).item(), (out.argmax(1) == y).float().mean().item()


def train(model, train_set, val_set, epochs=300, lr=0.01):
    """train_set, val_set : couples (X, y)"""
    X, y = train_set
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    critere = nn.CrossEntropyLoss()
    hist = {"train_loss": [], "val_loss": [], "train_acc": [], "val_acc": []}
    for epoch in range(epochs):
        model.train()
        opt.zero_grad()
        perte = critere(model(X), y)
        perte.backward()
        opt.step()
        for nom, jeu in (("train", train_set), ("val", val_set)):
            l, a = score(model, jeu)
            hist[nom + "_loss"].append(l)
            hist[nom + "_acc"].append(a)
    return hist


def dessiner(model, hist, data, titre):
    fig, axes = plt.subplots(1, 2, figsize=(11, 4))
    axes[0].plot(hist["train_loss"], label="entraînement")
    axes[0].plot(hist["val_loss"], label="validation")
    axes[0].set_xlabel("époque"); axes[0].set_ylabel("perte"); axes[0].legend()
    X, y = data
    xx, yy = np.meshgrid(np.linspace(-2, 3, 120), np.linspace(-1.5, 2, 120))
    with torch.no_grad():
        Z = model(torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=torch.float32)).argmax(1).reshape(xx.shape)
    axes[1].contourf(xx, yy, Z.numpy(), alpha=0.3)
    axes[1].scatter(X[:, 0], X[:, 1], c=y, edgecolor="k")
    fig.suptitle(titre)
    plt.show()


if __name__ == "__main__":
    app, val = make_data()
    for titre, couches, p, e in [("simple", [2], 0.0, 60), ("profond", [128, 128, 64], 0.0, 400), ("dropout", [128, 128, 64], 0.5, 400)]:
        torch.manual_seed(0)
        m = MLP(couches, p)
        h = train(m, app, val, epochs=e)
        print(titre, h["train_acc"][-1], h["val_acc"][-1], h["train_loss"][-1], h["val_loss"][-1])
        dessiner(m, h, val, titre)
# Biais : le réseau simple. Variance : le profond. Le dropout réduit l'écart.
