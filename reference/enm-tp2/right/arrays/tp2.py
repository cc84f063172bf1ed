import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# ---------- partie 1 ----------

def taille_sortie(n, noyau, pas, bord):
    return (n + 2 * bord - noyau) // pas + 1


def convolution2d(x, poids, biais=None, pas=1, bord=0):
    B, C, H, W = x.shape
    O, _, kh, kw = poids.shape
    colonnes = F.unfold(x, (kh, kw), padding=bord, stride=pas)  # B, C*kh*kw, L
    y = poids.reshape(O, -1) @ colonnes
    if biais is not None:
        y = y + biais.reshape(1, O, 1)
    return y.reshape(B, O, taille_sortie(H, kh, pas, bord), taille_sortie(W, kw, pas, bord))


def max_pooling(x, noyau, pas):
    return x.unfold(2, noyau, pas).unfold(3, noyau, pas).amax(dim=(-1, -2))


# ---------- partie 2 ----------
def couche_diapo():
    return nn.Sequential(nn.Conv2d(3, 64, 7, stride=2, padding=3), nn.ReLU())


def nombre_parametres(module):
    return sum([p.numel() for p in module.parameters()])


print(couche_diapo()(torch.zeros(1, 3, 224, 224)).shape, nombre_parametres(couche_diapo()))


# ---------- partie 3 ----------
class PetitCNN(nn.Module):
    def __init__(self, canaux, nb_classes):
        super().__init__()
        self.conv1 = nn.Conv2d(canaux, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.adapt = nn.AdaptiveAvgPool2d(2)
        self.fc1 = nn.Linear(32 * 4, 64)
        self.fc2 = nn.Linear(64, nb_classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = self.adapt(x).flatten(1)
        return self.fc2(F.relu(self.fc1(x)))


def entrainer(reseau, images, etiquettes, nb_epoques=30, pas=2e-3, taille_lot=40):
    opt = torch.optim.Adam(reseau.parameters(), lr=pas)
    pertes = []
    for epoque in range(nb_epoques):
        melange = torch.randperm(images.shape[0])
        for lot in melange.split(taille_lot):
            opt.zero_grad()
            perte = F.cross_entropy(reseau(torch.from_numpy(images[lot.numpy()])), torch.from_numpy(etiquettes[lot.numpy()]))
            perte.backward()
            opt.step()
            pertes.append(perte.item())
    return pertes


X = np.load("data/train_images.npy")
Y = np.load("data/train_labels.npy")
cnn = PetitCNN(3, 4)
entrainer(cnn, X, Y, 3)


# ---------- partie 4 ----------
class FCN(nn.Module):
    def __init__(self, canaux, nb_classes):
        super().__init__()
        self.c1 = nn.Conv2d(canaux, 16, 3, padding=1)
        self.c2 = nn.Conv2d(16, 32, 3, padding=1)
        self.c3 = nn.Conv2d(32, nb_classes, 1)

    def forward(self, x):
        h = F.max_pool2d(F.relu(self.c1(x)), 2)
        h = F.max_pool2d(F.relu(self.c2(h)), 2)
        return F.interpolate(self.c3(h), scale_factor=4, mode="bilinear")


# AlexNet : bord 2, car (224+4-11)//4+1 = 55. VGG : les couches denses (7*7*512*4096). FCN : plus de dense donc taille libre
