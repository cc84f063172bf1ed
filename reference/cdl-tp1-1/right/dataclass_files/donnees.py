import numpy as np


def générer(écart: float, écart_type: float, n: int = 100, graine: int = 7):
    rng = np.random.default_rng(graine)
    y = rng.integers(0, 2, size=2 * n)
    X = rng.normal(0, écart_type, (2 * n, 2)) + écart * (2 * y[:, None] - 1)
    return X, y
