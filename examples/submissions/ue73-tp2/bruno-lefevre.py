# TP2 Bruno Lefèvre
# Tout est dans ce fichier : python bruno-lefevre.py (il faut pulses.py et data/ à côté)
import os
import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import TensorDataset, DataLoader
from pulses import build_spectrograms

JEUX = ('train', 'valid', 'test')


def standardiser(x, reference=None):
    # Chaque spectrogramme est standardisé tout seul : on enlève le volume de l'enregistrement, qui change d'un dossier à
    # l'autre, et on garde la forme. Le réseau ne peut donc pas apprendre « fort = pulse ».
    x = np.asarray(x, dtype=np.float32)
    resultat = np.zeros_like(x)
    for i in range(len(x)):
        ecart = x[i].std()
        if ecart > 0:
            resultat[i] = (x[i] - x[i].mean()) / ecart
    return resultat


def preparer_donnees(dossier_donnees, dossier_sortie):
    for jeu in JEUX:
        x, y = build_spectrograms(os.path.join(dossier_donnees, jeu))
        os.makedirs(os.path.join(dossier_sortie, jeu), exist_ok=True)
        np.save(os.path.join(dossier_sortie, jeu, 'x.npy'), standardiser(x))
        np.save(os.path.join(dossier_sortie, jeu, 'y.npy'), y)


class MonMLP(torch.nn.Module):
    def __init__(self, taille_entree, tailles=(128, 64, 32), p=0.1):
        super().__init__()
        self.p = p
        n = [taille_entree] + list(tailles) + [1]
        self.couches = torch.nn.ModuleList([torch.nn.Linear(n[i], n[i + 1]) for i in range(4)])
        for couche in self.couches:
            borne = (6 / (couche.in_features + couche.out_features)) ** 0.5
            torch.nn.init.uniform_(couche.weight, -borne, borne)
            torch.nn.init.uniform_(couche.bias, -borne, borne)

    def forward(self, x):
        x = x.reshape(x.size(0), -1)
        for couche in self.couches:
            # ReLU et Dropout après chaque couche, y compris la dernière (énoncé)
            x = F.dropout(F.relu(couche(x)), self.p, training=self.training)
        return x


def charger_dataset(dossier):
    x = torch.tensor(np.load(os.path.join(dossier, 'x.npy')), dtype=torch.float32)
    y = torch.tensor(np.load(os.path.join(dossier, 'y.npy')), dtype=torch.float32)
    return TensorDataset(x, y.reshape(-1, 1))


def creer_loaders(racine, taille_lot):
    return [DataLoader(charger_dataset(os.path.join(racine, jeu)), batch_size=taille_lot, shuffle=(jeu == 'train'))
            for jeu in JEUX]


def compter(y_vrai, y_predit):
    vp = sum(1 for a, b in zip(y_vrai, y_predit) if a == 1 and b == 1)
    fp = sum(1 for a, b in zip(y_vrai, y_predit) if a == 0 and b == 1)
    fn = sum(1 for a, b in zip(y_vrai, y_predit) if a == 1 and b == 0)
    return vp, fp, len(y_vrai) - vp - fp - fn, fn


def division(a, b):
    return a / b if b else 0.0


def exactitude(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(vp + vn, vp + fp + vn + fn)


def precision(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(vp, vp + fp)


def rappel(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(vp, vp + fn)


def f1(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(2 * vp, 2 * vp + fp + fn)


def taux_faux_positifs(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(fp, fp + vn)


def taux_faux_negatifs(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return division(fn, fn + vp)


def mesurer(modele, chargeur):
    modele.eval()
    vrai, predit = [], []
    with torch.no_grad():
        for x, y in chargeur:
            vrai += y.flatten().tolist()
            predit += (modele(x) > 0).float().flatten().tolist()
    return {'exactitude': exactitude(vrai, predit), 'précision': precision(vrai, predit),
            'rappel': rappel(vrai, predit), 'f1': f1(vrai, predit),
            'taux_faux_positifs': taux_faux_positifs(vrai, predit),
            'taux_faux_négatifs': taux_faux_negatifs(vrai, predit)}


def entrainer(modele, train_loader, valid_loader, nb_epoques, lr):
    perte = torch.nn.BCEWithLogitsLoss()
    optimiseur = torch.optim.AdamW(modele.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimiseur, T_max=nb_epoques)
    historique = {'train': [], 'valid': []}
    for epoque in range(nb_epoques):
        modele.train()
        for x, y in train_loader:
            optimiseur.zero_grad()
            perte(modele(x), y).backward()
            optimiseur.step()
        scheduler.step()
        historique['train'].append(mesurer(modele, train_loader))
        historique['valid'].append(mesurer(modele, valid_loader))
        for jeu in historique:
            print(epoque + 1, jeu, ', '.join('%s = %.3f' % m for m in historique[jeu][-1].items()))
    return historique


if __name__ == '__main__':
    torch.manual_seed(4)
    preparer_donnees('data', 'jeux')
    train_loader, valid_loader, test_loader = creer_loaders('jeux', 8)
    modele = MonMLP(train_loader.dataset[0][0].numel())
    entrainer(modele, train_loader, valid_loader, 15, 0.001)
    print('test', mesurer(modele, test_loader))
