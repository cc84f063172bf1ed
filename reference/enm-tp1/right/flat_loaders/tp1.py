# TP1 perceptron ENM - A. Dubois
import numpy as np
import pandas as pd
import torch
import torch.nn as nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler
import matplotlib.pyplot as plt

df = pd.read_csv("data/train.csv")
df_test = pd.read_csv("data/test.csv")
print(df.head())
print(df["class"].value_counts())

Xtrain = df.drop(columns="class").values
ytrain = df["class"].values
Xtest = df_test.drop(columns="class").values
ytest = df_test["class"].values
moy, ec = Xtrain.mean(0), Xtrain.std(0)
Xtrain = torch.tensor((Xtrain - moy) / ec, dtype=torch.float32)
Xtest = torch.tensor((Xtest - moy) / ec, dtype=torch.float32)
ytrain = torch.tensor(ytrain).long()
ytest = torch.tensor(ytest).long()


class DonneesMeteo(Dataset):
    def __init__(self, X, y, augmentation=None):
        self.X = X
        self.y = y
        self.augmentation = augmentation

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        if i >= len(self.y) or i < -len(self.y):
            raise IndexError("hors limites")
        x = self.X[i]
        if self.augmentation is not None:
            x = self.augmentation(x.clone())
        return x, self.y[i]


# chargeur equilibre : la grele est rare
donnees = DonneesMeteo(Xtrain, ytrain)
effectifs = torch.bincount(ytrain)
poids = 1.0 / effectifs[ytrain]
chargeur = DataLoader(donnees, batch_size=32, shuffle=True)
chargeur_equilibre = DataLoader(donnees, batch_size=32, sampler=WeightedRandomSampler(poids, len(poids)))

# le perceptron
modele = nn.Sequential(nn.Linear(6, 4), nn.Softmax(dim=1))
nn.init.xavier_normal_(modele[0].weight)
nn.init.zeros_(modele[0].bias)


def decision(proba):
    return torch.argmax(torch.as_tensor(proba), dim=1)


def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(cible, n_classes):
    return np.eye(n_classes)[np.asarray(cible)]


def nll(proba, cible):
    # la vraisemblance tient compte de la confiance du reseau ; |c - c'| n'a pas de sens, l'ordre des classes est arbitraire
    p = proba[torch.arange(len(cible)), cible]
    return -torch.log(p + 1e-10).mean()


def bce(p, y):
    p = torch.clamp(p, 1e-7, 1 - 1e-7)
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


def gradients(modele, x, y):
    modele.zero_grad()
    nll(modele(x), y).backward()
    return {nom: p.grad.clone() for nom, p in modele.named_parameters()}


# apprentissage : mini-lots, c'est plus rapide qu'un gradient sur tout et moins bruite qu'un exemple a la fois
optimiseur = torch.optim.SGD(modele.parameters(), lr=0.1)
pertes = []
for epoque in range(30):
    total = 0
    for xb, yb in chargeur:
        optimiseur.zero_grad()
        perte = nll(modele(xb), yb)
        perte.backward()
        optimiseur.step()
        total += perte.item()
    pertes.append(total / len(chargeur))
    if epoque % 5 == 0:
        print("epoque", epoque, "perte", pertes[-1])

plt.plot(pertes)
plt.show()
with torch.no_grad():
    pred = decision(modele(Xtest))
print("exactitude test", (pred == ytest).float().mean().item())
for c in range(4):
    print(c, (pred[ytest == c] == c).float().mean().item())

# XOR
Xx = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
Yx = torch.tensor([0, 1, 1, 0])


class ReseauXor(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Linear(2, 8)
        self.c2 = nn.Linear(8, 2)

    def forward(self, x):
        return self.c2(torch.tanh(self.c1(x)))


reseau = ReseauXor()
opt = torch.optim.Adam(reseau.parameters(), lr=0.05)
for it in range(500):
    opt.zero_grad()
    l = nn.functional.cross_entropy(reseau(Xx), Yx)
    l.backward()
    opt.step()
print("XOR", reseau(Xx).argmax(1))
