# -*- coding: utf-8 -*-
"""TP2 UE73 - Jeanne"""

import matplotlib

matplotlib.use("TkAgg")
import os
import time

import matplotlib.pyplot as plt
import numpy as np
import pulses
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

t0 = time.time()


############ 1.1 ############
def centrer_reduire(donnees, moyenne=None, ecart=None):
    # on choisit une moyenne et un ecart type par bande de frequence parce que le bruit est
    # beaucoup plus fort dans le grave : chaque bande est remise a la meme echelle.
    # on les calcule sur le train sinon on triche
    if moyenne is None:
        moyenne = donnees.mean(axis=(0, 2), keepdims=True)
        ecart = donnees.std(axis=(0, 2), keepdims=True)
    return (donnees - moyenne) / (ecart + 1e-8)


############ 1.2 ############
Xa, ya = pulses.build_spectrograms("data/train")
Xv, yv = pulses.build_spectrograms("data/valid")
Xt, yt = pulses.build_spectrograms("data/test")
moy = Xa.mean(axis=(0, 2), keepdims=True)
ect = Xa.std(axis=(0, 2), keepdims=True)
for rep, X, y in (("train", Xa, ya), ("valid", Xv, yv), ("test", Xt, yt)):
    if not os.path.exists("npy/" + rep):
        os.makedirs("npy/" + rep)
    np.save("npy/" + rep + "/x.npy", centrer_reduire(X, moy, ect))
    np.save("npy/" + rep + "/y.npy", y)
print("temps de preparation :", time.time() - t0)

plt.figure(figsize=(12, 4))
plt.imshow(Xa[0])
plt.show()


############ 1.3 ############
class ReseauPulses(nn.Module):
    def __init__(self, dim, p=0.25):
        super(ReseauPulses, self).__init__()
        self.couche1 = nn.Linear(dim, 100)
        self.couche2 = nn.Linear(100, 50)
        self.couche3 = nn.Linear(50, 25)
        self.couche4 = nn.Linear(25, 1)
        self.p = p
        for couche in (self.couche1, self.couche2, self.couche3, self.couche4):
            nn.init.xavier_uniform_(couche.weight)
            nn.init.constant_(couche.bias, 0)

    def forward(self, entree):
        s = entree.reshape(len(entree), -1)
        s = F.dropout(F.relu(self.couche1(s)), self.p, self.training)
        s = F.dropout(F.relu(self.couche2(s)), self.p, self.training)
        s = F.dropout(F.relu(self.couche3(s)), self.p, self.training)
        return self.couche4(s)


############ 1.4 ############
def lire_dataset(rep):
    X = np.load(os.path.join(rep, "x.npy"))
    y = np.load(os.path.join(rep, "y.npy"))
    return TensorDataset(torch.FloatTensor(X), torch.FloatTensor(y))


def lire_tout(rep, lot):
    a = DataLoader(lire_dataset(rep + "/train"), batch_size=lot, shuffle=True)
    v = DataLoader(lire_dataset(rep + "/valid"), batch_size=lot)
    t = DataLoader(lire_dataset(rep + "/test"), batch_size=lot)
    return a, v, t


############ 1.6 ############
def compter(vrai, predit):
    vp = fp = vn = fn = 0
    for v, p in zip(vrai, predit):
        if v == 1 and p == 1:
            vp += 1
        elif v == 0 and p == 1:
            fp += 1
        elif v == 0 and p == 0:
            vn += 1
        else:
            fn += 1
    return vp, fp, vn, fn


def div(a, b):
    return a / b if b != 0 else 0.0


def justesse(vrai, predit):
    vp, fp, vn, fn = compter(vrai, predit)
    return div(vp + vn, vp + fp + vn + fn)


def precision(vrai, predit):
    vp, fp, vn, fn = compter(vrai, predit)
    return div(vp, vp + fp)


def rappel(vrai, predit):
    vp, fp, vn, fn = compter(vrai, predit)
    return div(vp, vp + fn)


def mesure_f1(vrai, predit):
    p, r = precision(vrai, predit), rappel(vrai, predit)
    return div(2 * p * r, p + r)


def taux_faux_pos(vrai, predit):
    vp, fp, vn, fn = compter(vrai, predit)
    return div(fp, fp + vn)


def taux_faux_neg(vrai, predit):
    vp, fp, vn, fn = compter(vrai, predit)
    return div(fn, fn + vp)


############ 1.5 ############
def bilan(reseau, chargeur):
    reseau.eval()
    vrai, predit = [], []
    with torch.no_grad():
        for X, y in chargeur:
            predit.extend((reseau(X).squeeze(-1) > 0).int().tolist())
            vrai.extend(y.int().tolist())
    return {
        "justesse": justesse(vrai, predit),
        "precision": precision(vrai, predit),
        "rappel": rappel(vrai, predit),
        "f1": mesure_f1(vrai, predit),
        "faux_positifs": taux_faux_pos(vrai, predit),
        "faux_negatifs": taux_faux_neg(vrai, predit),
    }


def apprendre(reseau, chargeur_a, chargeur_v, nb_epoques, pas=2e-3):
    opt = torch.optim.AdamW(reseau.parameters(), lr=pas)
    sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=pas, epochs=nb_epoques, steps_per_epoch=len(chargeur_a))
    cout = nn.BCEWithLogitsLoss()
    journal = []
    for epoque in range(1, nb_epoques + 1):
        reseau.train()
        for X, y in chargeur_a:
            opt.zero_grad()
            perte = cout(reseau(X).squeeze(-1), y)
            perte.backward()
            opt.step()
            sched.step()
        ligne = {}
        for nom, c in (("train", chargeur_a), ("valid", chargeur_v)):
            for cle, valeur in bilan(reseau, c).items():
                ligne[nom + "_" + cle] = valeur
        journal.append(ligne)
        print("epoque", epoque, ligne)
    return journal


a, v, t = lire_tout("npy", 16)
reseau = ReseauPulses(Xa.shape[1] * Xa.shape[2])
journal = apprendre(reseau, a, v, 8)
print("test :", bilan(reseau, t))
for cle in ("justesse", "f1"):
    plt.plot([l["train_" + cle] for l in journal], label="train")
    plt.plot([l["valid_" + cle] for l in journal], label="valid")
    plt.title(cle)
    plt.legend()
    plt.show()
