import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
import matplotlib.pyplot as plt
from torch.utils.data import DataLoader, TensorDataset
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

torch.manual_seed(42)


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


def train_and_evaluate(model, train_loader, val_loader, n_epochs=100, lr=0.01):
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=lr)
    train_losses, val_losses, train_accs, val_accs = [], [], [], []
    for epoch in range(n_epochs):
        model.train()
        running, correct, total = 0.0, 0, 0
        for xb, yb in train_loader:
            optimizer.zero_grad()
            out = model(xb)
            loss = criterion(out, yb)
            loss.backward()
            optimizer.step()
            running += loss.item() * xb.size(0)
            correct += (out.argmax(1) == yb).sum().item()
            total += yb.size(0)
        train_losses.append(running / total)
        train_accs.append(correct / total)
        model.eval()
        running, correct, total = 0.0, 0, 0
        with torch.no_grad():
            for xb, yb in val_loader:
                out = model(xb)
                running += criterion(out, yb).item() * xb.size(0)
                correct += (out.argmax(1) == yb).sum().item()
                total += yb.size(0)
        val_losses.append(running / total)
        val_accs.append(correct / total)
    return train_losses, val_losses, train_accs, val_accs


def plot_curves(train_losses, val_losses, title):
    plt.figure()
    plt.plot(train_losses, label="Train")
    plt.plot(val_losses, label="Validation")
    plt.xlabel("Epoch")
    plt.ylabel("Loss")
    plt.title(title)
    plt.legend()
    plt.show()


def plot_decision_boundary(model, X, y, title):
    x_min, x_max = X[:, 0].min() - 0.5, X[:, 0].max() + 0.5
    y_min, y_max = X[:, 1].min() - 0.5, X[:, 1].max() + 0.5
    xx, yy = np.meshgrid(np.arange(x_min, x_max, 0.05), np.arange(y_min, y_max, 0.05))
    grid = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=torch.float32)
    model.eval()
    with torch.no_grad():
        Z = model(grid).argmax(1).numpy().reshape(xx.shape)
    plt.figure()
    plt.contourf(xx, yy, Z, alpha=0.4, cmap="RdBu")
    plt.scatter(X[:, 0], X[:, 1], c=y, cmap="RdBu", edgecolors="k")
    plt.title(title)
    plt.show()


if __name__ == "__main__":
    X, y = make_moons(n_samples=400, noise=0.35, random_state=42)
    X_tr, X_va, y_tr, y_va = train_test_split(X, y, test_size=0.8, random_state=42)
    train_dl = DataLoader(TensorDataset(torch.tensor(X_tr, dtype=torch.float32), torch.tensor(y_tr)), batch_size=40, shuffle=True)
    val_dl = DataLoader(TensorDataset(torch.tensor(X_va, dtype=torch.float32), torch.tensor(y_va)), batch_size=160)
    for title, hidden, p in [("Simple", [2], 0.0), ("Profond", [64, 64, 64], 0.0), ("Profond + dropout", [64, 64, 64], 0.5)]:
        model = MLP(hidden, p)
        tl, vl, ta, va = train_and_evaluate(model, train_dl, val_dl, 150, 0.01)
        print(title, ta[-1], va[-1])
        plot_curves(tl, vl, title)
        plot_decision_boundary(model, X_va, y_va, title)
