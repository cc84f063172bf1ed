import numpy as np


class CoutMSE:
    def forward(self, cible, prediction):
        assert cible.shape == prediction.shape, "formes differentes"
        return ((cible - prediction) ** 2).mean(axis=1)

    def backward(self, cible, prediction):
        return 2 * (prediction - cible) / prediction.shape[1]


class EntropieCroisee:
    """cible : numeros de classes (n,) ou (n, 1)."""

    def forward(self, cible, prediction):
        c = np.asarray(cible).astype(int).ravel()
        return -np.log(np.clip(prediction[np.arange(c.size), c], 1e-20, None))

    def backward(self, cible, prediction):
        c = np.asarray(cible).astype(int).ravel()
        d = np.zeros_like(prediction)
        d[np.arange(c.size), c] = -1 / np.clip(prediction[np.arange(c.size), c], 1e-20, None)
        return d
