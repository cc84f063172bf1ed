"""Projet : les modules retiennent leur entrée, le réseau retient son coût et prend une liste de lots."""

import numpy as np


class Module:
    def forward(self, data):
        raise NotImplementedError

    def backward_delta(self, delta):
        raise NotImplementedError

    def backward_update_gradient(self, delta):
        return None

    def update_parameters(self, gradient_step=1e-3):
        return None

    def zero_grad(self):
        return None


class Linear(Module):
    def __init__(self, input_size, output_size):
        self.w = (np.random.rand(input_size, output_size) * 2 - 1) * np.sqrt(6 / (input_size + output_size))
        self.gradient = np.zeros((input_size, output_size))

    def forward(self, data):
        self.input = data
        return data @ self.w

    def backward_delta(self, delta):
        return delta @ self.w.T

    def backward_update_gradient(self, delta):
        self.gradient = self.gradient + self.input.T @ delta

    def update_parameters(self, gradient_step=1e-3):
        self.w -= gradient_step * self.gradient

    def zero_grad(self):
        self.gradient = np.zeros(self.gradient.shape)


class Tanh(Module):
    def forward(self, data):
        self.output = np.tanh(data)
        return self.output

    def backward_delta(self, delta):
        return (1 - self.output**2) * delta


class Sigmoide(Module):
    def forward(self, data):
        self.output = 0.5 * (1 + np.tanh(data / 2))
        return self.output

    def backward_delta(self, delta):
        return self.output * (1 - self.output) * delta


class SoftMax(Module):
    def forward(self, data):
        exp = np.exp(data - data.max(axis=1, keepdims=True))
        self.output = exp / np.sum(exp, axis=1).reshape(-1, 1)
        return self.output

    def backward_delta(self, delta):
        soft = self.output
        return soft * (delta - np.sum(soft * delta, axis=1).reshape(-1, 1))


class MSELoss:
    def forward(self, y_true, y_pred):
        assert y_true.shape == y_pred.shape
        return np.mean((y_true - y_pred) ** 2)

    def backward_loss(self, y_true, y_pred):
        assert y_true.shape == y_pred.shape
        return 2 * (y_pred - y_true) / y_true.size


class CELoss:
    """Le softmax est dans le coût."""

    def forward(self, y_true, y_pred):
        top = y_pred.max(axis=1)
        return top + np.log(np.sum(np.exp(y_pred - top.reshape(-1, 1)), axis=1)) - np.sum(y_true * y_pred, axis=1)

    def backward_loss(self, y_true, y_pred):
        exp = np.exp(y_pred - y_pred.max(axis=1).reshape(-1, 1))
        return exp / np.sum(exp, axis=1).reshape(-1, 1) - y_true


class BCELoss:
    def forward(self, y_true, y_pred):
        yhat = np.clip(y_pred, 1e-12, 1 - 1e-12)
        return -((1 - y_true) * np.log(1 - yhat) + y_true * np.log(yhat))

    def backward_loss(self, y_true, y_pred):
        yhat = np.clip(y_pred, 1e-12, 1 - 1e-12)
        return ((1 - y_true) / (1 - yhat) - y_true / yhat) / len(yhat)


class Sequentiel:
    def __init__(self, Loss):
        self.modules = []
        self.loss = Loss

    def add(self, mod):
        self.modules.append(mod)

    def forward(self, data):
        """data : une liste de lots."""
        pred = []
        for x in data:
            for mod in self.modules:
                x = mod.forward(x)
            pred.append(x)
        self.last = pred[-1]
        return pred

    def backward(self, datay, eps):
        delta = self.loss.backward_loss(datay, self.last)
        for mod in reversed(self.modules):
            mod.backward_update_gradient(delta)
            delta = mod.backward_delta(delta)
        for mod in self.modules:
            mod.update_parameters(gradient_step=eps)
            mod.zero_grad()


class Optim:
    def __init__(self, net, eps, loss=None):
        self.net = net
        if loss is not None:
            net.loss = loss
        self.eps = eps

    def step(self, batch_x, batch_y, lr=None):
        """Des listes de lots."""
        eps = self.eps if lr is None else lr
        err = 0
        for x, y in zip(batch_x, batch_y):
            yhat = self.net.forward([x])[0]
            err += np.mean(self.net.loss.forward(y, yhat))
            self.net.backward(y, eps)
        return err / len(batch_x)


def SGD(opt, batch_x, batch_y, nb_batch, n_epochs, lr=None):
    ind = np.arange(batch_y.shape[0])
    errs = []
    for _ in range(n_epochs):
        np.random.shuffle(ind)
        parts = np.array_split(ind, nb_batch)
        errs.append(opt.step([batch_x[j] for j in parts], [batch_y[j] for j in parts], lr))
    return errs


class AutoEncoder(Sequentiel):
    """Construit par build, avec les tailles et les activations des deux moitiés."""

    def build(self, encoder_sizes, decoder_sizes, encoder_act, decoder_act):
        assert encoder_sizes[-1] == decoder_sizes[0] and decoder_sizes[-1] == encoder_sizes[0]
        for sizes, acts in ((encoder_sizes, encoder_act), (decoder_sizes, decoder_act)):
            for n_in, n_out, act in zip(sizes, sizes[1:], acts):
                self.add(Linear(n_in, n_out))
                self.add(act)


def ajoute_bruit(x, c):
    return x + np.random.normal(0, c, x.shape)
