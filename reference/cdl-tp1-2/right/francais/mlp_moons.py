# -*- coding: utf-8 -*-
import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import make_moons
from torch import nn


class MLP(nn.Module):
    """Réseau paramétrable écrit avec ModuleList et les formes fonctionnelles."""

    def __init__(self, couches_cachees, taux_dropout=0.0):
        super().__init__()
        dims = [2] + list(couches_cachees)
        self.cachees = nn.ModuleList([nn.Linear(a, b) for a, b in zip(dims[:-1], dims[1:])])
        self.sortie = nn.Linear(dims[-1], 2)
        self.taux = taux_dropout

    def forward(self, x):
        for couche in self.cachees:
            x = F.relu(couche(x))
            if self.taux > 0:
                x = F.dropout(x, p=self.taux, training=self.training)
        return self.sortie(x)


def evaluer(modele, x, y):
    etait_en_train = modele.training
    modele.eval()
    with torch.inference_mode():
        scores = modele(x)
        perte = F.cross_entropy(scores, y).item()
        justesse = 100.0 * (scores.argmax(1) == y).sum().item() / len(y)
    modele.train(etait_en_train)
    return perte, justesse


def entrainer_et_evaluer(modele, x_train, y_train, x_val, y_val, nb_epoques=200, taux=0.01):
    optimiseur = torch.optim.Adam(modele.parameters(), lr=taux)
    historique = []
    for epoque in range(nb_epoques):
        modele.train()
        perte = F.cross_entropy(modele(x_train), y_train)
        optimiseur.zero_grad()
        perte.backward()
        optimiseur.step()
        pt, jt = evaluer(modele, x_train, y_train)
        pv, jv = evaluer(modele, x_val, y_val)
        historique.append({"perte_train": pt, "perte_val": pv, "justesse_train": jt, "justesse_val": jv})
    return historique


def tracer(modele, historique, x, y, titre):
    plt.figure(figsize=(9, 4))
    plt.subplot(1, 2, 1)
    plt.plot([h["perte_train"] for h in historique], label="entraînement")
    plt.plot([h["perte_val"] for h in historique], "--", label="validation")
    plt.title(titre)
    plt.legend()
    plt.subplot(1, 2, 2)
    g1, g2 = np.meshgrid(np.linspace(-2, 3, 80), np.linspace(-1.8, 2.2, 80))
    points = torch.tensor(np.stack([g1.ravel(), g2.ravel()], 1), dtype=torch.float32)
    modele.eval()
    with torch.no_grad():
        p = torch.softmax(modele(points), 1)[:, 1].numpy().reshape(g1.shape)
    plt.pcolormesh(g1, g2, p, cmap="PiYG", shading="auto")
    plt.plot(x[y == 0, 0], x[y == 0, 1], "ko", markersize=3)
    plt.plot(x[y == 1, 0], x[y == 1, 1], "w^", markersize=3, markeredgecolor="k")
    plt.savefig(titre + ".png")
    plt.close()


a, b = make_moons(60, noise=0.35, random_state=5)
c, d = make_moons(300, noise=0.35, random_state=6)
a, c = torch.tensor(a, dtype=torch.float32), torch.tensor(c, dtype=torch.float32)
b, d = torch.tensor(b), torch.tensor(d)
for titre, couches, taux_d in (("simple", [1], 0), ("profond", [64, 64, 32], 0), ("regularise", [64, 64, 32], 0.5)):
    torch.manual_seed(3)
    reseau = MLP(couches, taux_d)
    h = entrainer_et_evaluer(reseau, a, b, c, d, 250)
    tracer(reseau, h, c.numpy(), d.numpy(), titre)
