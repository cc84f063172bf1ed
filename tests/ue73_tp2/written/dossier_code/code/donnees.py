import os

import numpy as np
import torch
from pulses import build_spectrograms as lire
from torch.utils.data import *


class Standardiseur:
    """moyenne et ecart-type globaux, appris sur l'apprentissage seulement"""

    def fit(self, x):
        self.m, self.s = x.mean(), x.std()
        if self.s < 1e-8:
            self.s = 1.0
        return self

    def transform(self, x):
        return ((x - self.m) / self.s).astype(np.float32)


def ecrire_jeux(entree, sortie):
    st = Standardiseur().fit(lire(entree + "/train")[0])
    for jeu in ("train", "valid", "test"):
        x, y = lire(entree + "/" + jeu)
        os.makedirs(sortie + "/" + jeu, exist_ok=True)
        np.save(sortie + "/" + jeu + "/x.npy", st.transform(x))
        np.save(sortie + "/" + jeu + "/y.npy", y)


def charger_jeu(chemin):
    return TensorDataset(torch.Tensor(np.load(chemin + "/x.npy")), torch.Tensor(np.load(chemin + "/y.npy")))


def trois_chargeurs(chemin, lot):
    return (
        DataLoader(charger_jeu(chemin + "/train"), lot, True),
        DataLoader(charger_jeu(chemin + "/valid"), lot, False),
        DataLoader(charger_jeu(chemin + "/test"), lot, False),
    )
