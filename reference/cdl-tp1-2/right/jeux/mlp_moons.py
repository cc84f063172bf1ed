from dataclasses import dataclass

import matplotlib.pyplot as plt
import numpy as np
import torch
from sklearn.datasets import make_moons
from torch import Tensor, nn


@dataclass
class Jeu:
    X: Tensor
    y: Tensor


def lunes(n, bruit, graine):
    X, y = make_moons(n_samples=n, noise=bruit, random_state=graine)
    return Jeu(torch.tensor(X, dtype=torch.float32), torch.tensor(y))


class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        self.cachees = nn.ModuleList()
        entree = 2
        for n in hidden_layers:
            self.cachees.append(nn.Linear(entree, n))
            entree = n
        self.sortie = nn.Linear(entree, 2)
        self.dropout = nn.Dropout(dropout_p)

    def forward(self, x):
        for couche in self.cachees:
            x = torch.relu(couche(x))
            if self.dropout.p > 0:
                x = self.dropout(x)
        return self.sortie(x)


def mesurer(model, jeu):
    model.eval()
    with torch.no_grad():
        logits = model(jeu.X)
        perte = nn.functional.cross_entropy(logits, jeu.y).item()
        return perte, (logits.argmax(dim=1) == jeu.y).float().mean().item()


def train_and_evaluate(model, jeu_train: Jeu, jeu_val: Jeu, epochs=300, lr=0.01):
    optimiseur = torch.optim.Adam(model.parameters(), lr=lr)
    historique = []
    for epoque in range(epochs):
        model.train()
        optimiseur.zero_grad()
        nn.CrossEntropyLoss()(model(jeu_train.X), jeu_train.y).backward()
        optimiseur.step()
        perte, exactitude = mesurer(model, jeu_train)
        perte_val, exactitude_val = mesurer(model, jeu_val)
        historique.append(dict(train_loss=perte, train_acc=exactitude, val_loss=perte_val, val_acc=exactitude_val))
    return historique


def montrer(model, historique, jeu, titre):
    fig, (gauche, droite) = plt.subplots(1, 2, figsize=(10, 4))
    for cle, nom in (("train_loss", "entraînement"), ("val_loss", "validation")):
        gauche.plot([un[cle] for un in historique], label=nom)
    gauche.set_title(titre)
    gauche.set_xlabel("époque")
    gauche.legend()
    xx, yy = np.meshgrid(np.linspace(-2.5, 3.5, 150), np.linspace(-2, 2.5, 150))
    points = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=torch.float32)
    model.eval()
    with torch.no_grad():
        classes = model(points).argmax(dim=1).numpy().reshape(xx.shape)
    droite.contourf(xx, yy, classes, alpha=0.3, cmap="coolwarm")
    droite.scatter(jeu.X[:, 0], jeu.X[:, 1], c=jeu.y, cmap="coolwarm", s=12)
    plt.show()


if __name__ == "__main__":
    entrainement, validation = lunes(60, 0.35, 0), lunes(400, 0.35, 1)
    essais = {"simple": ([2], 0.0, 100), "profond": ([128, 128, 128], 0.0, 400), "dropout": ([128, 128, 128], 0.5, 400)}
    for nom, (couches, p, epoques) in essais.items():
        torch.manual_seed(0)
        reseau = MLP(couches, p)
        historique = train_and_evaluate(reseau, entrainement, validation, epochs=epoques)
        print(nom, historique[-1])
        montrer(reseau, historique, validation, nom)
    # Le simple a un biais, le profond une grande variance ; le dropout la réduit.
