import numpy as np
import matplotlib.pyplot as plt
from matplotlib.colors import ListedColormap


class Perceptron:
    """Perceptron classifier."""

    def __init__(self, eta=0.01, n_iter=50, random_state=1):
        self.eta = eta
        self.n_iter = n_iter

    def fit(self, X, y):
        self.w_ = np.zeros(1 + X.shape[1])
        self.errors_ = []
        for _ in range(self.n_iter):
            errors = 0
            for xi, target in zip(X, y):
                if target * self.net_input(xi) <= 0:
                    update = self.eta * target
                    self.w_[1:] += update * xi
                    self.w_[0] += update
                    errors += 1
            self.errors_.append(errors)
            if errors == 0:
                break
        return self

    def net_input(self, X):
        return np.dot(X, self.w_[1:]) + self.w_[0]

    def predict(self, X):
        return np.where(self.net_input(X) >= 0.0, 1, -1)


def plot_decision_regions(X, y, classifier, resolution=0.05):
    markers = ("s", "x")
    colors = ("red", "blue")
    cmap = ListedColormap(colors)
    x1_min, x1_max = X[:, 0].min() - 1, X[:, 0].max() + 1
    x2_min, x2_max = X[:, 1].min() - 1, X[:, 1].max() + 1
    xx1, xx2 = np.meshgrid(np.arange(x1_min, x1_max, resolution), np.arange(x2_min, x2_max, resolution))
    Z = classifier.predict(np.array([xx1.ravel(), xx2.ravel()]).T)
    Z = Z.reshape(xx1.shape)
    plt.contourf(xx1, xx2, Z, alpha=0.3, cmap=cmap)
    plt.xlim(xx1.min(), xx1.max())
    plt.ylim(xx2.min(), xx2.max())
    for idx, cl in enumerate(np.unique(y)):
        plt.scatter(x=X[y == cl, 0], y=X[y == cl, 1], alpha=0.8, c=colors[idx], marker=markers[idx], label=cl)


def make_blobs(sep, std, seed=1):
    rgen = np.random.RandomState(seed)
    X = np.r_[rgen.randn(50, 2) * std + sep, rgen.randn(50, 2) * std - sep]
    y = np.where(np.arange(100) < 50, 1, -1)
    return X, y


X, y = make_blobs(2, 1)
ppn = Perceptron(eta=0.1, n_iter=10)
ppn.fit(X, y)
plot_decision_regions(X, y, classifier=ppn)
plt.legend(loc="upper left")
plt.savefig("perceptron_frontiere.png", dpi=300)
plt.show()

models = [Perceptron(0.1, 20).fit(*make_blobs(sep, std)) for sep, std in [(0.5, 1), (1, 1), (3, 0.5)]]
for m in models:
    plt.plot(range(1, len(m.errors_) + 1), m.errors_, marker="o")
plt.xlabel("Epochs")
plt.ylabel("Number of updates")
plt.show()
