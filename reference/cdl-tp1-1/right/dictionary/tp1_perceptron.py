from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import numpy as np


@dataclass
class Resultat:
    w: np.ndarray
    b: float
    history: list = field(default_factory=list)


def step(w, b, x, t, eta):
    if t * (w @ x + b) > 0:
        return w, b, 0
    return w + eta * t * x, b + eta * t, 1


def train_perceptron(X, y, *, learning_rate=0.1, n_epochs=15):
    res = Resultat(np.zeros(X.shape[1]), 0.0)
    for epoch in range(n_epochs):
        total = 0
        for x, t in zip(X, y):
            res.w, res.b, e = step(res.w, res.b, x, t, learning_rate)
            total += e
        if total == 0:
            break
        res.history.append(total)
    return res


def gaussians(delta, std, size=100, seed=0):
    r = np.random.default_rng(seed)
    y = r.choice([-1, 1], size=size)
    return y[:, None] * delta + std * r.standard_normal((size, 2)), y


X, y = gaussians(2.0, 0.8)
r = train_perceptron(X, y)
fig, ax = plt.subplots(subplot_kw={"aspect": "equal"})
u, v = np.meshgrid(np.linspace(-5, 5, 101), np.linspace(-5, 5, 101))
ax.scatter(u.ravel(), v.ravel(), c=np.where(u * r.w[0] + v * r.w[1] + r.b > 0, "lightgreen", "pink").ravel(), s=4)
ax.scatter(*X[y == 1].T, c="green")
ax.scatter(*X[y == -1].T, c="red")
fig.savefig("perceptron_frontiere.png", bbox_inches="tight")

runs = [(d, s, train_perceptron(*gaussians(d, s)).history) for d in (0.5, 1.5) for s in (0.5, 1.0)]
for run in runs:
    print(*run)
