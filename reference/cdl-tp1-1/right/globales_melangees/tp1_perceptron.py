import numpy as np
import matplotlib.pyplot as plt

np.random.seed(1)
n = 50
X = np.concatenate([np.random.randn(n, 2) + [3, 3], np.random.randn(n, 2) - [2, 2]])
y = np.array([1] * n + [-1] * n)
ordre = np.random.permutation(2 * n)
X, y = X[ordre], y[ordre]
eta = 0.1
w = np.zeros(2)
b = 0
history = []
for epoque in range(15):
    erreurs = 0
    for i in range(len(X)):
        if y[i] * (np.dot(w, X[i]) + b) <= 0:
            w = w + eta * y[i] * X[i]
            b = b + eta * y[i]
            erreurs = erreurs + 1
    history.append(erreurs)
    if erreurs == 0:
        break
print(w, b, history)
# frontiere
xx, yy = np.meshgrid(
    np.arange(X[:, 0].min() - 1, X[:, 0].max() + 1, 0.05), np.arange(X[:, 1].min() - 1, X[:, 1].max() + 1, 0.05)
)
grille = np.c_[xx.ravel(), yy.ravel()]
Z = np.where(grille @ w + b >= 0, 1, -1).reshape(xx.shape)
plt.contourf(xx, yy, Z, alpha=0.4)
plt.scatter(X[:, 0], X[:, 1], c=y)
plt.title("perceptron")
plt.savefig("perceptron_frontiere.png")
plt.show()
plt.plot(history)
plt.show()
# experiences
historiques = []
for ecart in [1, 2, 4]:
    Xe = np.concatenate([np.random.randn(n, 2) + ecart, np.random.randn(n, 2) - ecart])
    ye = np.array([1] * n + [-1] * n)
    we = np.zeros(2)
    be = 0
    h = []
    for epoque in range(15):
        erreurs = 0
        for i in range(len(Xe)):
            if ye[i] * (np.dot(we, Xe[i]) + be) <= 0:
                we = we + eta * ye[i] * Xe[i]
                be = be + eta * ye[i]
                erreurs += 1
        h.append(erreurs)
        if erreurs == 0:
            break
    historiques.append(h)
    plt.plot(h, label="ecart " + str(ecart))
plt.legend()
plt.show()
