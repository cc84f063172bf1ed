"""Perceptron de Rosenblatt, version orientée objet (étiquettes 0 / 1) ; l'historique compte les points encore mal classés après l'époque."""
from __future__ import annotations

import logging

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("perceptron")


class Perceptron:
    def __init__(self, eta: float = 0.1, n_epochs: int = 50) -> None:
        self.eta = eta
        self.n_epochs = n_epochs

    def net_input(self, X: np.ndarray) -> np.ndarray:
        return np.dot(X, self.w) + self.b

    def fit(self, X: np.ndarray, y: np.ndarray) -> "Perceptron":
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        self.history: list[int] = []
        signs = np.where(y > 0, 1, -1)
        for epoch in range(self.n_epochs):
            errors = 0
            for xi, si in zip(X, signs):
                if si * self.net_input(xi) <= 0:
                    delta = self.eta * si
                    self.w += delta * xi
                    self.b += delta
                    errors += 1
            self.history.append(int((signs * self.net_input(X) <= 0).sum()))
            log.info("époque %d : %d erreurs", epoch + 1, errors)
            if not errors:
                break
        return self

    def predict(self, X: np.ndarray) -> np.ndarray:
        return np.where(self.net_input(X) > 0, 1, 0)


def make_blobs(distance: float, std: float, n: int = 80, seed: int = 3):
    rng = np.random.RandomState(seed)
    X = np.r_[rng.randn(n, 2) * std + distance / 2, rng.randn(n, 2) * std - distance / 2]
    y = np.r_[np.ones(n, dtype=int), np.zeros(n, dtype=int)]
    idx = rng.permutation(2 * n)
    return X[idx], y[idx]


def plot_decision_regions(X, y, clf, path):
    x1, x2 = np.meshgrid(
        np.arange(X[:, 0].min() - 1, X[:, 0].max() + 1, 0.05), np.arange(X[:, 1].min() - 1, X[:, 1].max() + 1, 0.05)
    )
    Z = clf.predict(np.array([x1.ravel(), x2.ravel()]).T).reshape(x1.shape)
    plt.figure()
    plt.contourf(x1, x2, Z, alpha=0.3, cmap=ListedColormap(("red", "blue")))
    for idx, cl in enumerate(np.unique(y)):
        plt.scatter(x=X[y == cl, 0], y=X[y == cl, 1], marker="ox"[idx], label=f"classe {cl}")
    plt.legend(loc="upper left")
    plt.savefig(path, dpi=120)
    plt.close()


if __name__ == "__main__":
    X, y = make_blobs(distance=5, std=0.8)
    clf = Perceptron().fit(X, y)
    log.info("justesse : %.3f", (clf.predict(X) == y).mean())
    plot_decision_regions(X, y, clf, "perceptron_frontiere.png")
    histories = {}
    for distance in (1, 3, 6):
        for std in (0.5, 1.5):
            Xe, ye = make_blobs(distance, std)
            histories[distance, std] = Perceptron(n_epochs=30).fit(Xe, ye).history
            log.info("distance %s, écart-type %s : %s", distance, std, histories[distance, std])
    # Plus la marge est grande, plus la convergence est rapide ; si les nuages se mélangent elle n'arrive jamais.
