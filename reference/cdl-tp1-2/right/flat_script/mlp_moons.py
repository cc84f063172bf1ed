# TP 1.2, tout à la suite
import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from torch.utils.data import DataLoader, TensorDataset

X, y = make_moons(n_samples=500, noise=0.35, random_state=3)
X_app, X_val, y_app, y_val = train_test_split(X, y, train_size=100, random_state=3)
X_app = torch.tensor(X_app, dtype=torch.float32)
X_val = torch.tensor(X_val, dtype=torch.float32)
y_app, y_val = torch.from_numpy(y_app).long(), torch.from_numpy(y_val).long()
lots = DataLoader(TensorDataset(X_app, y_app), batch_size=25, shuffle=True)


class Reseau(nn.Module):
    def __init__(self, couches, p=0.0):
        super().__init__()
        tailles = [2] + list(couches)
        blocs = []
        for n, m in zip(tailles[:-1], tailles[1:]):
            blocs.append(nn.Linear(n, m))
            blocs.append(nn.ReLU())
            if p > 0:
                blocs.append(nn.Dropout(p))
        self.blocs = nn.Sequential(*blocs)
        self.sortie = nn.Linear(tailles[-1], 2)

    def forward(self, x):
        return self.sortie(self.blocs(x))


xx, yy = np.meshgrid(np.linspace(-2, 3, 120), np.linspace(-1.5, 2, 120))
grille = torch.tensor(np.c_[xx.ravel(), yy.ravel()], dtype=torch.float32)
critere = nn.CrossEntropyLoss()

# 1. réseau simple
torch.manual_seed(0)
reseau_simple = Reseau([2])
opt = torch.optim.Adam(reseau_simple.parameters(), lr=0.01)
pertes_app1, pertes_val1, exact_app1, exact_val1 = [], [], [], []
for epoque in range(150):
    reseau_simple.train()
    for xb, yb in lots:
        opt.zero_grad()
        perte = critere(reseau_simple(xb), yb)
        perte.backward()
        opt.step()
    reseau_simple.eval()
    with torch.no_grad():
        s_app, s_val = reseau_simple(X_app), reseau_simple(X_val)
    pertes_app1.append(critere(s_app, y_app).item())
    pertes_val1.append(critere(s_val, y_val).item())
    exact_app1.append((s_app.argmax(1) == y_app).float().mean().item())
    exact_val1.append((s_val.argmax(1) == y_val).float().mean().item())

# 2. réseau profond
torch.manual_seed(0)
reseau_profond = Reseau([100, 100, 100])
opt = torch.optim.Adam(reseau_profond.parameters(), lr=0.01)
pertes_app2, pertes_val2, exact_app2, exact_val2 = [], [], [], []
for epoque in range(150):
    reseau_profond.train()
    for xb, yb in lots:
        opt.zero_grad()
        perte = critere(reseau_profond(xb), yb)
        perte.backward()
        opt.step()
    reseau_profond.eval()
    with torch.no_grad():
        s_app, s_val = reseau_profond(X_app), reseau_profond(X_val)
    pertes_app2.append(critere(s_app, y_app).item())
    pertes_val2.append(critere(s_val, y_val).item())
    exact_app2.append((s_app.argmax(1) == y_app).float().mean().item())
    exact_val2.append((s_val.argmax(1) == y_val).float().mean().item())

# 3. réseau profond avec dropout
torch.manual_seed(0)
reseau_dropout = Reseau([100, 100, 100], p=0.5)
opt = torch.optim.Adam(reseau_dropout.parameters(), lr=0.01)
pertes_app3, pertes_val3, exact_app3, exact_val3 = [], [], [], []
for epoque in range(150):
    reseau_dropout.train()
    for xb, yb in lots:
        opt.zero_grad()
        perte = critere(reseau_dropout(xb), yb)
        perte.backward()
        opt.step()
    reseau_dropout.eval()
    with torch.no_grad():
        s_app, s_val = reseau_dropout(X_app), reseau_dropout(X_val)
    pertes_app3.append(critere(s_app, y_app).item())
    pertes_val3.append(critere(s_val, y_val).item())
    exact_app3.append((s_app.argmax(1) == y_app).float().mean().item())
    exact_val3.append((s_val.argmax(1) == y_val).float().mean().item())

fig, axes = plt.subplots(2, 3, figsize=(14, 8))
axes[0, 0].plot(pertes_app1, label="apprentissage")
axes[0, 0].plot(pertes_val1, label="validation")
axes[0, 1].plot(pertes_app2, label="apprentissage")
axes[0, 1].plot(pertes_val2, label="validation")
axes[0, 2].plot(pertes_app3, label="apprentissage")
axes[0, 2].plot(pertes_val3, label="validation")
for i in range(3):
    axes[0, i].set_xlabel("époque")
    axes[0, i].set_ylabel("perte")
    axes[0, i].legend()
for ax, reseau in zip(axes[1], (reseau_simple, reseau_profond, reseau_dropout)):
    with torch.no_grad():
        z = reseau(grille).argmax(1).numpy().reshape(xx.shape)
    ax.contourf(xx, yy, z, alpha=0.4)
    ax.scatter(X_val[:, 0], X_val[:, 1], c=y_val, s=8)
plt.savefig("comparaison.png")
# biais : le réseau simple ; variance : le profond ; le dropout réduit l'écart
