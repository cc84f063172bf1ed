from __future__ import annotations
import numpy as np
from dataclasses import dataclass, field
from typing import Iterator

rng = np.random.default_rng(3)


class Module:
    def zero_grad(self): ...
    def update_parameters(self, gradient_step=1e-3): ...
    def backward_update_gradient(self, input, delta): ...
    def __call__(self, X): return self.forward(X)


@dataclass
class Linear(Module):
    n_in: int
    n_out: int
    theta: np.ndarray = field(init=False)
    grad: np.ndarray = field(init=False)

    def __post_init__(self):
        self.theta = np.vstack([rng.normal(0, 1 / np.sqrt(self.n_in), (self.n_in, self.n_out)), np.zeros(self.n_out)])
        self.grad = np.zeros_like(self.theta)

    def zero_grad(self): self.grad *= 0
    def forward(self, X): return _one(X) @ self.theta
    def update_parameters(self, gradient_step=1e-3): self.theta -= gradient_step * self.grad
    def backward_update_gradient(self, input, delta): self.grad += _one(input).T @ delta
    def backward_delta(self, input, delta): return delta @ self.theta[:-1].T


def _one(X): return np.hstack([X, np.ones((len(X), 1))])


def _pointwise(name, f, df):
    return type(name, (Module,), {
        "forward": lambda self, X: f(X),
        "backward_delta": lambda self, input, delta: delta * df(input)})


class TanH(_pointwise("TanH", np.tanh, lambda z: 1 - np.tanh(z) ** 2)): pass
class Sigmoid(_pointwise("Sigmoid", lambda z: .5 + .5 * np.tanh(z / 2), lambda z: .25 * (1 - np.tanh(z / 2) ** 2))): pass


class Softmax(Module):
    def forward(self, X):
        e = np.exp(X - X.max(-1, keepdims=True)); return e / e.sum(-1, keepdims=True)
    def backward_delta(self, input, delta):
        s = self(input); return s * (delta - (s * delta).sum(-1, keepdims=True))


class MSELoss:
    def forward(self, y, yhat): return ((y.reshape(yhat.shape) - yhat) ** 2).sum(-1, keepdims=True)
    def backward(self, y, yhat): return yhat - y.reshape(yhat.shape)


class CrossEntropyLoss:
    def forward(self, y, yhat): return -(y * np.log(yhat.clip(1e-9))).sum(-1)
    def backward(self, y, yhat): return -y / yhat.clip(1e-9)


class Sequential(Module):
    def __init__(self, *modules): self.modules = modules
    def zero_grad(self): [m.zero_grad() for m in self.modules]
    def update_parameters(self, gradient_step=1e-3): [m.update_parameters(gradient_step) for m in self.modules]
    def forwards(self, X):
        out = [X]
        for m in self.modules: out.append(m(out[-1]))
        return out
    def forward(self, X): return self.forwards(X)[-1]
    def backward(self, input, delta):
        for m, a in zip(self.modules[::-1], self.forwards(input)[-2::-1]):
            m.backward_update_gradient(a, delta); delta = m.backward_delta(a, delta)
        return delta


@dataclass
class Optim:
    net: Module
    loss: object
    eps: float = 1e-2

    def step(self, batch_x, batch_y):
        yhat = self.net(batch_x)
        self.net.zero_grad()
        self.net.backward(batch_x, self.loss.backward(batch_y, yhat))
        self.net.update_parameters(self.eps / len(batch_x))
        return float(np.mean(self.loss.forward(batch_y, yhat)))


def batches(n: int, batch_size: int) -> Iterator[np.ndarray]:
    order = rng.permutation(n)
    yield from (order[k:k + batch_size] for k in range(0, n, batch_size))


def SGD(optim: Optim, data, batch_size=64, epochs=20) -> Iterator[float]:
    """A generator: one loss an epoch."""
    x, y = data
    for _ in range(epochs):
        yield np.mean([optim.step(x[b], y[b]) for b in batches(len(x), batch_size)])


one_hot = lambda y, n_classes: np.eye(n_classes)[y]


class AutoEncoder:
    """Made by what it learns from: nothing is there before fit."""

    def __init__(self, loss=MSELoss()): self.loss = loss

    def fit(self, datax, datay, hidden, latent, nb_iter=100, gradient_step=1e-2, batch_size=50):
        sizes = [datax.shape[1], *hidden, latent]
        enc = [m for a, b in zip(sizes, sizes[1:]) for m in (Linear(a, b), TanH())]
        dec = [m for a, b in zip(sizes[:0:-1], sizes[-2::-1]) for m in (Linear(a, b), TanH())]
        self.coder, self.decoder = Sequential(*enc), Sequential(*dec[:-1], Sigmoid())
        self.net = Sequential(*self.coder.modules, *self.decoder.modules)
        for _ in SGD(Optim(self.net, self.loss, gradient_step * batch_size), (datax, datay), batch_size, nb_iter): pass

    def encode(self, x): return self.coder(x)
    def decode(self, code): return self.decoder(code)


def add_noise(x, c): return x + rng.normal(scale=c, size=np.shape(x))
