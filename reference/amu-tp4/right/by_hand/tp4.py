# -*- coding: utf-8 -*-
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import datasets, transforms
from torch.utils.data import DataLoader, Dataset, Subset
import os
import random
from PIL import Image


def mnist(batch_size=64):
    t = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    a = datasets.MNIST('data', train=True, download=True, transform=t)
    b = datasets.MNIST('data', train=False, transform=t)
    return DataLoader(a, batch_size=batch_size, shuffle=True), DataLoader(b, batch_size=batch_size, shuffle=False)


class Multinomiale(nn.Module):
    def __init__(self):
        super().__init__()
        self.W = nn.Parameter(torch.randn(784, 10) * 0.01)
        self.b = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        return x.reshape(-1, 784) @ self.W + self.b


class CNN1(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(1, 32, 3)
        self.d = nn.Linear(5408, 10)

    def forward(self, x):
        h = F.max_pool2d(torch.relu(self.c(x)), 2, 2)
        return self.d(h.reshape(len(h), -1))


class CNN2(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 32, 3)
        self.c2 = nn.Conv2d(32, 64, 3)
        self.d1 = nn.Linear(1600, 128)
        self.d2 = nn.Linear(128, 10)

    def forward(self, x):
        h = F.max_pool2d(torch.relu(self.c1(x)), 2, 2)
        h = F.max_pool2d(torch.relu(self.c2(h)), 2, 2)
        h = torch.relu(self.d1(h.reshape(len(h), -1)))
        return self.d2(h)


def evaluer(modele, loader):
    modele.eval()
    n = ok = 0
    for x, y in loader:
        with torch.no_grad():
            ok += int((modele(x).max(1)[1] == y).sum())
        n += y.size(0)
    return ok / n * 100


def entrainer(modele, train, val=None, epochs=6, lr=0.1):
    """descente de gradient à la main (sans torch.optim) pour bien comprendre"""
    for ep in range(epochs):
        modele.train()
        for x, y in train:
            loss = F.cross_entropy(modele(x), y)
            modele.zero_grad()
            loss.backward()
            with torch.no_grad():
                for p in modele.parameters():
                    p -= lr * p.grad
        if val is not None:
            print(ep, evaluer(modele, val))
    return modele


# ---------- fissures
def liste():
    chemins, cl = [], []
    for dossier, c in (("Positive", 1), ("Negative", 0)):
        for f in sorted(os.listdir(dossier)):
            chemins.append(os.path.join(dossier, f))
            cl.append(c)
    return chemins, cl


def repartir(chemins, cl):
    idx = list(range(len(chemins)))
    random.Random(3).shuffle(idx)
    n1, n2 = int(0.6 * len(idx)), int(0.8 * len(idx))
    parts = idx[:n1], idx[n1:n2], idx[n2:]
    return [([chemins[i] for i in p], [cl[i] for i in p]) for p in parts]


class Fissures(Dataset):
    tr = transforms.Compose([transforms.Resize(64), transforms.Grayscale(1), transforms.ToTensor(), transforms.Normalize([0.5], [0.5])])

    def __init__(self, chemins, cl):
        self.c = chemins
        self.y = cl

    def __len__(self):
        return len(self.c)

    def __getitem__(self, i):
        with Image.open(self.c[i]) as im:
            return self.tr(im), torch.tensor(self.y[i], dtype=torch.float32)


class CNNMur(nn.Module):
    def __init__(self):
        super().__init__()
        c = [1, 16, 32, 64]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in zip(c, c[1:]))
        self.out = nn.Linear(64, 1)

    def forward(self, x):
        for conv in self.convs:
            x = F.max_pool2d(F.relu(conv(x)), 2)
        return self.out(x.amax((2, 3)))


def evaluer_mur(m, loader):
    m.eval()
    bon = tot = 0
    with torch.no_grad():
        for x, y in loader:
            bon += ((m(x)[:, 0] > 0) == (y > 0.5)).sum().item()
            tot += len(y)
    return 100. * bon / tot


def entrainer_mur(m, train, val, epochs=10, lr=1e-3, b1=0.9, b2=0.999):
    """Adam réécrit à la main"""
    crit = nn.BCEWithLogitsLoss()
    ps = list(m.parameters())
    mom = [torch.zeros_like(p) for p in ps]
    var = [torch.zeros_like(p) for p in ps]
    t = 0
    for ep in range(epochs):
        m.train()
        for x, y in train:
            t += 1
            loss = crit(m(x).squeeze(1), y)
            for p in ps:
                p.grad = None
            loss.backward()
            for p, a, v in zip(ps, mom, var):
                g = p.grad
                a.mul_(b1).add_((1 - b1) * g)
                v.mul_(b2).add_((1 - b2) * g * g)
                p.data -= lr * (a / (1 - b1 ** t)) / ((v / (1 - b2 ** t)).sqrt() + 1e-8)
        print("époque", ep, "validation", evaluer_mur(m, val))


if __name__ == '__main__':
    tr, te = mnist()
    for nom, net in {'reg': Multinomiale(), 'cnn1': CNN1(), 'cnn2': CNN2()}.items():
        entrainer(net, tr, te)
        print(nom, sum(p.numel() for p in net.parameters()), evaluer(net, te))
    A, V, T = repartir(*liste())
    la = DataLoader(Fissures(*A), batch_size=8, shuffle=True)
    lv = DataLoader(Fissures(*V), batch_size=8)
    lt = DataLoader(Fissures(*T), batch_size=8)
    mur = CNNMur()
    print(sum(p.numel() for p in mur.parameters()))
    entrainer_mur(mur, la, lv)
    print(evaluer_mur(mur, lt))
    # Conclusion : marche bien
