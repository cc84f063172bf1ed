import numpy as np
from dataclasses import dataclass
from collections import OrderedDict

class Module:
    params = ()
    def __call__(self, x): return self.forward(x)
    def zero_grad(self):
        self.grads = {p: np.zeros_like(getattr(self, p)) for p in self.params}
    def update_parameters(self, gradient_step=1e-3):
        for p in self.params: setattr(self, p, getattr(self, p) - gradient_step * self.grads[p])
    def backward_update_gradient(self, input, delta): return None
    def backward_delta(self, input, delta): raise NotImplementedError

class Linear(Module):
    params = ("W", "b")
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_out, n_in) / np.sqrt(n_in)
        self.b = np.zeros(n_out)
        self.zero_grad()
    def forward(self, x):
        return np.einsum("oi,bi->bo", self.W, x) + self.b
    def backward_update_gradient(self, input, delta):
        self.grads["W"] = self.grads["W"] + np.einsum("bo,bi->oi", delta, input)
        self.grads["b"] = self.grads["b"] + delta.sum(0)
    def backward_delta(self, input, delta):
        return np.einsum("bo,oi->bi", delta, self.W)

class _Pointwise(Module):
    def backward_delta(self, input, delta):
        return delta * self.derivative(self.forward(input))
class TanH(_Pointwise):
    def forward(self, x): return np.tanh(x)
    @staticmethod
    def derivative(out): return 1 - out * out
class Sigmoid(_Pointwise):
    def forward(self, x):
        z = np.exp(-np.abs(x)); return np.where(x >= 0, 1 / (1 + z), z / (1 + z))
    @staticmethod
    def derivative(out): return out * (1 - out)
class Softmax(Module):
    def forward(self, x):
        z = np.exp(x - x.max(-1, keepdims=True)); return z / z.sum(-1, keepdims=True)
    def backward_delta(self, input, delta):
        s = self.forward(input)
        J = np.einsum("bi,ij->bij", s, np.eye(s.shape[1])) - np.einsum("bi,bj->bij", s, s)
        return np.einsum("bij,bj->bi", J, delta)

class Sequential(Module):
    def __init__(self, *modules):
        self.modules = OrderedDict((f"{i}_{type(m).__name__}", m) for i, m in enumerate(modules))
    def zero_grad(self):
        for m in self.modules.values(): m.zero_grad()
    def update_parameters(self, gradient_step=1e-3):
        for m in self.modules.values(): m.update_parameters(gradient_step)
    def forward(self, x):
        self.cache = []
        for m in self.modules.values():
            self.cache.append(x); x = m(x)
        return x
    def backward(self, delta):
        for m, x in zip(reversed(list(self.modules.values())), reversed(self.cache)):
            m.backward_update_gradient(x, delta); delta = m.backward_delta(x, delta)
        return delta

class MSELoss:
    def forward(self, y, yhat):
        self._check(y, yhat); return 0.5 * np.sum((y - yhat) ** 2) / len(y)
    def backward(self, y, yhat):
        self._check(y, yhat); return (yhat - y) / len(y)
    @staticmethod
    def _check(y, yhat):
        if np.shape(y) != np.shape(yhat): raise ValueError("shapes")
class CrossEntropyLoss:
    eps = 1e-12
    def forward(self, y, yhat): return -np.sum(y * np.log(yhat + self.eps)) / len(y)
    def backward(self, y, yhat): return -(y / (yhat + self.eps)) / len(y)

class Optim:
    def __init__(self, net, loss, eps=1e-2): self.net, self.loss, self.eps = net, loss, eps
    def step(self, x, y):
        self.net.zero_grad(); yhat = self.net(x)
        self.net.backward(self.loss.backward(y, yhat)); self.net.update_parameters(self.eps)
        return self.loss.forward(y, yhat)

@dataclass
class SGDConfig:
    batch_size: int = 32
    epochs: int = 10
    eps: float = 1e-2

def SGD(net, data, loss, config: SGDConfig = SGDConfig()):
    x, y = data; opt = Optim(net, loss, config.eps); out = []
    for _ in range(config.epochs):
        perm = np.random.permutation(len(x))
        out.append(np.mean([opt.step(x[perm[i:i + config.batch_size]], y[perm[i:i + config.batch_size]]) for i in range(0, len(x), config.batch_size)]))
    return out

def one_hot(y, n_classes): return (np.arange(n_classes) == np.asarray(y)[:, None]).astype(float)

class AutoEncoder(Sequential):
    def __init__(self, n_in, d=2, h1=100, h2=20):
        super().__init__(Linear(n_in, h1), TanH(), Linear(h1, h2), TanH(), Linear(h2, d), TanH(), Linear(d, h2), TanH(), Linear(h2, h1), TanH(), Linear(h1, n_in), Sigmoid())
    def encode(self, x):
        for m in list(self.modules.values())[:6]: x = m(x)
        return x
def add_noise(x, c): return np.random.normal(x, c)
