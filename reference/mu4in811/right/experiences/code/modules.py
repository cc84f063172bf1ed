"""Les briques du réseau."""
import numpy as np


class Module:
    def __init__(self):
        self._parameters = None
        self._gradient = None

    def zero_grad(self):
        if self._parameters is not None:
            self._gradient = np.zeros_like(self._parameters)

    def forward(self, X):
        raise NotImplementedError

    def update_parameters(self, gradient_step=1e-3):
        if self._parameters is not None:
            self._parameters -= gradient_step * self._gradient

    def backward_update_gradient(self, input, delta):
        pass

    def backward_delta(self, input, delta):
        raise NotImplementedError


class Linear(Module):
    def __init__(self, n, d, init="xavier"):
        super().__init__()
        borne = np.sqrt(6 / (n + d)) if init == "xavier" else 1.0
        self._parameters = np.random.uniform(-borne, borne, (n, d))

    def forward(self, X):
        return X @ self._parameters

    def backward_update_gradient(self, input, delta):
        self._gradient += input.T @ delta

    def backward_delta(self, input, delta):
        return delta @ self._parameters.T


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def backward_delta(self, input, delta):
        return (1 - np.tanh(input) ** 2) * delta


class Sigmoide(Module):
    def forward(self, X):
        return np.where(X >= 0, 1 / (1 + np.exp(-np.abs(X))), np.exp(-np.abs(X)) / (1 + np.exp(-np.abs(X))))

    def backward_delta(self, input, delta):
        s = self.forward(input)
        return s * (1 - s) * delta


class LogSoftmax(Module):
    def forward(self, X):
        X = X - X.max(axis=1, keepdims=True)
        return X - np.log(np.exp(X).sum(axis=1, keepdims=True))

    def backward_delta(self, input, delta):
        return delta - np.exp(self.forward(input)) * delta.sum(axis=1, keepdims=True)


class Softmax(Module):
    def forward(self, X):
        e = np.exp(X - X.max(axis=1, keepdims=True))
        return e / (e.sum(axis=1, keepdims=True) + 1e-8)

    def backward_delta(self, input, delta):
        s = self.forward(input)
        return s * (delta - (s * delta).sum(axis=1, keepdims=True))
