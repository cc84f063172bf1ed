import random
import matplotlib.pyplot as plt

random.seed(1)


def points(cx, cy, sigma, n):
    return [[random.gauss(cx, sigma), random.gauss(cy, sigma)] for _ in range(n)]


def train_perceptron(X, y, eta=0.1, epochs=15):
    w = [0.0, 0.0]
    b = 0.0
    history = []
    epoch = 0
    fini = False
    while not fini and epoch < epochs:
        erreurs = 0
        for k in range(len(X)):
            s = w[0] * X[k][0] + w[1] * X[k][1] + b
            if s * y[k] <= 0:
                w[0] = w[0] + eta * y[k] * X[k][0]
                w[1] = w[1] + eta * y[k] * X[k][1]
                b = b + eta * y[k]
                erreurs = erreurs + 1
        history.append(erreurs)
        fini = erreurs == 0
        epoch = epoch + 1
    return w, b, history


def predict(x, w, b):
    return 1 if w[0] * x[0] + w[1] * x[1] + b > 0 else -1


X = points(2, 2, 1, 60) + points(-2, -2, 1, 60)
y = [1] * 60 + [-1] * 60
w, b, history = train_perceptron(X, y)

xs = [-6 + 0.1 * k for k in range(121)]
ys = [-5 + 0.1 * k for k in range(101)]
Z = [[predict((u, v), w, b) for u in xs] for v in ys]
plt.contourf(xs, ys, Z)
plt.scatter([p[0] for p in X], [p[1] for p in X], c=y, edgecolor="white")
plt.savefig("perceptron_frontiere.png")

historiques = []
for ecart in (0.2, 1, 2, 4):
    D = points(ecart, ecart, 1, 60) + points(-ecart, -ecart, 1, 60)
    historiques.append(train_perceptron(D, y, 0.1, 30)[2])
print(historiques)
