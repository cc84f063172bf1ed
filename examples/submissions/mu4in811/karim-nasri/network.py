import numpy as np
from layers import Linear, Sigmoid, TanH


class Sequentiel:
    def __init__(self):
        self.modules = []

    def add(self, module):
        self.modules.append(module)
        return self

    def forward(self, X):
        self.entrees = []
        for module in self.modules:
            self.entrees.append(X)
            X = module.forward(X)
        return X

    def backward(self, delta):
        for module, entree in zip(self.modules[::-1], self.entrees[::-1]):
            module.backward_update_gradient(entree, delta)
            delta = module.backward_delta(entree, delta)
        return delta

    def zero_grad(self):
        for module in self.modules:
            module.zero_grad()

    def update_parameters(self, eps):
        for module in self.modules:
            module.update_parameters(eps)


class Optim:
    def __init__(self, net, loss, eps):
        self.net, self.loss, self.eps = net, loss(), eps

    def step(self, batch_x, batch_y):
        out = self.net.forward(batch_x)
        self.net.zero_grad()
        self.net.backward(self.loss.backward(batch_y, out))
        self.net.update_parameters(self.eps)
        return self.loss.forward(batch_y, out)

    def SGD(self, X, Y, batch_size, epochs):
        losses = []
        n = X.shape[0]
        for _ in range(epochs):
            p = np.random.permutation(n)
            X, Y = X[p], Y[p]
            for k in range(0, n - batch_size + 1, batch_size):
                losses.append(self.step(X[k:k + batch_size], Y[k:k + batch_size]))
        return losses


def make_autoencoder(n_in, d=2):
    net = Sequentiel()
    sizes = [n_in, max(n_in // 2, 10), max(n_in // 5, 6), d]
    for a, b in zip(sizes[:-1], sizes[1:]):
        net.add(Linear(a, b))
        net.add(TanH())
    sizes.reverse()
    for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:])):
        net.add(Linear(a, b))
        net.add(Sigmoid() if i == 2 else TanH())
    return net


def add_noise(data, scale):
    rng = np.random.default_rng()
    return data + rng.normal(0.0, scale, size=data.shape)
