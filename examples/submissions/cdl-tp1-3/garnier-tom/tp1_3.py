import torch
import torch.nn as nn
import torch.optim as optim
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
X, y = make_moons(n_samples=500, noise=0.2, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
scaler = StandardScaler()
X_train = torch.tensor(scaler.fit_transform(X_train), dtype=torch.float32)
X_test = torch.tensor(scaler.transform(X_test), dtype=torch.float32)
y_train = torch.tensor(y_train, dtype=torch.long)
y_test = torch.tensor(y_test, dtype=torch.long)
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
        optimizer.zero_grad()
        out = model(X_train)
        loss = criterion(out, y_train)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
losses_sgd = train_with_optimizer(optim.SGD, lr=0.1, momentum=0.9)
losses_rms = train_with_optimizer(optim.RMSprop, lr=0.001)
losses_adam = train_with_optimizer(optim.Adam, lr=0.001)
epochs = list(range(500))
plt.figure(figsize=(10,6))
plt.plot(epochs, losses_sgd, label="SGD momentum")
plt.plot(epochs, losses_rms, label="RMSProp")
plt.plot(epochs, losses_adam, label="Adam")
plt.xlabel("Epoque"); plt.ylabel("Perte (CrossEntropy)")
plt.title("Comparaison"); plt.legend(); plt.grid(True)
plt.show()
torch.manual_seed(1)
n_hidden = 16
W1 = torch.randn(2, n_hidden, dtype=torch.float64, requires_grad=True)
b1 = torch.zeros(n_hidden, dtype=torch.float64, requires_grad=True)
W2 = torch.randn(n_hidden, 2, dtype=torch.float64, requires_grad=True)
b2 = torch.zeros(2, dtype=torch.float64, requires_grad=True)
Xb = X_train.double()[:64]
yb = y_train[:64]
# forward
z1 = Xb @ W1 + b1
a1 = torch.relu(z1)
z2 = a1 @ W2 + b2
loss = nn.functional.cross_entropy(z2, yb)
loss.backward()
with torch.no_grad():
    N = Xb.shape[0]
    probs = torch.softmax(z2, dim=1)
    Y = torch.zeros_like(probs)
    Y[torch.arange(N), yb] = 1
    dz2 = (probs - Y) / N
    dW2 = a1.T @ dz2
    db2 = dz2.sum(0)
    da1 = dz2 @ W2.T
    dz1 = da1 * (z1 > 0).double()
    dW1 = Xb.T @ dz1
    db1 = dz1.sum(0)
import pandas as pd
rows = []
for name, man, auto in [("W1", dW1, W1.grad), ("b1", db1, b1.grad), ("W2", dW2, W2.grad), ("b2", db2, b2.grad)]:
    rows.append([name, (man-auto).abs().max().item(), (man-auto).norm().item()/auto.norm().item()])
print(pd.DataFrame(rows, columns=["param", "ecart max", "ecart relatif"]))
