import numpy as np
from src.base import Loss, Module


class Softmax(Module):
    def forward(self, X):
        e = np.exp(X - np.max(X, axis=1).reshape(-1, 1))
        return e / np.sum(e, axis=1).reshape(-1, 1)

    def update_parameters(self, gradient_step=1e-3):
        pass

    def backward_delta(self, input, delta):
        s = self.forward(input)
        res = np.zeros_like(s)
        for i in range(len(s)):
            J = np.diag(s[i]) - np.outer(s[i], s[i])
            res[i] = J @ delta[i]
        return res


class EntropieCroisee(Loss):
    def forward(self, y, yhat):
        return -np.sum(y * np.log(yhat + 1e-10), axis=1)

    def backward(self, y, yhat):
        return -y / (yhat + 1e-10)


def codage_one_hot(y, nb_classes):
    res = np.zeros((len(y), nb_classes))
    for i, c in enumerate(y):
        res[i, c] = 1
    return res
