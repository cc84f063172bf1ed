# -*- coding: utf-8 -*-
import numpy as np


class Loss(object):
    def forward(self, y, yhat):
        pass

    def backward(self, y, yhat):
        pass


class Module(object):
    """les activations n'ont pas de parametres : on ne leur demande ni zero_grad ni update_parameters"""

    activation = True

    def zero_grad(self):
        self._gradient = np.zeros(self._parameters.shape)

    def update_parameters(self, gradient_step=1e-3):
        self._parameters -= gradient_step * self._gradient


class Linear(Module):
    activation = False

    def __init__(self, entree, sortie):
        borne = np.sqrt(6 / (entree + sortie))
        self._parameters = np.vstack([np.random.uniform(-borne, borne, (entree, sortie)), np.zeros((1, sortie))])
        self.zero_grad()

    def forward(self, X):
        return np.hstack([X, np.ones((len(X), 1))]) @ self._parameters

    def backward_update_gradient(self, input, delta):
        self._gradient += np.hstack([input, np.ones((len(input), 1))]).T @ delta

    def backward_delta(self, input, delta):
        return delta @ self._parameters[:-1].T


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def backward_delta(self, input, delta):
        return (1 - np.tanh(input) ** 2) * delta


class Sigmoide(Module):
    def forward(self, X):
        return 0.5 * (1 + np.tanh(X / 2))

    def backward_delta(self, input, delta):
        s = self.forward(input)
        return s * (1 - s) * delta


class MSELoss(Loss):
    def forward(self, y, yhat):
        assert y.shape == yhat.shape
        return np.sum((y - yhat) ** 2, axis=1)

    def backward(self, y, yhat):
        assert y.shape == yhat.shape
        return -2 * (y - yhat)


class CELogSoftmax(Loss):
    """le softmax est dans le cout"""

    def forward(self, y, yhat):
        haut = yhat.max(axis=1, keepdims=True)
        return np.log(np.sum(np.exp(yhat - haut), axis=1)) + haut.ravel() - np.sum(y * yhat, axis=1)

    def backward(self, y, yhat):
        e = np.exp(yhat - yhat.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True) - y


class CELoss(Loss):
    """le premier cout de l'enonce, sans logarithme"""

    def forward(self, y, yhat):
        return 1 - np.sum(y * yhat, axis=1)

    def backward(self, y, yhat):
        return -y


class Sequentiel(object):
    def __init__(self, modules):
        self.modules = modules

    def forward(self, X):
        self.entrees = [X]
        for m in self.modules:
            self.entrees.append(m.forward(self.entrees[-1]))
        return self.entrees[-1]

    def backward(self, delta):
        for m, entree in zip(self.modules[::-1], self.entrees[-2::-1]):
            if not m.activation:
                m.backward_update_gradient(entree, delta)
            delta = m.backward_delta(entree, delta)
        return delta

    def zero_grad(self):
        for m in self.modules:
            if not m.activation:
                m.zero_grad()

    def update_parameters(self, eps):
        for m in self.modules:
            if not m.activation:
                m.update_parameters(eps)


class Optim(object):
    def __init__(self, net, loss, eps):
        self.net, self.loss, self.eps = net, loss, eps

    def step(self, batch_x, batch_y):
        yhat = self.net.forward(batch_x)
        self.net.zero_grad()
        self.net.backward(self.loss.backward(batch_y, yhat))
        self.net.update_parameters(self.eps)
        return self.loss.forward(batch_y, yhat).mean()


def SGD(optim, datax, datay, batch_size=32, epochs=10):
    couts = []
    for _ in range(epochs):
        ordre = np.random.permutation(len(datax))
        for debut in range(0, len(datax), batch_size):
            lot = ordre[debut : debut + batch_size]
            couts.append(optim.step(datax[lot], datay[lot]))
    return couts


def one_hot(y, size):
    """un seul label a la fois : np.array([one_hot(y, 10) for y in datay])"""
    res = np.zeros(size)
    res[y] = 1
    return res


class AutoEncodeur(object):
    """s'entraine avec sa propre boucle : sa passe arriere prend le cout, pas delta"""

    def __init__(self, encodeur, decodeur):
        self.encodeur, self.decodeur = encodeur, decodeur

    def forward(self, x):
        self.code = self.encodeur.forward(x)
        return self.decodeur.forward(self.code)

    def backward(self, X, X_hat, loss_fn):
        return self.encodeur.backward(self.decodeur.backward(loss_fn.backward(X, X_hat)))

    def zero_grad(self):
        self.encodeur.zero_grad()
        self.decodeur.zero_grad()

    def update_parameters(self, lr):
        self.encodeur.update_parameters(lr)
        self.decodeur.update_parameters(lr)


def entraine_auto_encodeur(ae, x, loss, lr=0.01, epochs=10):
    for _ in range(epochs):
        x_hat = ae.forward(x)
        ae.zero_grad()
        ae.backward(x, x_hat, loss)
        ae.update_parameters(lr)


def add_noise_gaussien(data, mean=0, std=1, p=0.1):
    return data + p * np.random.normal(mean, std, data.shape)


def add_noise_pepper(data, p=0.1):
    return np.where(np.random.rand(*data.shape) < p, 1, data)
