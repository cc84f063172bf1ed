import numpy as np
import matplotlib.pyplot as plt

def generer(d, s, n=80):
    np.random.seed(3)
    a = np.random.randn(n, 2) * s + np.array([d, d])
    b = np.random.randn(n, 2) * s - np.array([d, d])
    return np.concatenate((a, b)), np.array([1] * n + [0] * n)

def activation(z):
    return 1 if z > 0 else 0

def entrainer(X, y, taux=0.1, nb_epoques=15):
    w = np.zeros(2)
    b = 0
    erreurs_par_epoque = []
    for e in range(nb_epoques):
        erreurs = 0
        for i in range(len(X)):
            y_pred = activation(np.dot(X[i], w) + b)
            delta = y[i] - y_pred
            if delta != 0:
                w = w + taux * delta * X[i]
                b = b + taux * delta
                erreurs += 1
        erreurs_par_epoque.append(erreurs)
        if erreurs == 0:
            print("convergence a l'epoque", e)
            break
    return w, b, erreurs_par_epoque

X, y = generer(2, 1)
w, b, historique = entrainer(X, y)
print(historique)

x_min, x_max = X[:, 0].min() - .5, X[:, 0].max() + .5
y_min, y_max = X[:, 1].min() - .5, X[:, 1].max() + .5
h = 0.05
xx, yy = np.meshgrid(np.arange(x_min, x_max, h), np.arange(y_min, y_max, h))
Z = ((np.c_[xx.ravel(), yy.ravel()] @ w + b) > 0).astype(int).reshape(xx.shape)
fig, ax = plt.subplots()
ax.pcolormesh(xx, yy, Z, cmap="Pastel1", shading="auto")
ax.scatter(X[:, 0], X[:, 1], c=y, cmap="bwr", edgecolors="k")
ax.set_title("perceptron")
fig.savefig("frontiere.png")

h1 = entrainer(*generer(0.3, 1))[2]
h2 = entrainer(*generer(1, 1))[2]
h3 = entrainer(*generer(4, 1))[2]
print(h1, h2, h3)
