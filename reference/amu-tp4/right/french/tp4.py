"""TP 4 en français, une fonction d'apprentissage par question."""
import glob
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision
from imageio import imread
from torch.utils.data import DataLoader, Dataset, random_split
from torchvision import transforms


def charger_mnist(taille_lot=64):
    t = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])
    apprentissage = torchvision.datasets.MNIST('./data', train=True, download=True, transform=t)
    essai = torchvision.datasets.MNIST('./data', train=False, download=True, transform=t)
    return DataLoader(apprentissage, taille_lot, shuffle=True), DataLoader(essai, taille_lot)


class RegressionMultinomiale(nn.Module):
    def __init__(self):
        super().__init__()
        self.poids = nn.Parameter(0.01 * torch.randn(10, 784))
        self.biais = nn.Parameter(torch.zeros(10))

    def forward(self, x):
        return F.linear(x.view(x.size(0), -1), self.poids, self.biais)


class ReseauConvolutif1(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(1, 32, 3, padding=1)
        self.dense = nn.Linear(32 * 14 * 14, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.convolution(x)), 2)
        return self.dense(x.flatten(1))


class ReseauConvolutif2(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolution1 = nn.Conv2d(1, 32, 3)
        self.convolution2 = nn.Conv2d(32, 64, 3)
        self.dense1 = nn.LazyLinear(128)
        self.dense2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.convolution1(x), 2))
        x = F.relu(F.max_pool2d(self.convolution2(x), 2))
        return self.dense2(F.relu(self.dense1(torch.flatten(x, start_dim=1))))


def nombre_parametres(modele):
    total = 0
    for p in modele.parameters():
        n = 1
        for taille in p.shape:
            n = n * taille
        total = total + n
    return total


def evaluer(modele, chargeur):
    """Fraction bien classée."""
    modele.eval()
    justes, total = 0., 0
    with torch.no_grad():
        for images, etiquettes in chargeur:
            justes += float((modele(images).argmax(1) == etiquettes).float().sum())
            total += images.shape[0]
    return justes / total


def entrainer(modele, chargeur, nb_epoques=3):
    optimiseur = torch.optim.Adam(modele.parameters())
    for epoque in range(nb_epoques):
        modele.train()
        for images, etiquettes in chargeur:
            perte = F.cross_entropy(modele(images), etiquettes)
            optimiseur.zero_grad()
            perte.backward()
            optimiseur.step()


class DatasetFissures(Dataset):
    def __init__(self, chemins, etiquettes):
        self.chemins = chemins
        self.etiquettes = torch.as_tensor(etiquettes).float().unsqueeze(1)
        self.redim = transforms.Resize((48, 48))

    def __len__(self):
        return len(self.chemins)

    def __getitem__(self, i):
        image = torch.from_numpy(imread(self.chemins[i]).copy()).permute(2, 0, 1).float() / 255
        image = self.redim(image.mean(0, keepdim=True))
        return (image - 0.5) / 0.5, self.etiquettes[i]


class CNNFissures(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2, self.c3 = nn.Conv2d(1, 16, 3), nn.Conv2d(16, 32, 3), nn.Conv2d(32, 32, 3)
        self.d = nn.Linear(32 * 4 * 4, 1)
        self.abandon = nn.Dropout(0.1)

    def forward(self, x):
        for c in (self.c1, self.c2, self.c3):
            x = F.max_pool2d(F.relu(c(x)), 2)
        return self.d(self.abandon(x.flatten(1)))


def entrainer_fissures(modele, chargeur_train, chargeur_val, nb_epoques=3, taux=1e-3):
    critere = nn.BCEWithLogitsLoss()
    optimiseur = torch.optim.Adam(modele.parameters(), lr=taux)
    suivi = {"perte": [], "precision_val": []}
    for epoque in range(nb_epoques):
        modele.train()
        somme = 0.0
        for x, y in chargeur_train:
            optimiseur.zero_grad()
            perte = critere(modele(x), y)
            perte.backward()
            optimiseur.step()
            somme += perte.item()
        suivi["perte"].append(somme / len(chargeur_train))
        suivi["precision_val"].append(precision_fissures(modele, chargeur_val))
    return suivi


@torch.no_grad()
def precision_fissures(modele, chargeur):
    modele.eval()
    resultats = [((modele(x) > 0) == (y > 0.5)).float() for x, y in chargeur]
    return torch.cat(resultats).mean().item() * 100


if __name__ == "__main__":
    train, test = charger_mnist()
    for classe in (RegressionMultinomiale, ReseauConvolutif1, ReseauConvolutif2):
        m = classe()
        entrainer(m, train, 1)
        print(classe.__name__, nombre_parametres(m), "paramètres", evaluer(m, test))
    chemins = glob.glob("/content/drive/MyDrive/fissures/Positive/*.jpg") + glob.glob("/content/drive/MyDrive/fissures/Negative/*.jpg")
    donnees = DatasetFissures(chemins, [1 if "Positive" in c else 0 for c in chemins])
    n = len(donnees)
    parties = random_split(donnees, [int(.6 * n), int(.2 * n), n - int(.6 * n) - int(.2 * n)], torch.Generator().manual_seed(3))
    dl = [DataLoader(p, 24, shuffle=i == 0) for i, p in enumerate(parties)]
    m = CNNFissures()
    print(entrainer_fissures(m, dl[0], dl[1], 1), precision_fissures(m, dl[2]))
