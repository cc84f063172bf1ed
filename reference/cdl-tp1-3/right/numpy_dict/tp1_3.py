"""TP 1.3"""
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

Xn, yn = make_moons(400, noise=0.15, random_state=3)
X_t = torch.from_numpy(Xn).float()
y_t = torch.from_numpy(yn)


class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))

    def forward(self, x):
        return self.net(x)


def train_with_optimizer(optimizer_class, epochs=500, seed=42, **kwargs):
    torch.manual_seed(seed)
    net = SimpleMLP()
    opt = optimizer_class(net.parameters(), **kwargs)
    crit = nn.CrossEntropyLoss()
    out = []
    for e in range(1, epochs + 1):
        opt.zero_grad()
        l = crit(net(X_t), y_t)
        l.backward()
        opt.step()
        if e % 5 == 0:
            out.append(l.item())
    return out


sgd = train_with_optimizer(optim.SGD, lr=0.1, momentum=0.9)
rms = train_with_optimizer(optim.RMSprop, lr=1e-3)
adam = train_with_optimizer(optim.Adam, lr=1e-3)
e = np.arange(5, 501, 5)
plt.figure()
plt.semilogy(e, sgd, label="SGD+momentum")
plt.semilogy(e, rms, label="RMSProp")
plt.semilogy(e, adam, label="Adam")
plt.legend()
plt.xlabel("Epochs")
plt.ylabel("Loss")
plt.savefig("comparaison.png")
plt.close()


def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    ez = np.exp(z)
    return ez / ez.sum(axis=1, keepdims=True)


def manual_gradients(X, y, W1, b1, W2, b2):
    n, k = X.shape[0], b2.shape[-1]
    h_pre = X.dot(W1) + b1
    h = np.maximum(0, h_pre)
    p = softmax(h.dot(W2) + b2)
    delta2 = (p - np.eye(k)[y]) / n
    delta1 = delta2.dot(W2.T)
    delta1[h_pre <= 0] = 0
    return {"dW1": X.T.dot(delta1), "db1": delta1.sum(0, keepdims=True), "dW2": h.T.dot(delta2), "db2": delta2.sum(0, keepdims=True)}


rng = np.random.default_rng(0)
W1 = rng.normal(size=(2, 10)) * 0.5
b1 = np.zeros((1, 10))
W2 = rng.normal(size=(10, 2)) * 0.5
b2 = np.zeros((1, 2))
grads = manual_gradients(Xn[:32], yn[:32], W1, b1, W2, b2)

tw1, tb1, tw2, tb2 = [torch.tensor(a, requires_grad=True) for a in (W1, b1, W2, b2)]
loss = nn.CrossEntropyLoss()(torch.relu(torch.tensor(Xn[:32]) @ tw1 + tb1) @ tw2 + tb2, y_t[:32])
loss.backward()
print("Paramètre | écart max")
for k, t in zip(["W1", "b1", "W2", "b2"], [tw1, tb1, tw2, tb2]):
    print(k, "|", np.abs(grads["d" + k] - t.grad.numpy()).max())
