import numpy as np
import matplotlib.pyplot as plt

def generer(ecart, sigma, n=100, seed=0):
    g = np.random.RandomState(seed)
    A = g.randn(n, 2) * sigma + ecart
    B = g.randn(n, 2) * sigma - ecart
    X = np.concatenate((A, B)); y = np.hstack((np.ones(n), -1*np.ones(n)))
    p = g.permutation(2*n)
    return X[p], y[p]

def train_perceptron(X, y, eta=0.1, epochs=15):
    w = np.zeros(X.shape[1]); b = 0
    history = []
    for e in range(epochs):
        nb = 0
        for i in range(len(X)):
            if y[i] * (X[i].dot(w) + b) <= 0:
                w = w + eta * y[i] * X[i]
                b = b + eta * y[i]
                nb += 1
        history.append(nb)
        if nb == 0:
            print("convergence a l'epoque", e)
            break
    return w, b, history

def predict(X, w, b):
    return np.where(X @ w + b > 0, 1, -1)

def frontiere(X, y, w, b, nom="perceptron_frontiere.png"):
    h = 0.05
    xx, yy = np.meshgrid(np.arange(X[:, 0].min() - 1, X[:, 0].max() + 1, h), np.arange(X[:, 1].min() - 1, X[:, 1].max() + 1, h))
    Z = predict(np.c_[xx.ravel(), yy.ravel()], w, b).reshape(xx.shape)
    fig, ax = plt.subplots()
    ax.contourf(xx, yy, Z, levels=[-1, 0, 1], colors=["lightblue", "salmon"], alpha=.5)
    ax.contour(xx, yy, Z, levels=[0], colors="k")
    ax.scatter(X[:, 0], X[:, 1], c=y, cmap="bwr", edgecolor="k")
    fig.savefig(nom, dpi=120)
    plt.close(fig)

if __name__ == "__main__":
    X, y = generer(2, 1)
    w, b, hist = train_perceptron(X, y)
    frontiere(X, y, w, b)
    print("precision", np.mean(predict(X, w, b) == y))
    resultats = {}
    for ec in (0.5, 1, 2, 3):
        for s in (0.5, 1, 2):
            Xe, ye = generer(ec, s)
            _, _, h = train_perceptron(Xe, ye)
            resultats[(ec, s)] = h
            print(ec, s, h)
