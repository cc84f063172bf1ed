import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        layers = []
        in_dim = 2
        for hidden_dim in hidden_layers:
            layers.append(nn.Linear(in_dim, hidden_dim))
            layers.append(nn.ReLU())
            if dropout_p > 0:
                layers.append(nn.Dropout(p=dropout_p))
            in_dim = hidden_dim
        layers.append(nn.Linear(in_dim, 2))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

from torch.utils.data import DataLoader, TensorDataset
def evaluate(model, X, y, criterion):
    model.eval()
    with torch.no_grad():
        out = model(X)
        return criterion(out, y).item(), 100.0 * (out.argmax(1) == y).sum().item() / len(y)

def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=100, lr=1e-2, batch_size=32):
    loader = DataLoader(TensorDataset(X_train, y_train), batch_size=batch_size, shuffle=True)
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history = {"train_loss": [], "val_loss": [], "train_acc": [], "val_acc": []}
    for epoch in range(epochs):
        model.train()
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = criterion(model(xb), yb)
            loss.backward()
            optimizer.step()
        tl, ta = evaluate(model, X_train, y_train, criterion)
        vl, va = evaluate(model, X_val, y_val, criterion)
        history["train_loss"].append(tl); history["train_acc"].append(ta)
        history["val_loss"].append(vl); history["val_acc"].append(va)
        if (epoch + 1) % 50 == 0:
            print(f"Epoch {epoch+1}/{epochs} - loss {tl:.3f} - val {vl:.3f}")
    return history

torch.manual_seed(0); np.random.seed(0)
X, y = make_moons(n_samples=200, noise=0.3, random_state=42)
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.5, random_state=42)
X_train = torch.FloatTensor(X_train); X_val = torch.FloatTensor(X_val)
y_train = torch.LongTensor(y_train); y_val = torch.LongTensor(y_val)
if True:
    fig, axes = plt.subplots(3, 2, figsize=(12, 14))
    for i, (nom, hidden, p) in enumerate([("Simple", [3], 0.0), ("Profond", [64, 64, 64, 64], 0.0), ("Dropout", [64, 64, 64, 64], 0.4)]):
        torch.manual_seed(1)
        model = MLP(hidden, dropout_p=p)
        h = train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=150, lr=0.005)
        ax = axes[i, 0]
        ax.plot(h["train_loss"], label="train"); ax.plot(h["val_loss"], label="val"); ax.legend(); ax.set_title(nom); ax.set_xlabel("époque"); ax.set_ylabel("perte")
        ax = axes[i, 1]
        xx, yy = np.meshgrid(np.arange(-2, 3, 0.05), np.arange(-1.5, 2, 0.05))
        model.eval()
        with torch.no_grad():
            zz = torch.softmax(model(torch.from_numpy(np.c_[xx.ravel(), yy.ravel()]).float()), 1)[:, 1].reshape(xx.shape)
        ax.contourf(xx, yy, zz, levels=20, cmap="RdBu")
        ax.scatter(X_val[:, 0], X_val[:, 1], c=y_val, cmap="bwr", s=10)
    plt.tight_layout()
    plt.savefig("experiences.png")