import numpy as np


class Module:
    def zero_grad(self):
        pass

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_update_gradient(self, input, delta):
        pass


class Linear(Module):
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) / np.sqrt(n_in)
        self.b = np.zeros(n_out)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def zero_grad(self):
        self.dW.fill(0)
        self.db.fill(0)

    def forward(self, X):
        return X @ self.W + self.b

    def update_parameters(self, gradient_step=1e-3):
        self.W -= gradient_step * self.dW
        self.b -= gradient_step * self.db

    def backward_update_gradient(self, input, delta):
        self.dW += input.T @ delta
        self.db += delta.sum(0)

    def backward_delta(self, input, delta):
        return delta @ self.W.T


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def backward_delta(self, input, delta):
        return delta * (1 - np.tanh(input) ** 2)


class Sigmoid(Module):
    def forward(self, X):
        return 0.5 * (1 + np.tanh(X / 2))

    def backward_delta(self, input, delta):
        s = self.forward(input)
        return delta * s * (1 - s)


class Softmax(Module):
    def forward(self, X):
        e = np.exp(X - X.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def backward_delta(self, input, delta):
        s = self.forward(input)
        return s * (delta - (s * delta).sum(1, keepdims=True))


class Sequential(Module):
    def __init__(self, *modules):
        self.modules = list(modules)

    def zero_grad(self):
        for module in self.modules:
            module.zero_grad()

    def forward(self, X):
        for module in self.modules:
            X = module.forward(X)
        return X

    def _inputs(self, X):
        inputs = [X]
        for module in self.modules[:-1]:
            inputs.append(module.forward(inputs[-1]))
        return inputs

    def backward_update_gradient(self, input, delta):
        for module, own in zip(self.modules[::-1], self._inputs(input)[::-1]):
            module.backward_update_gradient(own, delta)
            delta = module.backward_delta(own, delta)

    def backward_delta(self, input, delta):
        for module, own in zip(self.modules[::-1], self._inputs(input)[::-1]):
            delta = module.backward_delta(own, delta)
        return delta

    def update_parameters(self, gradient_step=1e-3):
        for module in self.modules:
            module.update_parameters(gradient_step)


class AutoEncoder(Sequential):
    def __init__(self, n_in, d=2):
        h1, h2 = max(n_in // 4, 8), max(n_in // 8, 4)
        encoder = [Linear(n_in, h1), TanH(), Linear(h1, h2), TanH(), Linear(h2, d), TanH()]
        decoder = [Linear(d, h2), TanH(), Linear(h2, h1), TanH(), Linear(h1, n_in), Sigmoid()]
        super().__init__(*encoder, *decoder)


def add_noise(x, c):
    return x + c * np.random.standard_normal(x.shape)
