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
    # <solution>
    w, b = np.zeros(X.shape[1]), 0.0
    history = []
    for _ in range(epochs):
        errors = 0
        for xi, yi in zip(X, y, strict=True):
            if yi * (np.dot(w, xi) + b) <= 0:
                w = w + eta * yi * xi
                b = b + eta * yi
                errors += 1
        history.append(errors)
        if errors == 0:
            break
    return w, b, history
    # </solution>


def predict(X, w, b):
    """La classe, 1 ou -1, de chaque point."""
    # <solution>
    return np.where(X @ w + b >= 0, 1, -1)
    # </solution>


def tracer(X, y, w, b, fichier):
    """Les régions du perceptron sur un maillage, les points des deux classes, et l'image."""
    # <solution>
    (gauche, bas), (droite, haut) = X.min(axis=0) - 1, X.max(axis=0) + 1
    xx, yy = np.meshgrid(np.linspace(gauche, droite, 200), np.linspace(bas, haut, 150))
    zz = predict(np.c_[xx.ravel(), yy.ravel()], w, b).reshape(xx.shape)
    plt.figure(figsize=(7, 6))
    plt.contourf(xx, yy, zz, levels=[-2, 0, 2], colors=["tab:red", "tab:blue"], alpha=0.25)
    plt.scatter(X[y > 0, 0], X[y > 0, 1], s=15, c="tab:blue", label="classe 1")
    plt.scatter(X[y < 0, 0], X[y < 0, 1], s=15, c="tab:red", label="classe -1")
    plt.title("Frontière du perceptron")
    plt.xlabel("x1")
    plt.ylabel("x2")
    plt.legend()
    plt.savefig(fichier)
    # </solution>


X, y = nuages(ecart=2.0, variance=1.0)
w, b, history = train_perceptron(X, y)
print("w =", w, "b =", b, "erreurs par époque :", history)
tracer(X, y, w, b, "perceptron_frontiere.png")

# <solution>
essais = {}
for ecart, variance in [(0.5, 1.0), (1.0, 1.0), (2.0, 2.0), (3.0, 1.0)]:
    points, classes = nuages(ecart, variance)
    _, _, essais[ecart, variance] = train_perceptron(points, classes)
    print(f"écart {ecart}, variance {variance} :", essais[ecart, variance])

plt.figure()
for (ecart, variance), erreurs in essais.items():
    plt.plot(range(1, len(erreurs) + 1), erreurs, marker="o", label=f"écart {ecart}, variance {variance}")
plt.title("Erreurs par époque")
plt.xlabel("époque")
plt.ylabel("erreurs")
plt.legend()
plt.savefig("perceptron_historiques.png")
# </solution>

# Plus les nuages sont écartés, moins il faut d'époques : le nombre de corrections est borné par (R / γ)², où γ est la marge
# et R le rayon des données. Quand ils se recouvrent, aucune droite ne les sépare, et les erreurs ne tombent jamais à zéro.
