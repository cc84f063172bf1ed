# -*- coding: utf-8 -*-
"""TP 1.3 -- version en français, tanh, poids rangés comme dans nn.Linear (sorties, entrées)."""
import copy

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_moons
from torch import nn

donnees, etiquettes = make_moons(250, noise=0.25, random_state=1)
donnees = torch.tensor(donnees, dtype=torch.float32)
etiquettes = torch.tensor(etiquettes)


class PetitMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.couche1 = nn.Linear(2, 32)
        self.couche2 = nn.Linear(32, 32)
        self.sortie = nn.Linear(32, 2)

    def forward(self, x):
        x = torch.relu(self.couche1(x))
        x = torch.relu(self.couche2(x))
        return self.sortie(x)


torch.manual_seed(7)
ETAT_INITIAL = copy.deepcopy(PetitMLP().state_dict())


def entrainer_avec_optimiseur(classe_optimiseur, **options):
    modele = PetitMLP()
    modele.load_state_dict(ETAT_INITIAL)
    optimiseur = classe_optimiseur(modele.parameters(), **options)
    perte_fn = nn.CrossEntropyLoss()
    pertes = []
    for epoque in range(500):
        perte = perte_fn(modele(donnees), etiquettes)
        optimiseur.zero_grad()
        perte.backward()
        optimiseur.step()
        if (epoque + 1) % 5 == 0:
            with torch.no_grad():
                pertes.append(float(perte_fn(modele(donnees), etiquettes)))
    return pertes


def gradients_manuels(x, y, w1, b1, w2, b2):
    a1 = torch.tanh(x @ w1.T + b1)
    scores = a1 @ w2.T + b2
    delta2 = torch.softmax(scores, dim=-1) - torch.eye(w2.shape[0], dtype=x.dtype)[y]
    delta2 = delta2 / x.shape[0]
    delta1 = (delta2 @ w2) * (1 - a1 ** 2)
    return delta1.T @ x, delta1.sum(0), delta2.T @ a1, delta2.sum(0)


if __name__ == "__main__":
    courbes = {
        "SGD (moment)": entrainer_avec_optimiseur(torch.optim.SGD, lr=0.1, momentum=0.9),
        "RMSProp": entrainer_avec_optimiseur(torch.optim.RMSprop, lr=2e-3),
        "Adam": entrainer_avec_optimiseur(torch.optim.Adam, lr=2e-3),
    }
    figure, axe = plt.subplots()
    for nom, valeurs in courbes.items():
        axe.plot([5 * (i + 1) for i in range(len(valeurs))], valeurs, label=nom)
    axe.set(xlabel="époques", ylabel="perte d'entraînement", title="Trois optimiseurs")
    axe.legend()
    figure.savefig("optimiseurs.png")

    c1, c2 = nn.Linear(2, 6).double(), nn.Linear(6, 2).double()
    lot, cibles = donnees[:50].double(), etiquettes[:50]
    nn.functional.cross_entropy(c2(torch.tanh(c1(lot))), cibles).backward()
    a_la_main = gradients_manuels(lot, cibles, c1.weight.data, c1.bias.data, c2.weight.data, c2.bias.data)
    auto = (c1.weight.grad, c1.bias.grad, c2.weight.grad, c2.bias.grad)
    print("paramètre   norme autograd   écart relatif")
    for nom, g, a in zip(["W1", "b1", "W2", "b2"], a_la_main, auto):
        print(f"{nom:9s}   {a.norm():.6f}         {((g - a).norm() / a.norm()):.3e}")
