import numpy as np
import matplotlib
matplotlib.use("Qt5Agg")
from matplotlib import pyplot as plt


def train_perceptron(X, y, eta=0.1, epochs=15, seed=None):
    rng = np.random.default_rng(seed)
    w = np.zeros(X.shape[1])
    b = 0.0
    history = []
    for _ in range(epochs):
        idx = rng.permutation(len(X))
        mistakes = 0
        for i in idx:
            if y[i] * (X[i] @ w + b) <= 0:
                w += eta * y[i] * X[i]
                b += eta * y[i]
                mistakes += 1
        history.append(mistakes)
        if mistakes == 0:
            break
    return w, b, history


def make_data(center, std, n=100, seed=0):
    rng = np.random.default_rng(seed)
    X = np.vstack((rng.normal(center, std, (n, 2)), rng.normal(-center, std, (n, 2))))
    y = np.hstack((np.ones(n), -np.ones(n)))
    return X, y


def plot_boundary(X, y, w, b, ax):
    lim = np.abs(X).max() + 1
    t = np.linspace(-lim, lim, 250)
    G1, G2 = np.meshgrid(t, t)
    S = w[0] * G1 + w[1] * G2 + b
    ax.imshow(S > 0, extent=(-lim, lim, -lim, lim), origin="lower", cmap="RdBu", alpha=0.4, aspect="auto")
    ax.contour(G1, G2, S, levels=[0.0], colors="black")
    ax.plot(*X[y == 1].T, "b+")
    ax.plot(*X[y == -1].T, "r_")


if __name__ == "__main__":
    fig, axes = plt.subplots(1, 3, figsize=(15, 5))
    all_histories = []
    for ax, center in zip(axes, (0.5, 1.5, 2.5)):
        X, y = make_data(center, 1.0)
        w, b, history = train_perceptron(X, y, seed=0)
        all_histories.append(history)
        plot_boundary(X, y, w, b, ax)
        ax.set_title(f"center={center}, {len(history)} epochs")
    fig.savefig("perceptron_frontiere.jpg")
    print(all_histories)
