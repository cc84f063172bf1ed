import numpy as np
import matplotlib.pyplot as plt
N = 75
rng = np.random.default_rng(5)
X = rng.normal(size=(2*N, 2))
y = np.ones(2*N)
y[N:] *= -1
X[:N] += 2.5
X[N:] -= 2.5
X = np.column_stack([np.ones(150), X])
eta = 0.1
w = np.zeros(3)
history = []
epoque = 0
continuer = True
while continuer and epoque < 20:
    fautes = 0
    for i in range(150):
        if y[i] * (w @ X[i]) <= 0:
            w += eta * y[i] * X[i]
            fautes += 1
    history += [fautes]
    epoque += 1
    if fautes == 0:
        continuer = False
print(w, history)
a, b_ = np.meshgrid(np.arange(-6, 6, .05), np.arange(-6, 6, .05))
plt.contourf(a, b_, np.sign(w[0] + w[1] * a + w[2] * b_), alpha=.3)
for i in range(150):
    if y[i] == 1:
        plt.plot(X[i, 1], X[i, 2], "b.")
    else:
        plt.plot(X[i, 1], X[i, 2], "r.")
plt.savefig("perceptron_frontiere.png")
resultats = {}
for ecart in [0.5, 1, 4]:
    Xe = rng.normal(size=(150, 2)) + ecart * y[:, None]
    Xe = np.column_stack([np.ones(150), Xe])
    we = np.zeros(3)
    he = []
    for e in range(20):
        f = 0
        for i in range(150):
            if y[i] * (we @ Xe[i]) <= 0:
                we += eta * y[i] * Xe[i]
                f += 1
        he.append(f)
        if f == 0: break
    resultats[ecart] = he
print(resultats)
