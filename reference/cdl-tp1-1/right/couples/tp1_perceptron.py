import numpy as np
import matplotlib.pyplot as plt
from donnees import generer


def entrainer(data, eta=0.1, epochs=30):
    X, y = data
    X = np.asarray(X)
    w, b = np.zeros(X.shape[1]), 0.0
    hist = []
    for e in range(epochs):
        nb_err = 0
        for xi, yi in zip(X, y):
            if yi * (w @ xi + b) <= 0:
                w = w + eta * yi * xi
                b = b + eta * yi
                nb_err += 1
        hist.append(nb_err)
        if nb_err == 0:
            break
    return {"w": w, "b": b, "errors": hist}


def classe(x, modele):
    return np.where(x @ modele["w"] + modele["b"] >= 0, 1, -1)


data = generer(2, 1)
modele = entrainer(data)
print(modele)

X, y = np.array(data[0]), np.array(data[1])
gx = np.linspace(-6, 6, 150)
gy = np.linspace(-5, 5, 120)
XX, YY = np.meshgrid(gx, gy)
ZZ = classe(np.stack([XX, YY], axis=-1), modele)
plt.contourf(XX, YY, ZZ, levels=[-2, 0, 2], colors=["lightblue", "mistyrose"])
plt.scatter(X[:, 0], X[:, 1], c=y, cmap="bwr", edgecolors="k")
plt.title("Frontière du perceptron")
plt.savefig("perceptron_frontiere.png", dpi=100)

historiques = [entrainer(generer(e, v))["errors"] for e, v in ((0.5, 1), (1, 1), (3, 1), (3, 4))]
for h in historiques:
    print(h)
# quand l'écart est petit cela ne converge pas
