"""TP 1.0 — Camille Roux."""
import time
import numpy as np
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
import torch


class Exercices:
    @staticmethod
    def carre(x):
        return np.power(x, 2)

    def liste(self):
        return [int(self.carre(v)) for v in (1, 2, 3, 4, 5)]


class Point:
    def __init__(self, x, y):
        self._x = float(x)
        self._y = float(y)

    @property
    def x(self):
        return self._x

    @property
    def y(self):
        return self._y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def distance_origine(self):
        return abs(complex(self.x, self.y))


carres = np.array(Exercices().liste())
print(carres, Point(1, 2))

listes = [1, 2, 3] + [1, 2, 3]
tableaux = np.array([1, 2, 3]) + np.array([1, 2, 3])
print(listes)
print(tableaux)

zeros = torch.zeros(2, 3).numpy()
uns = torch.ones(3, 2).numpy()
produit_matriciel = uns @ (zeros + np.arange(3))

theta = np.linspace(0, 2 * np.pi, 64, endpoint=False)
plt.style.use("ggplot")
fig = plt.figure()
ax = fig.add_subplot(111)
ax.scatter(theta, np.sin(theta), s=8, label=r"$\sin\theta$")
ax.scatter(theta, np.cos(theta), s=8, label=r"$\cos\theta$")
ax.set_title("Sinus, cosinus")
ax.set_xlabel(r"$\theta$")
ax.set_ylabel("valeur")
fig.legend()
plt.show(block=False)
plt.pause(2)


class Chrono:
    def __init__(self, device):
        self.device = torch.device(device)

    def __enter__(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize()
        self.debut = time.perf_counter()
        return self

    def __exit__(self, *_):
        if self.device.type == "cuda":
            torch.cuda.synchronize()
        self.temps = time.perf_counter() - self.debut


def mesurer(device, taille, iterations):
    a = torch.randn(taille, taille, device=device)
    with Chrono(device) as c:
        for _ in range(iterations):
            a @ a
    return c.temps


device = "cuda" if torch.cuda.is_available() else "cpu"
print(device, mesurer(device, 128, 10), torch.randn(2).to(device))
