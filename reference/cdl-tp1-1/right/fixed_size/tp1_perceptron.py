# Prática 1: perceptron
import numpy as np
import matplotlib.pyplot as plt

np.random.seed(0)
nuvem1 = np.random.randn(50, 2) + 3
nuvem2 = np.random.randn(50, 2) - 3
X = np.concatenate((nuvem1, nuvem2))
y = np.ones((100, 1))
y[50:] = -1

# adiciono uma coluna de 1 para o vies
Xa = np.hstack((X, np.ones((100, 1))))
theta = np.zeros((3, 1))
eta = 0.1
history = []
for epoca in range(15):
    erros = 0
    for i in range(100):
        xi = Xa[i:i+1, :].T
        s = np.dot(theta.T, xi)
        if y[i, 0] * s[0, 0] <= 0:
            theta = theta + eta * y[i, 0] * xi
            erros = erros + 1
    history.append(erros)
    if erros == 0:
        break
w = theta[:2, 0]
b = theta[2, 0]
print(w, b, history)

# fronteira
x1 = np.linspace(X[:, 0].min() - 1, X[:, 0].max() + 1, 150)
x2 = np.linspace(X[:, 1].min() - 1, X[:, 1].max() + 1, 120)
XX, YY = np.meshgrid(x1, x2)
Z = np.zeros(XX.shape)
for i in range(XX.shape[0]):
    for j in range(XX.shape[1]):
        if XX[i, j] * w[0] + YY[i, j] * w[1] + b > 0:
            Z[i, j] = 1
        else:
            Z[i, j] = -1
plt.contourf(XX, YY, Z, alpha=0.4)
plt.plot(nuvem1[:, 0], nuvem1[:, 1], "bo")
plt.plot(nuvem2[:, 0], nuvem2[:, 1], "r^")
plt.savefig("perceptron_frontiere.png")
plt.show()

# experiencia 2 : nuvens mais perto
nuvem1 = np.random.randn(50, 2) + 1
nuvem2 = np.random.randn(50, 2) - 1
X2 = np.concatenate((nuvem1, nuvem2))
X2a = np.hstack((X2, np.ones((100, 1))))
theta2 = np.zeros((3, 1))
history2 = []
for epoca in range(15):
    erros = 0
    for i in range(100):
        xi = X2a[i:i+1, :].T
        s = np.dot(theta2.T, xi)
        if y[i, 0] * s[0, 0] <= 0:
            theta2 = theta2 + eta * y[i, 0] * xi
            erros = erros + 1
    history2.append(erros)
    if erros == 0:
        break
print(history2)

# experiencia 3 : variancia maior
nuvem1 = 3 * np.random.randn(50, 2) + 3
nuvem2 = 3 * np.random.randn(50, 2) - 3
X3 = np.concatenate((nuvem1, nuvem2))
X3a = np.hstack((X3, np.ones((100, 1))))
theta3 = np.zeros((3, 1))
history3 = []
for epoca in range(15):
    erros = 0
    for i in range(100):
        xi = X3a[i:i+1, :].T
        s = np.dot(theta3.T, xi)
        if y[i, 0] * s[0, 0] <= 0:
            theta3 = theta3 + eta * y[i, 0] * xi
            erros = erros + 1
    history3.append(erros)
    if erros == 0:
        break
print(history3)
