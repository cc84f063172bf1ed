import numpy as np
from src.base import Loss, Module


class MSELoss(Loss):
    def forward(self, y, yhat):
        if y.ndim == 1:
            y = y.reshape(-1, 1)
        return np.linalg.norm(y - yhat, axis=1) ** 2

    def backward(self, y, yhat):
        if y.ndim == 1:
            y = y.reshape(-1, 1)
        return -2 * (y - yhat)


class Linear(Module):
    def __init__(self, input, output):
        super().__init__()
        self.input, self.output = input, output
        self._parameters = 2 * (np.random.rand(input, output) - 0.5)
        self._biais = np.random.random((1, output)) - 0.5
        self.zero_grad()

    def zero_grad(self):
        self._gradient = np.zeros((self.input, self.output))
        self._gradient_biais = np.zeros((1, self.output))

    def forward(self, X):
        assert X.shape[1] == self.input
        return np.dot(X, self._parameters) + self._biais

    def update_parameters(self, gradient_step=1e-3):
        self._parameters -= gradient_step * self._gradient
        self._biais -= gradient_step * self._gradient_biais

    def backward_update_gradient(self, input, delta):
        self._gradient += np.dot(input.T, delta)
        self._gradient_biais += np.sum(delta, axis=0)

    def backward_delta(self, input, delta):
        return np.dot(delta, self._parameters.T)
