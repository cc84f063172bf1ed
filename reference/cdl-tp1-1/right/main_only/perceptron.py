"""Perceptron — TP 1.1 (Ines B.)"""
import numpy as np
import matplotlib.pyplot as plt
from pathlib import Path


def main():
    rng = np.random.default_rng(42)
    eta = 0.05
    histories = {}
    for loc, scale in ((2.0, 1.0), (1.0, 1.0), (0.5, 2.0)):
        X = np.vstack([rng.normal(loc, scale, (100, 2)), rng.normal(-loc, scale, (100, 2))])
        y = np.concatenate([np.full(100, 1.0), np.full(100, -1.0)])
        w, b = np.zeros(2), 0.0
        history = []
        for _ in range(25):
            errors = 0
            for xi, yi in zip(X, y):
                if yi * (xi.dot(w) + b) <= 0:
                    w, b = w + eta * yi * xi, b + eta * yi
                    errors += 1
            history.append(errors)
            if not errors:
                break
        histories[f"loc={loc} scale={scale}"] = history

        x1 = np.linspace(X[:, 0].min() - 1, X[:, 0].max() + 1, 120)
        x2 = np.linspace(X[:, 1].min() - 1, X[:, 1].max() + 1, 180)
        G = np.stack(np.meshgrid(x1, x2), axis=-1)
        plt.figure()
        plt.contourf(x1, x2, np.where(G @ w + b > 0, 1, 0), levels=1, colors=["#fdd", "#ddf"])
        for c, label in ((1, "positifs"), (-1, "négatifs")):
            plt.scatter(X[y == c, 0], X[y == c, 1], label=label, s=10)
        plt.legend()
        plt.savefig(Path(__file__).parent / f"perceptron_frontiere_{loc}_{scale}.png")
        plt.close()
    for name, history in histories.items():
        print(name, history)


if __name__ == "__main__":
    main()
