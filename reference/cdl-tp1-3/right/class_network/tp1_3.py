import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

X_np, y_np = make_moons(n_samples=200, noise=0.2, random_state=42)
X = torch.tensor(X_np, dtype=torch.float32)
y = torch.tensor(y_np, dtype=torch.long)

class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))
    def forward(self, x):
        return self.net(x)

def train_with_optimizer(optimizer_class, **kwargs):
    torch.manual_seed(42)
    model = SimpleMLP()
    optimizer = optimizer_class(model.parameters(), **kwargs)
    criterion = nn.CrossEntropyLoss()
    losses = []
    for epoch in range(500):
        optimizer.zero_grad()
        loss = criterion(model(X), y)
        loss.backward()
        optimizer.step()
        if epoch % 5 == 0:
            losses.append(loss.item())
    return losses

results = {}
for name, opt, params in [('SGD', torch.optim.SGD, {'lr': 0.1, 'momentum': 0.9}),
                          ('RMSprop', torch.optim.RMSprop, {'lr': 0.01}),
                          ('Adam', torch.optim.Adam, {'lr': 0.01})]:
    results[name] = train_with_optimizer(opt, **params)
plt.figure(figsize=(8, 5))
for name, l in results.items():
    plt.plot(np.arange(0, 500, 5), l, label=name)
plt.xlabel('Époque'); plt.ylabel('Loss'); plt.title('Optimiseurs'); plt.legend(); plt.grid(True)
plt.savefig('optim.png')

class ReseauManuel:
    def __init__(self, d, h, c):
        rng = np.random.default_rng(0)
        self.W1 = rng.standard_normal((d, h)); self.b1 = np.zeros(h)
        self.W2 = rng.standard_normal((h, c)); self.b2 = np.zeros(c)
    def forward(self, X):
        self.X = X
        self.Z1 = X @ self.W1 + self.b1
        self.A1 = np.maximum(self.Z1, 0)
        self.Z2 = self.A1 @ self.W2 + self.b2
        e = np.exp(self.Z2 - self.Z2.max(axis=1, keepdims=True))
        self.P = e / e.sum(axis=1, keepdims=True)
        return self.P
    def backward(self, y):
        n = len(y)
        dZ2 = self.P.copy(); dZ2[np.arange(n), y] -= 1; dZ2 /= n
        self.dW2 = self.A1.T @ dZ2; self.db2 = dZ2.sum(axis=0)
        dZ1 = (dZ2 @ self.W2.T) * (self.Z1 > 0)
        self.dW1 = self.X.T @ dZ1; self.db1 = dZ1.sum(axis=0)

reseau = ReseauManuel(2, 10, 2)
reseau.forward(X_np)
reseau.backward(y_np)

tW1 = torch.tensor(reseau.W1, requires_grad=True); tb1 = torch.tensor(reseau.b1, requires_grad=True)
tW2 = torch.tensor(reseau.W2, requires_grad=True); tb2 = torch.tensor(reseau.b2, requires_grad=True)
perte = nn.CrossEntropyLoss()(torch.relu(torch.tensor(X_np) @ tW1 + tb1) @ tW2 + tb2, y)
perte.backward()
print('Tableau des écarts')
for nom, a, b in [('W1', reseau.dW1, tW1), ('b1', reseau.db1, tb1), ('W2', reseau.dW2, tW2), ('b2', reseau.db2, tb2)]:
    print(nom.ljust(5), np.max(np.abs(a - b.grad.numpy())))
