from pathlib import Path

import numpy as np
import torch
from pulses import build_spectrograms
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def normalize(spectro, ref=None):
    # par spectrogramme : le gain des enregistreurs change d'un dossier a l'autre
    mu = spectro.mean((1, 2), keepdims=True)
    sd = spectro.std((1, 2), keepdims=True)
    sd[sd == 0] = 1
    return (spectro - mu) / sd


def prepare_data(source, dest):
    for nom in "train", "valid", "test":
        x, y = build_spectrograms(Path(source, nom))
        Path(dest, nom).mkdir(parents=True, exist_ok=True)
        np.save(Path(dest, nom, "x.npy"), normalize(x).reshape(len(x), -1))
        np.save(Path(dest, nom, "y.npy"), y.astype("float32"))


class MatriceDeConfusion:
    """Les quatre nombres, et tout ce qu'on en tire."""

    def __init__(self, verite, prediction):
        verite = np.asarray(verite).astype(bool)
        prediction = np.asarray(prediction).astype(bool)
        self.vp = int(np.sum(verite & prediction))
        self.fp = int(np.sum(~verite & prediction))
        self.fn = int(np.sum(verite & ~prediction))
        self.vn = int(np.sum(~verite & ~prediction))

    def exactitude(self):
        return (self.vp + self.vn) / (self.vp + self.vn + self.fp + self.fn)

    def precision(self):
        return self.vp / (self.vp + self.fp) if self.vp + self.fp > 0 else 0.0

    def rappel(self):
        return self.vp / (self.vp + self.fn) if self.vp + self.fn > 0 else 0.0

    def f1(self):
        if self.vp == 0:
            return 0.0
        return 2 * self.vp / (2 * self.vp + self.fp + self.fn)

    def taux_faux_positifs(self):
        return self.fp / (self.fp + self.vn) if self.fp + self.vn > 0 else 0.0

    def taux_faux_negatifs(self):
        return self.fn / (self.fn + self.vp) if self.fn + self.vp > 0 else 0.0

    def tout(self):
        return {
            nom: getattr(self, nom)()
            for nom in ("exactitude", "precision", "rappel", "f1", "taux_faux_positifs", "taux_faux_negatifs")
        }


class MLP(nn.Module):
    def __init__(self, nb_entrees):
        super().__init__()

        def bloc(a, b):
            return nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Dropout(0.2))

        self.corps = nn.Sequential(nn.Flatten(), bloc(nb_entrees, 128), bloc(128, 64), bloc(64, 16))
        self.tete = nn.Linear(16, 1)
        self.apply(self._init)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.tete(self.corps(x)).flatten()


def load_data(dossier):
    x, y = (torch.from_numpy(np.load(Path(dossier, f"{v}.npy"))).float() for v in "xy")
    return TensorDataset(x, y)


def get_loaders(racine, taille_lot):
    d = {nom: load_data(Path(racine, nom)) for nom in ("train", "valid", "test")}
    return tuple(DataLoader(d[nom], taille_lot, shuffle=(nom == "train")) for nom in d)


@torch.no_grad()
def mesurer(modele, chargeur):
    modele.eval()
    sorties = [(y, modele(x) > 0) for x, y in chargeur]
    return MatriceDeConfusion(torch.cat([a for a, _ in sorties]), torch.cat([b for _, b in sorties])).tout()


def fit(modele, train_dl, valid_dl, epochs=15, lr=1e-3):
    historique = []
    optimiseur = torch.optim.Adam(modele.parameters(), lr)
    rythme = torch.optim.lr_scheduler.StepLR(optimiseur, 5, 0.5)
    critere = nn.BCEWithLogitsLoss()
    for _ in range(epochs):
        modele.train()
        for x, y in train_dl:
            perte = critere(modele(x), y)
            optimiseur.zero_grad(set_to_none=True)
            perte.backward()
            optimiseur.step()
        rythme.step()
        historique.append({"train": mesurer(modele, train_dl), "valid": mesurer(modele, valid_dl)})
    return historique


if __name__ == "__main__":
    prepare_data("data", "donnees_pretes")
    tr, va, te = get_loaders("donnees_pretes", 32)
    m = MLP(tr.dataset.tensors[0].shape[1])
    print(fit(m, tr, va)[-1], mesurer(m, te))
