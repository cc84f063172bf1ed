# TP1.2
import torch
import torch.nn as nn
import torch.nn.functional as F
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

Xt, yt = make_moons(80, noise=0.35, random_state=3)
Xv, yv = make_moons(300, noise=0.35, random_state=4)
Xt = torch.FloatTensor(Xt)
yt = torch.LongTensor(yt)
Xv = torch.FloatTensor(Xv)
yv = torch.LongTensor(yv)

class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0):
        super(MLP, self).__init__()
        self.couches = nn.ModuleList()
        self.p = dropout_p
        entree = 2
        for h in hidden_layers:
            self.couches.append(nn.Linear(entree, h))
            entree = h
        self.sortie = nn.Linear(entree, 2)
    def forward(self, x):
        for c in self.couches:
            x = F.relu(c(x))
            if self.p > 0:
                x = F.dropout(x, self.p, self.training)
        return self.sortie(x)

batches = []
for i in range(0, 80, 20):
    batches.append((Xt[i:i+20], yt[i:i+20]))

titres = ["simple", "profond", "profond + dropout"]
reseaux = [MLP([2]), MLP([64, 64, 64]), MLP([64, 64, 64], 0.5)]
critere = nn.CrossEntropyLoss()
fig, axes = plt.subplots(3, 2, figsize=(10, 12))
for n in range(3):
    model = reseaux[n]
    optim = torch.optim.Adam(model.parameters(), lr=0.01)
    train_loss = []
    val_loss = []
    train_acc = []
    val_acc = []
    for epoch in range(200):
        model.train()
        for i in range(len(batches)):
            xb, yb = batches[i]
            optim.zero_grad()
            out = model(xb)
            loss = critere(out, yb)
            loss.backward()
            optim.step()
        model.eval()
        with torch.no_grad():
            out = model(Xt)
            train_loss.append(critere(out, yt).item())
            train_acc.append((out.argmax(1) == yt).float().mean().item())
            out = model(Xv)
            val_loss.append(critere(out, yv).item())
            val_acc.append((out.argmax(1) == yv).float().mean().item())
    print(titres[n], train_acc[-1], val_acc[-1])
    axes[n][0].plot(train_loss, label="train")
    axes[n][0].plot(val_loss, label="val")
    axes[n][0].legend()
    axes[n][0].set_title(titres[n])
    xx, yy = np.meshgrid(np.linspace(-2, 3, 100), np.linspace(-1.5, 2, 100))
    g = torch.FloatTensor(np.array([xx.flatten(), yy.flatten()]).T)
    with torch.no_grad():
        zz = model(g).argmax(1).numpy().reshape(100, 100)
    axes[n][1].contourf(xx, yy, zz, alpha=0.3)
    axes[n][1].scatter(Xv[:, 0], Xv[:, 1], c=yv, s=5)
plt.savefig("exp.png")
plt.show()
