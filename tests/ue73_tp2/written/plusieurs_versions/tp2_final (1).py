import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
from pulses import build_spectrograms
import os, time

reponse = input("Nombre d'époques ? ")
N_EPOCHS = int(reponse) if reponse.isdigit() else 6
while True:
    choix = input("(e)ntraîner ou (q)uitter ? ")
    if choix in ("e", "q", ""):
        break

# 1.1 : par bande et par spectrogramme. On garde l'évolution dans le temps de chaque bande, c'est elle qui montre les clics.
def standardiser(spectros):
    m = np.mean(spectros, axis=2)[:, :, None]
    s = np.std(spectros, axis=2)[:, :, None]
    s[s < 1e-8] = 1
    return spectros - m

def preparer(entree, sortie):
    for d in ["train", "valid", "test"]:
        x, y = build_spectrograms(entree + "/" + d)
        os.makedirs(sortie + "/" + d, exist_ok=True)
        np.save(sortie + "/" + d + "/x.npy", standardiser(x))
        np.save(sortie + "/" + d + "/y.npy", y.reshape(-1, 1))

class MonMLP(nn.Module):
    def __init__(self, dim_entree, dim_cachee=72):
        super().__init__()
        self.couches = nn.Sequential()
        for i, (a, b) in enumerate([(dim_entree, dim_cachee), (dim_cachee, dim_cachee), (dim_cachee, dim_cachee)]):
            self.couches.add_module(f"lin{i}", nn.Linear(a, b))
            self.couches.add_module(f"relu{i}", nn.ReLU())
            self.couches.add_module(f"drop{i}", nn.Dropout(0.2))
        self.couches.add_module("sortie", nn.Linear(dim_cachee, 1))
        for nom, p in self.named_parameters():
            if nom.endswith("weight"): nn.init.xavier_uniform_(p)
            else: p.data.zero_()
    def forward(self, x):
        return self.couches(x.view(len(x), -1))

def charger(dossier):
    x = np.load(dossier + "/x.npy").astype(np.float32)
    y = np.load(dossier + "/y.npy").astype(np.float32)
    return TensorDataset(torch.from_numpy(x), torch.from_numpy(y))

def chargeurs(racine, taille_lot):
    return {d: DataLoader(charger(racine + "/" + d), taille_lot, shuffle=(d == "train")) for d in ["train", "valid", "test"]}

class Metriques:
    @staticmethod
    def _n(y, p, a, b):
        y, p = np.asarray(y).ravel() > 0.5, np.asarray(p).ravel() > 0.5
        return np.count_nonzero((y == a) & (p == b))
    @staticmethod
    def exactitude(y, p):
        return (Metriques._n(y, p, 1, 1) + Metriques._n(y, p, 0, 0)) / np.size(y)
    @staticmethod
    def precision(y, p):
        d = Metriques._n(y, p, 1, 1) + Metriques._n(y, p, 0, 1)
        return Metriques._n(y, p, 1, 1) / d if d else 0.
    @staticmethod
    def rappel(y, p):
        d = Metriques._n(y, p, 1, 1) + Metriques._n(y, p, 1, 0)
        return Metriques._n(y, p, 1, 1) / d if d else 0.
    @staticmethod
    def f1(y, p):
        a, b = Metriques.precision(y, p), Metriques.rappel(y, p)
        return 2 / (1 / a + 1 / b) if a and b else 0.
    @staticmethod
    def taux_faux_positifs(y, p):
        d = Metriques._n(y, p, 0, 1) + Metriques._n(y, p, 0, 0)
        return Metriques._n(y, p, 0, 1) / d if d else 0.
    @staticmethod
    def taux_faux_negatifs(y, p):
        d = Metriques._n(y, p, 1, 0) + Metriques._n(y, p, 1, 1)
        return Metriques._n(y, p, 1, 0) / d if d else 0.

def mesurer(modele, chargeur):
    modele.eval()
    with torch.no_grad():
        y = np.concatenate([b.numpy() for _, b in chargeur]) if False else []
        p = []
        for a, b in chargeur:
            p.extend((modele(a) > 0).numpy().ravel()); y.extend(b.numpy().ravel())
    return {n: getattr(Metriques, n)(y, p) for n in
            ("exactitude", "precision", "rappel", "f1", "taux_faux_positifs", "taux_faux_negatifs")}

def entrainer(modele, train_dl, valid_dl, n_epochs=100, lr=0.002):
    opt = torch.optim.Adam(modele.parameters(), lr=lr)
    sch = torch.optim.lr_scheduler.ExponentialLR(opt, 0.95)
    crit = nn.BCEWithLogitsLoss()
    suivi = []
    for _ in range(n_epochs):
        modele.train()
        for a, b in train_dl:
            opt.zero_grad()
            crit(modele(a), b).backward()
            opt.step()
        sch.step()
        suivi.append({"train": mesurer(modele, train_dl), "valid": mesurer(modele, valid_dl)})
        print(suivi[-1]); time.sleep(0.01)
    return suivi

if __name__ == "__main__":
    preparer("data", "jeux")
    dl = chargeurs("jeux", 20)
    modele = MonMLP(dl["train"].dataset.tensors[0][0].numel())
    entrainer(modele, dl["train"], dl["valid"])
