import numpy as np

from .losses import MSELoss


class Optim:
    def __init__(self, net, loss, eps):
        self.net, self.loss, self.eps = net, loss, eps

    def step(self, batch_x, batch_y):
        yhat = self.net.forward(batch_x)
        self.net.zero_grad()
        self.net.backward_update_gradient(batch_x, self.loss.backward(batch_y, yhat))
        self.net.update_parameters(self.eps)
        return self.loss.forward(batch_y, yhat).mean()


class Trainer:
    """La descente de gradient stochastique."""

    def __init__(self, net, loss=None, lr=1e-2, batch_size=32):
        self.net, self.batch_size = net, batch_size
        self.optim = Optim(net, loss or MSELoss(), lr)
        self.history = []

    def train_epoch(self, X, y):
        order = np.random.permutation(len(X))
        for start in range(0, len(X), self.batch_size):
            chosen = order[start:start + self.batch_size]
            self.history.append(self.optim.step(X[chosen], y[chosen]))

    def fit(self, X, y, epochs=10):
        for _ in range(epochs):
            self.train_epoch(X, y)
        return self.history
