"""TP 1.1 : un perceptron sépare deux nuages de points, et l'on voit comment."""

import matplotlib.pyplot as plt
import numpy as np


def nuages(ecart, variance, n=100, graine=0):
    """Deux nuages de n points autour de (ecart, ecart) et de (-ecart, -ecart), mélangés ; étiquettes 1 et -1."""
    rng = np.random.default_rng(graine)
    X_pos = rng.normal(loc=ecart, scale=np.sqrt(variance), size=(n, 2))
    X_neg = rng.normal(loc=-ecart, scale=np.sqrt(variance), size=(n, 2))
    X = np.vstack([X_pos, X_neg])
    y = np.concatenate([np.ones(n), -np.ones(n)])
    ordre = rng.permutation(len(X))
    return X[ordre], y[ordre]


def train_perceptron(X, y, eta=0.1, epochs=15):
    """Les poids, le biais, et le nombre d'erreurs de chaque époque."""
    raise NotImplementedError


def predict(X, w, b):
    """La classe, 1 ou -1, de chaque point."""
    raise NotImplementedError


def tracer(X, y, w, b, fichier):
    """Les régions du perceptron sur un maillage, les points des deux classes, et l'image."""
    raise NotImplementedError


X, y = nuages(ecart=2.0, variance=1.0)
w, b, history = train_perceptron(X, y)
print("w =", w, "b =", b, "erreurs par époque :", history)
tracer(X, y, w, b, "perceptron_frontiere.png")

raise NotImplementedError

# Plus les nuages sont écartés, moins il faut d'époques : le nombre de corrections est borné par (R / γ)², où γ est la marge
# et R le rayon des données. Quand ils se recouvrent, aucune droite ne les sépare, et les erreurs ne tombent jamais à zéro.
