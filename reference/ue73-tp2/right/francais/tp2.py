# -*- coding: utf-8 -*-
# UE73 - TP2 : détection de pulses acoustiques
import os
import random
import numpy as np
import torch
import matplotlib.pyplot as plt
import pulses

ENSEMBLES = ['train', 'valid', 'test']


### Question 1.1 ###########################################################

def standardiser(x, reference=None):
    """Standardisation par bande de fréquence, à l'intérieur de chaque spectrogramme.

    Pourquoi ? Un pulse est bref : dans une bande donnée il dépasse nettement la moyenne de la bande. Un son continu
    (moteur, sifflement) ou la couleur du bruit disparaissent, ainsi que le gain de l'enregistreur. L'apprentissage
    devrait donc moins dépendre du matériel. Rien n'est partagé entre les spectrogrammes, donc reference ne sert pas.
    """
    moyenne = np.mean(x, axis=2, keepdims=True)
    ecart_type = np.std(x, axis=2, keepdims=True)
    ecart_type[ecart_type == 0] = 1.
    return (x - moyenne) / ecart_type


### Question 1.2 ###########################################################

def preparer(dossier_donnees, dossier_sortie):
    for ensemble in ENSEMBLES:
        x, y = pulses.build_spectrograms(os.path.join(dossier_donnees, ensemble))
        print(ensemble, ':', len(x), 'spectrogrammes de taille', x.shape[1:], '-', int(y.sum()), 'avec pulses')
        destination = os.path.join(dossier_sortie, ensemble)
        os.makedirs(destination, exist_ok=True)
        np.save(os.path.join(destination, 'x.npy'), standardiser(x))
        np.save(os.path.join(destination, 'y.npy'), y)


### Question 1.3 ###########################################################

class MonMLP(torch.nn.Module):

    def __init__(self, taille_entree, n1=300, n2=100, n3=30, taux_abandon=0.25):
        super().__init__()
        self.couche1 = torch.nn.Linear(taille_entree, n1)
        self.couche2 = torch.nn.Linear(n1, n2)
        self.couche3 = torch.nn.Linear(n2, n3)
        self.couche4 = torch.nn.Linear(n3, 1)
        self.abandon1 = torch.nn.Dropout(taux_abandon)
        self.abandon2 = torch.nn.Dropout(taux_abandon)
        self.abandon3 = torch.nn.Dropout(taux_abandon)
        self.abandon4 = torch.nn.Dropout(taux_abandon)
        gain = torch.nn.init.calculate_gain('relu')
        for couche in (self.couche1, self.couche2, self.couche3, self.couche4):
            torch.nn.init.xavier_uniform_(couche.weight, gain=gain)
            torch.nn.init.zeros_(couche.bias)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = self.abandon1(self.couche1(x).clamp(min=0))
        x = self.abandon2(self.couche2(x).clamp(min=0))
        x = self.abandon3(self.couche3(x).clamp(min=0))
        x = self.abandon4(self.couche4(x))  # pas de ReLU ici : il faut des logits négatifs pour répondre « non »
        return x.squeeze(dim=1)


### Question 1.4 ###########################################################

def charger_dataset(dossier):
    x = np.load(os.path.join(dossier, 'x.npy'))
    y = np.load(os.path.join(dossier, 'y.npy'))
    return torch.utils.data.TensorDataset(torch.FloatTensor(x), torch.FloatTensor(y))


def creer_chargeurs(racine, taille_lot):
    jeux = {e: charger_dataset(os.path.join(racine, e)) for e in ENSEMBLES}
    chargeur_train = torch.utils.data.DataLoader(jeux['train'], batch_size=taille_lot, shuffle=True)
    chargeur_valid = torch.utils.data.DataLoader(jeux['valid'], batch_size=taille_lot)
    chargeur_test = torch.utils.data.DataLoader(jeux['test'], batch_size=taille_lot)
    return chargeur_train, chargeur_valid, chargeur_test


### Question 1.6 ###########################################################

def compter(y_vrai, y_predit):
    vp = fp = vn = fn = 0
    for vrai, predit in zip(y_vrai, y_predit):
        if vrai and predit:
            vp += 1
        elif predit:
            fp += 1
        elif vrai:
            fn += 1
        else:
            vn += 1
    return vp, fp, vn, fn


def exactitude(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return (vp + vn) / (vp + fp + vn + fn)


def precision(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return vp / (vp + fp) if vp + fp else 0.


def rappel(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return vp / (vp + fn) if vp + fn else 0.


def score_f1(y_vrai, y_predit):
    p, r = precision(y_vrai, y_predit), rappel(y_vrai, y_predit)
    return 2 * p * r / (p + r) if p + r else 0.


def taux_faux_positifs(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return fp / (fp + vn) if fp + vn else 0.


def taux_faux_negatifs(y_vrai, y_predit):
    vp, fp, vn, fn = compter(y_vrai, y_predit)
    return fn / (fn + vp) if fn + vp else 0.


### Question 1.5 ###########################################################

def predire(modele, chargeur):
    modele.eval()
    vrais, predits = [], []
    with torch.no_grad():
        for x, y in chargeur:
            vrais += y.tolist()
            predits += (modele(x) > 0).tolist()
    return vrais, predits


def entrainer(modele, chargeur_train, chargeur_valid, epoques, taux_apprentissage):
    cout = torch.nn.BCEWithLogitsLoss()
    optimiseur = torch.optim.AdamW(modele.parameters(), taux_apprentissage)
    planificateur = torch.optim.lr_scheduler.CosineAnnealingLR(optimiseur, T_max=epoques)
    historique = []
    for epoque in range(epoques):
        modele.train()
        pertes = []
        for x, y in chargeur_train:
            optimiseur.zero_grad()
            sortie = modele(x)
            perte = cout(sortie, y)
            perte.backward()
            optimiseur.step()
            pertes.append(perte.item())
        planificateur.step()

        ligne = {'perte': np.mean(pertes)}
        for nom, chargeur in (('entrainement', chargeur_train), ('validation', chargeur_valid)):
            v, p = predire(modele, chargeur)
            ligne['exactitude_' + nom] = exactitude(v, p)
            ligne['précision_' + nom] = precision(v, p)
            ligne['rappel_' + nom] = rappel(v, p)
            ligne['score_f1_' + nom] = score_f1(v, p)
            ligne['taux_faux_positifs_' + nom] = taux_faux_positifs(v, p)
            ligne['taux_faux_négatifs_' + nom] = taux_faux_negatifs(v, p)
        historique.append(ligne)
        print('Époque', epoque + 1, ' '.join('%s=%.2f' % paire for paire in ligne.items()))
    return historique


def tracer(historique):
    for nom in ('entrainement', 'validation'):
        plt.plot([ligne['exactitude_' + nom] for ligne in historique], label='exactitude ' + nom)
    plt.xlabel('époque')
    plt.legend()
    plt.savefig('exactitude.png')
    plt.show()


def principal():
    random.seed(1)
    torch.manual_seed(1)
    preparer('data', 'jeux')
    chargeur_train, chargeur_valid, chargeur_test = creer_chargeurs('jeux', 16)
    modele = MonMLP(chargeur_train.dataset.tensors[0].shape[1] * chargeur_train.dataset.tensors[0].shape[2])
    historique = entrainer(modele, chargeur_train, chargeur_valid, 15, 1e-3)
    tracer(historique)
    vrais, predits = predire(modele, chargeur_test)
    print('Exactitude sur le test :', exactitude(vrais, predits))


if __name__ == '__main__':
    principal()
