"""Perceptron : classes 0 et 1, converties en -1 et 1 au moment de corriger."""

import numpy as np
import matplotlib.pyplot as plt
rng = np.random.default_rng(1)
X = np.vstack([rng.normal(2, 1, (60, 2)), rng.normal(-2, 1, (60, 2))])
y = np.array([1] * 60 + [0] * 60)
w = np.zeros(2); b = 0.0; eta = 0.1
history = []
for epoch in range(40):
    erreurs = 0
    for xi, yi in zip(X, y):
        s = 1 if yi == 1 else -1
        if s * (w @ xi + b) <= 0:
            w = w + eta * s * xi
            b = b + eta * s
            erreurs += 1
    history.append(erreurs)
    if erreurs == 0:
        break
print(w, b, history)
xx, yy = np.meshgrid(np.linspace(-6, 6, 120), np.linspace(-6, 6, 100))
zz = (w[0] * xx + w[1] * yy + b > 0).astype(int)
plt.contourf(xx, yy, zz, alpha=0.3)
plt.scatter(X[:, 0], X[:, 1], c=y)
plt.savefig("perceptron_frontiere.png")

historiques = {}
for ecart in (0.5, 3):
    Xe = np.vstack([rng.normal(ecart, 1, (60, 2)), rng.normal(-ecart, 1, (60, 2))])
    we = np.zeros(2); be = 0.0
    historiques[ecart] = []
    for epoch in range(40):
        erreurs = 0
        for xi, yi in zip(Xe, y):
            s = 1 if yi == 1 else -1
            if s * (we @ xi + be) <= 0:
                we = we + eta * s * xi
                be = be + eta * s
                erreurs += 1
        historiques[ecart].append(erreurs)
        if erreurs == 0:
            break
    print(ecart, historiques[ecart])
# Plus l'écart est grand, plus la convergence est rapide ; quand les nuages se mélangent, elle n'arrive jamais.
