#!/usr/bin/env python
# coding: utf-8
# Projet réseau de neurones
import numpy as np
import matplotlib.pyplot as plt
from collections import OrderedDict


class Module:
    """Chaque module garde son entrée (self.x) pendant forward ; backward(delta) accumule puis renvoie dL/dx."""
    def __init__(self):
        self.params, self.grads = OrderedDict(), OrderedDict()
    def __call__(self, x): return self.forward(x)
    def zero_grad(self):
        for k, p in self.params.items(): self.grads[k] = np.zeros_like(p)
    def update(self, lr):
        for k in self.params: self.params[k] = self.params[k] - lr * self.grads[k]
    def forward(self, x): raise NotImplementedError
    def backward(self, delta): raise NotImplementedError


class Lineaire(Module):
    def __init__(self, d_in, d_out):
        super().__init__()
        self.params['W'] = np.random.normal(0, np.sqrt(1 / d_in), (d_in, d_out))
        self.params['b'] = np.zeros((1, d_out))
        self.zero_grad()
    def forward(self, x):
        self.x = x
        return x.dot(self.params['W']) + self.params['b']
    def backward(self, delta):
        self.grads['W'] = self.grads['W'] + self.x.T.dot(delta)
        self.grads['b'] = self.grads['b'] + delta.sum(0, keepdims=True)
        return delta.dot(self.params['W'].T)


class Tanh(Module):
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y
    def backward(self, delta): return delta * (1 - self.y ** 2)


class Sigmoide(Module):
    def forward(self, x):
        self.y = np.empty_like(x, dtype=float)
        pos = x >= 0
        self.y[pos] = 1 / (1 + np.exp(-x[pos]))
        e = np.exp(x[~pos])
        self.y[~pos] = e / (1 + e)
        return self.y
    def backward(self, delta): return delta * self.y * (1 - self.y)


class Softmax(Module):
    def forward(self, x):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        self.y = e / e.sum(axis=-1, keepdims=True)
        return self.y
    def backward(self, delta):
        return self.y * (delta - (delta * self.y).sum(axis=-1, keepdims=True))


class Loss:
    def __call__(self, y, yhat): return self.forward(y, yhat)


class MSE(Loss):
    def forward(self, y, yhat):
        if y.ndim == 1: y = y[:, None]
        if y.shape != yhat.shape: raise ValueError(f'tailles différentes : {y.shape} et {yhat.shape}')
        return np.mean(np.sum((y - yhat) ** 2, axis=1))
    def backward(self, y, yhat):
        if y.ndim == 1: y = y[:, None]
        return 2 * (yhat - y) / len(y)


class CrossEntropy(Loss):
    """prend les scores ; y : numéros de classes"""
    def forward(self, y, yhat):
        m = yhat.max(1, keepdims=True)
        logp = yhat - m - np.log(np.exp(yhat - m).sum(1, keepdims=True))
        return -logp[np.arange(len(y)), y].mean()
    def backward(self, y, yhat):
        p = Softmax()(yhat)
        p[np.arange(len(y)), y] -= 1
        return p / len(y)


class Reseau(Module):
    def __init__(self, *couches):
        super().__init__()
        self.couches = list(couches)
    def ajouter(self, c): self.couches.append(c); return self
    def forward(self, x):
        for c in self.couches: x = c(x)
        return x
    def backward(self, delta):
        for c in reversed(self.couches): delta = c.backward(delta)
        return delta
    def zero_grad(self):
        for c in self.couches: c.zero_grad()
    def update(self, lr):
        for c in self.couches: c.update(lr)


Sequentiel = Reseau


class Optim:
    def __init__(self, net, loss, eps=1e-2):
        self.net, self.loss, self.eps = net, loss, eps
    def step(self, x, y):
        yhat = self.net(x)
        l = self.loss(y, yhat)
        self.net.zero_grad()
        self.net.backward(self.loss.backward(y, yhat))
        self.net.update(self.eps)
        return l


def SGD(net, X, Y, loss, batch_size=32, nb_epochs=20, eps=1e-1, verbose=False):
    opt, historique = Optim(net, loss, eps), []
    for epoch in range(nb_epochs):
        idx = np.random.permutation(len(X))
        couts = []
        while len(idx):
            lot, idx = idx[:batch_size], idx[batch_size:]
            couts.append(opt.step(X[lot], Y[lot]))
        historique.append(np.mean(couts))
        if verbose: print(epoch, historique[-1])
    return historique


def regression(x, y, eps=0.1, nb_epochs=500):
    net = Lineaire(1, 1)
    return net, SGD(net, x.reshape(-1, 1), y.reshape(-1, 1), MSE(), batch_size=len(x), nb_epochs=nb_epochs, eps=eps)


def one_hot(y, K): return np.eye(K, dtype=int)[y]


class AutoEncodeur(Reseau):
    def __init__(self, d, k=2, h1=128, h2=32):
        super().__init__(Lineaire(d, h1), Tanh(), Lineaire(h1, h2), Tanh(), Lineaire(h2, k), Tanh(),
                         Lineaire(k, h2), Tanh(), Lineaire(h2, h1), Tanh(), Lineaire(h1, d), Sigmoide())
    def coder(self, x):
        for c in self.couches[:6]: x = c(x)
        return x


def ajouter_bruit(x, c): return x + np.random.normal(scale=c, size=np.shape(x))


if __name__ == '__main__':
    x = np.linspace(0, 1, 50); y = 3 * x + .05 * np.random.randn(50)
    net, h = regression(x, y)
    plt.plot(h); plt.savefig('regression.png')
    X = np.r_[np.random.randn(100, 2) + [1, 2], np.random.randn(100, 2) + [3, 5]]
    Y = np.r_[np.zeros((100, 1)), np.ones((100, 1))]
    net = Reseau().ajouter(Lineaire(2, 4)).ajouter(Tanh()).ajouter(Lineaire(4, 1)).ajouter(Sigmoide())
    print(SGD(net, X, Y, MSE(), 16, 100, .5)[-1], ((net(X) > .5) == Y).mean())
