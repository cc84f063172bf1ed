# TP4
import glob
import random

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
import torchvision
import torchvision.transforms as transforms
from PIL import Image
from torch.utils.data import DataLoader, Dataset

torch.manual_seed(1)
random.seed(1)

taille_lot = 64
transformation = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
donnees_app = torchvision.datasets.MNIST('./data', train=True, download=True, transform=transformation)
donnees_test = torchvision.datasets.MNIST('./data', train=False, download=True, transform=transformation)
chargeur_app = DataLoader(donnees_app, batch_size=taille_lot, shuffle=True)
chargeur_test = DataLoader(donnees_test, batch_size=taille_lot, shuffle=False)


class RegressionMultinomiale(nn.Module):
    def __init__(self):
        super().__init__()
        self.lineaire = nn.Linear(28 * 28, 10)

    def forward(self, x):
        return self.lineaire(x.view(-1, 784))


def evaluer(modele, chargeur):
    modele.eval()
    bons = 0
    tous = 0
    with torch.no_grad():
        for images, classes in chargeur:
            scores = modele(images)
            bons += (scores.argmax(1) == classes).sum().item()
            tous += len(classes)
    return 100 * bons / tous


class ReseauCNN1(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 32, 3)        # sortie 32 x 26 x 26, 320 parametres
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2, 2)         # 32 x 13 x 13
        self.dense = nn.Linear(32 * 13 * 13, 10)   # 54090 parametres

    def forward(self, x):
        x = self.pool(self.relu(self.conv(x)))
        x = x.view(x.size(0), -1)
        return self.dense(x)


class ReseauCNN2(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2, 2)
        self.dense1 = nn.Linear(1600, 128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.pool(self.relu(self.conv2(x)))
        x = x.view(x.size(0), -1)
        x = self.relu(self.dense1(x))
        return self.dense2(x)


def nb_parametres(modele):
    n = 0
    for p in modele.parameters():
        n += p.numel()
    return n


# --- apprentissage des trois modeles, l'un apres l'autre ---
perte_ce = nn.CrossEntropyLoss()

regression = RegressionMultinomiale()
opt = optim.Adam(regression.parameters(), lr=0.001)
for epoque in range(3):
    regression.train()
    for images, classes in chargeur_app:
        opt.zero_grad()
        perte = perte_ce(regression(images), classes)
        perte.backward()
        opt.step()
    print("regression", epoque, evaluer(regression, chargeur_test))

cnn1 = ReseauCNN1()
opt = optim.Adam(cnn1.parameters(), lr=0.001)
for epoque in range(3):
    cnn1.train()
    for images, classes in chargeur_app:
        opt.zero_grad()
        perte = perte_ce(cnn1(images), classes)
        perte.backward()
        opt.step()
    print("cnn1", epoque, evaluer(cnn1, chargeur_test))

cnn2 = ReseauCNN2()
opt = optim.Adam(cnn2.parameters(), lr=0.001)
for epoque in range(3):
    cnn2.train()
    for images, classes in chargeur_app:
        opt.zero_grad()
        perte = perte_ce(cnn2(images), classes)
        perte.backward()
        opt.step()
    print("cnn2", epoque, evaluer(cnn2, chargeur_test))

print("parametres :", nb_parametres(regression), nb_parametres(cnn1), nb_parametres(cnn2))

# --- fissures ---
positifs = glob.glob("Positive/*.jpg")
negatifs = glob.glob("Negative/*.jpg")
tout = [(f, 1.0) for f in positifs] + [(f, 0.0) for f in negatifs]
random.shuffle(tout)
n1 = int(0.6 * len(tout))
n2 = int(0.8 * len(tout))
app, val, tst = tout[:n1], tout[n1:n2], tout[n2:]


class Dataset_fissures(Dataset):
    def __init__(self, img_path, img_labels):
        self.img_path = img_path
        self.img_labels = img_labels
        self.t = transforms.Compose([transforms.Grayscale(), transforms.Resize((64, 64)), transforms.ToTensor(),
                                     transforms.Normalize((0.5,), (0.5,))])

    def __len__(self):
        return len(self.img_path)

    def __getitem__(self, i):
        im = Image.open(self.img_path[i]).convert("RGB")
        return self.t(im), torch.tensor(self.img_labels[i], dtype=torch.float32)


def jeu(liste):
    return Dataset_fissures([f for f, c in liste], [c for f, c in liste])


ch_app = DataLoader(jeu(app), batch_size=16, shuffle=True)
ch_val = DataLoader(jeu(val), batch_size=16)
ch_tst = DataLoader(jeu(tst), batch_size=16)


class ReseauFissures(nn.Module):
    # complexite : 160 + 4640 + 18496 + 65 parametres
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 16, 3, padding=1)
        self.c2 = nn.Conv2d(16, 32, 3, padding=1)
        self.c3 = nn.Conv2d(32, 64, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fin = nn.Linear(64, 1)

    def forward(self, x):
        x = self.pool(torch.relu(self.c1(x)))
        x = self.pool(torch.relu(self.c2(x)))
        x = torch.relu(self.c3(x))
        x = x.amax(dim=(2, 3))
        return self.fin(x)


def evaluer_fissures(modele, chargeur):
    modele.eval()
    bons = 0
    tous = 0
    with torch.no_grad():
        for images, classes in chargeur:
            p = (modele(images).squeeze(1) > 0).float()
            bons += (p == classes).sum().item()
            tous += len(classes)
    return 100 * bons / tous


fissures = ReseauFissures()
print("complexite :", nb_parametres(fissures))
bce = nn.BCEWithLogitsLoss()
opt = optim.Adam(fissures.parameters(), lr=1e-3)
for epoque in range(20):
    fissures.train()
    for images, classes in ch_app:
        opt.zero_grad()
        perte = bce(fissures(images).squeeze(1), classes)
        perte.backward()
        opt.step()
    print("fissures", epoque, "validation", evaluer_fissures(fissures, ch_val))
print("test", evaluer_fissures(fissures, ch_tst))
# Conclusion : les CNN utilisent la structure de l'image, moins de parametres pour une meilleure precision.
