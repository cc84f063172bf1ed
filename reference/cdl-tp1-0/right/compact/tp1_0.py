from dataclasses import dataclass
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
import torch

carre = lambda x: x * x
carres = list(map(carre, range(1, 6)))


@dataclass
class Point:
    x: float
    y: float

    @property
    def distance_origine(self):
        return np.linalg.norm([self.x, self.y])


L, V = [0, 1, 2], np.arange(3)
print(carres, Point(3, 4), L + L, V + V)
zeros, uns = np.zeros((2, 3)), np.full((3, 2), 1.0)
produit_matriciel = np.eye(2)[::-1] @ np.array([[1, 2], [3, 4]])

x = np.linspace(0, 2 * np.pi)
fig, axes = plt.subplots(1, 2, sharey=True, layout="constrained")
for ax, f in zip(axes, (np.sin, np.cos)):
    ax.plot(x, f(x), label=f.__name__)
    ax.set(title=f.__name__, xlabel="x", ylabel=f"{f.__name__}(x)")
    ax.legend()
    ax.grid(True)
fig.suptitle("Deux courbes")
plt.show()


def mesurer(device, taille=200, iterations=10):
    device = torch.device(device)
    sync = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    a, b = torch.randn(2, taille, taille, device=device)
    sync(); t = perf_counter()
    for _ in range(iterations): a @ b
    sync()
    return perf_counter() - t


for d in ["cpu"] + ["cuda"] * torch.cuda.is_available():
    print(d, mesurer(d), torch.eye(2).to(d).device)
