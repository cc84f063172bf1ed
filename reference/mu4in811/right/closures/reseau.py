"""Réseau de neurones, style fonctionnel : l'optimiseur est une fermeture, SGD prend un optimiseur."""
import numpy as np
from typing import Callable, List

class Couche:
    """avant garde l'entrée, arriere(delta) accumule et renvoie le delta de l'entrée."""
    def __call__(self, X):
        self.entree = np.asarray(X, float)
        return self.avant(self.entree)
    def forward(self, X):
        return self(X)
    def poids(self):
        return []
    def zero_grad(self):
        for p in self.poids():
            p["g"] = np.zeros_like(p["v"])
    def update_parameters(self, gradient_step=1e-3):
        for p in self.poids():
            p["v"] = p["v"] - gradient_step * p["g"]
    def backward(self, delta):
        return self.arriere(np.asarray(delta, float))

class Dense(Couche):
    def __init__(self, n_in, n_out):
        self.W = {"v": np.random.randn(n_in, n_out) / np.sqrt(n_in)}
        self.B = {"v": np.zeros(n_out)}
        self.zero_grad()
    def poids(self):
        return [self.W, self.B]
    def avant(self, X):
        return X @ self.W["v"] + self.B["v"]
    def arriere(self, d):
        self.W["g"] = self.W["g"] + self.entree.T @ d
        self.B["g"] = self.B["g"] + d.sum(axis=0)
        return d @ self.W["v"].T

def activation(f: Callable, df: Callable):
    """fabrique une classe d'activation ; df est donnée en fonction de la sortie"""
    class Activation(Couche):
        def avant(self, X):
            self.sortie = f(X)
            return self.sortie
        def arriere(self, d):
            return d * df(self.sortie)
    return Activation

TanH = activation(np.tanh, lambda s: 1 - s * s)
Sigmoid = activation(lambda x: 0.5 + 0.5 * np.tanh(x / 2), lambda s: s * (1 - s))

class Softmax(Couche):
    def avant(self, X):
        e = np.exp(X - X.max(1, keepdims=True))
        self.sortie = e / e.sum(1, keepdims=True)
        return self.sortie
    def arriere(self, d):
        return self.sortie * (d - (d * self.sortie).sum(1, keepdims=True))

class Sequential(Couche):
    def __init__(self, *couches):
        self.couches: List[Couche] = list(couches)
    def poids(self):
        return [p for c in self.couches for p in c.poids()]
    def avant(self, X):
        for c in self.couches:
            X = c(X)
        return X
    def arriere(self, d):
        for c in reversed(self.couches):
            d = c.backward(d)
        return d

class MSELoss:
    def forward(self, y, yhat):
        return ((np.reshape(y, yhat.shape) - yhat) ** 2).mean()
    def backward(self, y, yhat):
        return 2 * (yhat - np.reshape(y, yhat.shape)) / yhat.size

class CrossEntropyLoss:
    def forward(self, y, yhat):
        return -(y * np.log(yhat.clip(1e-12))).sum(1).mean()
    def backward(self, y, yhat):
        return -y / yhat.clip(1e-12) / len(y)

def Optim(net, loss, eps):
    """rend la fonction step(x, y)"""
    def step(x, y):
        net.zero_grad()
        yhat = net(x)
        net.backward(loss.backward(y, yhat))
        net.update_parameters(eps)
        return loss.forward(y, yhat)
    step.step = step
    return step

def SGD(net, data, loss, batch_size=32, epochs=10, eps=1e-2, rappels=()):
    x, y = data
    pas = Optim(net, loss, eps)
    def epoque():
        ordre = np.random.permutation(len(x))
        for lot in np.split(ordre, range(batch_size, len(x), batch_size)):
            yield pas(x[lot], y[lot])
    couts = []
    for e in range(epochs):
        couts.append(float(np.mean(list(epoque()))))
        for r in rappels:
            r(e, couts[-1])
    return couts

def linear_regression(x, y, eps=0.05, epochs=200):
    couche = Dense(x.shape[1], 1)
    pas = Optim(couche, MSELoss(), eps)
    return couche, [pas(x, y) for _ in range(epochs)]

def one_hot(y, n_classes):
    return np.eye(n_classes)[np.ravel(y)]

def AutoEncoder(n_in, d=2):
    tailles = [n_in, 64, 16, d, 16, 64, n_in]
    couches = []
    for i, (a, b) in enumerate(zip(tailles, tailles[1:])):
        couches += [Dense(a, b), Sigmoid() if i == 5 else TanH()]
    return Sequential(*couches)

def add_noise(x, c):
    bruit = np.random.default_rng().standard_normal(np.shape(x))
    bruit *= c
    return x + bruit
