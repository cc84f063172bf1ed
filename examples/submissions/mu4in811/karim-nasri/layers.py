import numpy as np


class Module:
    def __init__(self):
        self.params, self.grads = {}, {}

    def zero_grad(self):
        for name in self.params:
            self.grads[name] = np.zeros_like(self.params[name])

    def update_parameters(self, gradient_step=1e-3):
        for name in self.params:
            self.params[name] = self.params[name] - gradient_step * self.grads[name]

    def backward_update_gradient(self, input, delta):
        pass


class Linear(Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.params = {"W": np.random.randn(n_in, n_out) * np.sqrt(1 / n_in), "b": np.zeros(n_out)}
        self.zero_grad()

    def forward(self, X):
        return X @ self.params["W"] + self.params["b"]

    def backward_update_gradient(self, input, delta):
        self.grads["W"] = self.grads["W"] + input.T @ delta
        self.grads["b"] = self.grads["b"] + delta.sum(axis=0)

    def backward_delta(self, input, delta):
        return delta @ self.params["W"].T


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def backward_delta(self, input, delta):
        return delta / np.cosh(np.clip(input, -300, 300)) ** 2


class Sigmoid(Module):
    def forward(self, X):
        return 1 / (1 + np.exp(-np.clip(X, -500, 500)))

    def backward_delta(self, input, delta):
        return delta * self.forward(input) * self.forward(-input)


class SoftMax(Module):
    def forward(self, X):
        e = np.exp(X - np.max(X, axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def backward_delta(self, input, delta):
        # the derivative of softmax followed by cross entropy is in the loss
        return delta
