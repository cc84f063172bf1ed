import numpy as np
import matplotlib.pyplot as plt

np.random.seed(0)
n = 100


def donnees(mu, sigma):
    A = np.random.normal(mu, sigma, (n, 2))
    B = np.random.normal(-mu, sigma, (n, 2))
    return np.vstack([A, B]), np.r_[np.ones(n), -np.ones(n)]


def perceptron(X, y, alpha=0.1, max_epochs=50):
    Xb = np.hstack([X, np.ones((X.shape[0], 1))])
    theta = np.zeros(Xb.shape[1])
    erreurs = []
    for _ in range(max_epochs):
        nb = 0
        for x_i, y_i in zip(Xb, y):
            if np.sign(theta @ x_i) != y_i:
                theta = theta + alpha * y_i * x_i
                nb += 1
        erreurs.append(nb)
        if nb == 0:
            return theta, erreurs
    return theta, erreurs


X, y = donnees(2, 1)
theta, erreurs = perceptron(X, y)
xx, yy = np.mgrid[-6:6:200j, -6:6:200j]
zz = theta[0] * xx + theta[1] * yy + theta[2]
plt.contourf(xx, yy, zz, levels=30, cmap="seismic", vmin=-abs(zz).max(), vmax=abs(zz).max())
plt.colorbar()
plt.plot(X[y > 0, 0], X[y > 0, 1], "ko", X[y < 0, 0], X[y < 0, 1], "k^")
plt.savefig("perceptron_frontiere.pdf")
plt.close()

fig, ax = plt.subplots()
for s in (0.5, 1, 2):
    ax.plot(perceptron(*donnees(2, s))[1], label=f"sigma={s}")
ax.legend()
fig.savefig("erreurs.png")
