import random

def generer(ecart, variance, n=60, graine=1):
    """Renvoie un couple (X, y) sous forme de listes."""
    random.seed(graine)
    s = variance ** 0.5
    X, y = [], []
    for _ in range(n):
        X.append([random.gauss(ecart, s), random.gauss(ecart, s)]); y.append(1)
        X.append([random.gauss(-ecart, s), random.gauss(-ecart, s)]); y.append(-1)
    return X, y
