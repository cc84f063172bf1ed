import numpy as np
from .base import Module


class TanH(Module):
    def forward(self, X):
        return np.tanh(X)

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        return (1 - np.tanh(input) ** 2) * delta


class Sigmoide(Module):
    def forward(self, X):
        return 1 / (1 + np.exp(-X))

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        s = 1 / (1 + np.exp(-input))
        return s * (1 - s) * delta
