"""Lancer : python principal.py [--sortie FICHIER]"""
import argparse
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from donnees import générer
from modele import PerceptronBinaire


def figure(modèle, X, y, chemin: Path) -> None:
    fig, axe = plt.subplots(figsize=(5, 5))
    bas, haut = X.min(axis=0) - 1, X.max(axis=0) + 1
    u, v = np.meshgrid(np.linspace(bas[0], haut[0], 160), np.linspace(bas[1], haut[1], 140))
    régions = modèle.predict(np.c_[u.ravel(), v.ravel()]).reshape(u.shape)
    axe.pcolormesh(u, v, régions, cmap="Pastel1", shading="auto")
    axe.scatter(X[:, 0], X[:, 1], c=y, cmap="coolwarm", edgecolors="k")
    axe.set(xlabel="$x_1$", ylabel="$x_2$", title="Perceptron")
    fig.savefig(chemin)


def expériences() -> dict:
    return {(e, s): PerceptronBinaire(époques_max=40).fit(*générer(e, s)).historique for e in (0.5, 1.5, 3) for s in (0.5, 1)}


def main() -> None:
    analyse = argparse.ArgumentParser(description=__doc__)
    analyse.add_argument("--sortie", type=Path, default=Path("perceptron_frontiere.png"))
    options = analyse.parse_args()
    X, y = générer(2.5, 1.0)
    modèle = PerceptronBinaire().fit(X, y)
    print(modèle.historique)
    figure(modèle, X, y, options.sortie)
    for réglage, h in expériences().items():
        print(réglage, len(h), h[-1])


if __name__ == "__main__":
    main()
