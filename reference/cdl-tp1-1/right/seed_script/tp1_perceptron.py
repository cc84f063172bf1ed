import numpy as np
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
n = 100
X_pos = rng.normal(loc=2.0, scale=1.0, size=(n, 2))
X_neg = rng.normal(loc=-2.0, scale=1.0, size=(n, 2))
X = np.vstack([X_pos, X_neg])
y = np.concatenate([np.ones(n), -np.ones(n)])
perm = rng.permutation(len(X))
X, y = X[perm], y[perm]

w = np.zeros(2)
b = 0.0
eta = 0.1
history = []
for epoch in range(15):
    errors = 0
    for xi, yi in zip(X, y):
        score = np.dot(w, xi) + b
        if yi * score <= 0:
            w += eta * yi * xi
            b += eta * yi
            errors += 1
    history.append(errors)
    if errors == 0:
        break

print("w =", w, "b =", b)
print("history =", history)

xx, yy = np.meshgrid(np.linspace(-6, 6, 300), np.linspace(-6, 6, 300))
grid = np.c_[xx.ravel(), yy.ravel()]
Z = np.sign(grid @ w + b)
Z = Z.reshape(xx.shape)
plt.figure(figsize=(8, 6))
plt.contourf(xx, yy, Z, alpha=0.3, cmap=plt.cm.coolwarm)
plt.contour(xx, yy, Z, levels=[0], colors="k")
plt.scatter(X_pos[:, 0], X_pos[:, 1], c="red", label="+1")
plt.scatter(X_neg[:, 0], X_neg[:, 1], c="blue", label="-1")
plt.legend()
plt.title("Frontiere de decision du perceptron")
plt.savefig("perceptron_frontiere.png")
plt.show()

# experiences
resultats = {}
for dist in [0.5, 1.0, 3.0]:
    for sigma in [0.5, 1.5]:
        Xp = rng.normal(loc=dist, scale=sigma, size=(n, 2))
        Xm = rng.normal(loc=-dist, scale=sigma, size=(n, 2))
        Xe = np.vstack([Xp, Xm])
        ye = np.concatenate([np.ones(n), -np.ones(n)])
        we, be, he = np.zeros(2), 0.0, []
        for epoch in range(15):
            err = 0
            for xi, yi in zip(Xe, ye):
                if yi * (we @ xi + be) <= 0:
                    we += eta * yi * xi
                    be += eta * yi
                    err += 1
            he.append(err)
            if err == 0:
                break
        resultats[(dist, sigma)] = he
print(resultats)
