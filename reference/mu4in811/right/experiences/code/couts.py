"""Les coûts."""
import numpy as np


class Loss:
    def forward(self, y, yhat):
        raise NotImplementedError

    def backward_loss(self, y, yhat):
        raise NotImplementedError


class MSELoss(Loss):
    def forward(self, y, yhat):
        assert y.shape == yhat.shape
        return ((y - yhat) ** 2).sum(axis=1)

    def backward_loss(self, y, yhat):
        assert y.shape == yhat.shape
        return 2 * (yhat - y) / len(y)


class SMCELoss(Loss):
    """Le softmax est dans le coût ; y en one-hot."""

    def forward(self, y, yhat):
        m = yhat.max(axis=1)
        return m + np.log(np.exp(yhat - m[:, None]).sum(axis=1)) - (y * yhat).sum(axis=1)

    def backward_loss(self, y, yhat):
        e = np.exp(yhat - yhat.max(axis=1, keepdims=True))
        return (e / e.sum(axis=1, keepdims=True) - y) / len(y)
