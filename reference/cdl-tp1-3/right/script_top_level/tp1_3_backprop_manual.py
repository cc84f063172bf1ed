import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

torch.manual_seed(0)
np.random.seed(0)
X, y = make_moons(n_samples=500, noise=0.2, random_state=42)
X = StandardScaler().fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=42)
X_train = torch.tensor(X_train, dtype=torch.float32)
y_train = torch.tensor(y_train, dtype=torch.long)


class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(2, 32),
            nn.ReLU(),
            nn.Linear(32, 32),
            nn.ReLU(),
            nn.Linear(32, 2)
        )

    def forward(self, x):
        return self.net(x)


def train_with_optimizer(optimizer_class, **kwargs):
    torch.manual_seed(0)
    model = SimpleMLP()
    criterion = nn.CrossEntropyLoss()
    optimizer = optimizer_class(model.parameters(), **kwargs)
    losses = []
    for epoch in range(500):
        model.train()
        outputs = model(X_train)
        loss = criterion(outputs, y_train)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch % 5 == 0:
            losses.append(loss.detach())
    return losses


losses_sgd = train_with_optimizer(optim.SGD, lr=0.1, momentum=0.9)
losses_rms = train_with_optimizer(optim.RMSprop, lr=0.01)
losses_adam = train_with_optimizer(optim.Adam, lr=0.01)

plt.plot(losses_sgd, label='SGD')
plt.plot(losses_rms, label='RMSProp')
plt.plot(losses_adam, label='Adam')
plt.title("Comparaison")
plt.xlabel("Époques (x5)")
plt.ylabel("Perte")
plt.legend()
plt.show()

# Retropropagation
N, D, H, C = 16, 2, 8, 2
Xb = X_train[:N]
yb = y_train[:N]
W1 = torch.randn(D, H, requires_grad=True)
b1 = torch.zeros(H, requires_grad=True)
W2 = torch.randn(H, C, requires_grad=True)
b2 = torch.zeros(C, requires_grad=True)

z1 = Xb @ W1 + b1
a1 = F.relu(z1)
z2 = a1 @ W2 + b2
loss = F.cross_entropy(z2, yb)
loss.backward()

with torch.no_grad():
    probs = F.softmax(z2, dim=1)
    y_onehot = F.one_hot(yb, num_classes=C).float()
    dz2 = (probs - y_onehot) / N
    dW2 = a1.t() @ dz2
    db2 = dz2.sum(dim=0)
    da1 = dz2 @ W2.t()
    dz1 = da1.clone()
    dz1[z1 <= 0] = 0
    dW1 = Xb.t() @ dz1
    db1 = dz1.sum(dim=0)

print("Ecart max W1 :", (dW1 - W1.grad).abs().max().item())
print("Ecart max b1 :", (db1 - b1.grad).abs().max().item())
print("Ecart max W2 :", (dW2 - W2.grad).abs().max().item())
print("Ecart max b2 :", (db2 - b2.grad).abs().max().item())
