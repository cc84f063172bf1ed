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
            errors += 1
    history.append(errors)
    if errors == 0:
        break

xx, yy = np.meshgrid(np.linspace(X[:,0].min()-1, X[:,0].max()+1, 300), np.linspace(X[:,1].min()-1, X[:,1].max()+1, 300))
Z = np.sign(w[0]*xx + w[1]*yy + b)
plt.figure(figsize=(7,6))
plt.contourf(xx, yy, Z, alpha=0.3, cmap="bwr")
plt.scatter(X[y==1][:,0], X[y==1][:,1], c="r", label="+1")
plt.scatter(X[y==-1][:,0], X[y==-1][:,1], c="b", label="-1")
plt.legend(); plt.title("Frontiere")
plt.savefig("perceptron_frontiere.png")
plt.show()
plt.figure(); plt.plot(history, marker="o"); plt.xlabel("epoque"); plt.ylabel("erreurs"); plt.show()

# experiences
for loc, scale in [(2.0, 1.0), (1.0, 1.0), (3.0, 0.5), (1.0, 2.0)]:
    Xp = rng.normal(loc=loc, scale=scale, size=(n, 2)); Xn = rng.normal(loc=-loc, scale=scale, size=(n, 2))
    Xe = np.vstack([Xp, Xn]); ye = np.concatenate([np.ones(n), -np.ones(n)])
    we, be, he = np.zeros(2), 0.0, []
    for epoch in range(15):
        e = 0
        for xi, yi in zip(Xe, ye):
            if yi * (we @ xi + be) <= 0:
                we += eta * yi * xi; be += eta * yi; e += 1
        he.append(e)
        if e == 0: break
    print(f"loc={loc} scale={scale} -> {he}")
