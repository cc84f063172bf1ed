"""TP n°2 : réseaux convolutifs."""
import numpy as np
import torch
from torch import nn


def taille_sortie(taille, noyau, marge, pas):
    return int(np.floor((taille + 2 * marge - noyau) / pas) + 1)


def convolution(image, noyau, biais=None, pas=1, marge=0):
    """Convolution à la main, par positions de la fenêtre."""
    image, noyau = np.asarray(image), np.asarray(noyau)
    bordee = np.pad(image, ((0, 0), (0, 0), (marge, marge), (marge, marge)))
    lots, _, hauteur, largeur = image.shape
    sorties, _, kh, kw = noyau.shape
    resultat = np.empty((lots, sorties, taille_sortie(hauteur, kh, marge, pas), taille_sortie(largeur, kw, marge, pas)))
    for i in range(resultat.shape[2]):
        for j in range(resultat.shape[3]):
            fenetre = bordee[:, :, i * pas:i * pas + kh, j * pas:j * pas + kw]
            resultat[:, :, i, j] = np.tensordot(fenetre, noyau, axes=([1, 2, 3], [1, 2, 3]))
    if biais is not None:
        resultat += np.asarray(biais).reshape(1, -1, 1, 1)
    return resultat


def pooling_max(image, taille, pas):
    image = np.asarray(image)
    h, w = (taille_sortie(n, taille, 0, pas) for n in image.shape[-2:])
    lignes = []
    for i in range(h):
        lignes.append(np.stack([image[..., i * pas:i * pas + taille, j * pas:j * pas + taille].max(axis=(-1, -2)) for j in range(w)], axis=-1))
    return np.stack(lignes, axis=-2)


class PremiereCouche(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2, bias=True)
        self.relu = nn.ReLU()

    def forward(self, x):
        return self.relu(self.conv(x))


def nombre_parametres(modele):
    return sum(np.prod(p.shape) for p in modele.parameters())


class PetitCNN(nn.Module):
    def __init__(self, nb_classes, canaux):
        super().__init__()
        self.conv1 = nn.Conv2d(canaux, 24, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(24, 32, kernel_size=3, padding=1)
        self.dense = nn.Linear(32, nb_classes)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.dense(x.mean(dim=(2, 3)))


def entrainer(modele, chargeur, nb_epoques, taux):
    optimiseur = torch.optim.Adam(modele.parameters(), lr=taux)
    perte = nn.CrossEntropyLoss()
    pertes = []
    for _ in range(nb_epoques):
        somme = 0
        for lot, etiquettes in chargeur:
            optimiseur.zero_grad()
            cout = perte(modele(lot), etiquettes)
            cout.backward()
            optimiseur.step()
            somme += cout.item()
        pertes.append(somme / len(chargeur))
    return pertes


class ReseauFCN(nn.Module):
    def __init__(self, canaux, nb_classes):
        super().__init__()
        self.encodeur = nn.Sequential(
            nn.Conv2d(canaux, 16, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU(),
        )
        self.decodeur = nn.Sequential(
            nn.ConvTranspose2d(32, 16, 2, stride=2), nn.ReLU(),
            nn.ConvTranspose2d(16, nb_classes, 2, stride=2),
        )

    def forward(self, x):
        return self.decodeur(self.encodeur(x))
