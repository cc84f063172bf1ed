import time

import matplotlib.pyplot as plt
import numpy as np
import torch


def carre(x):
    return pow(x, 2)


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def distance_origine(self):
        return np.sqrt(carre(self.x) + carre(self.y))


def partie_python():
    carres = [carre(n) for n in range(1, 6)]
    print("carrés :", carres)
    print(Point(3, 4).distance_origine())


def partie_numpy():
    liste = [1, 2, 3]
    tableau = np.array(liste)
    print(liste + liste)
    print(tableau + tableau)
    zeros = np.zeros((2, 3))
    uns = np.ones((3, 2))
    print(zeros)
    print(uns)
    produit_matriciel = zeros @ uns + np.array([[1, 2], [3, 4]]) @ np.array([[5, 6], [7, 8]])
    print(produit_matriciel)


def partie_matplotlib():
    x = np.linspace(0, 2 * np.pi, 500)
    fig, ax = plt.subplots(figsize=(100, 100))
    ax.plot(x, np.sin(x), label="sin")
    ax.plot(x, np.cos(x), label="cos")
    ax.set_title("sin et cos")
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    ax.grid()
    ax.legend()
    plt.savefig("figure.png")
    plt.show()


def partie_torch():
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tenseur = torch.randn(2, 2).to(device)
    print(tenseur)
    taille, iterations = 250, 40
    a = torch.randn(taille, taille, device=device)
    b = torch.randn(taille, taille, device=device)
    debut = time.time()
    for _ in range(iterations):
        c = a @ b
    if device.type == "cuda":
        torch.cuda.synchronize()
    temps = time.time() - debut
    print("temps :", temps)


def main():
    partie_python()
    partie_numpy()
    partie_matplotlib()
    partie_torch()


if __name__ == "__main__":
    main()
