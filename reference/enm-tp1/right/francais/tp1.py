# TP1 ENM - Dupont / Lemaire
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler


class PerceptronUneCouche(nn.Module):
    def __init__(self, nb_entrees, nb_classes):
        super(PerceptronUneCouche, self).__init__()
        self.couche = nn.Linear(nb_entrees, nb_classes)
        self.activation = nn.Softmax(dim=1)
        self.initialiser()

    def initialiser(self):
        nn.init.kaiming_normal_(self.couche.weight, nonlinearity="relu")
        self.couche.bias.data.fill_(0.0)

    def forward(self, entrees):
        return self.activation(self.couche(entrees))


def decider(probas):
    # regle de decision : torch.max renvoie (valeurs, indices)
    return torch.max(probas, 1)[1]


def mon_softmax(z):
    m, _ = torch.max(z, dim=1, keepdim=True)
    e = torch.exp(z - m)
    return e / torch.sum(e, dim=1, keepdim=True)


def encodage_one_hot(cible, nb_classes):
    resultat = torch.zeros(len(cible), nb_classes)
    for i in range(len(cible)):
        resultat[i, cible[i]] = 1
    return resultat


def perte_nll(probas, cible):
    eps = 1e-10
    return F.nll_loss(torch.log(probas + eps), cible)


def entropie_croisee_binaire(proba, cible):
    return F.binary_cross_entropy(proba, cible.float())


class JeuDeDonnees(Dataset):
    def __init__(self, donnees, etiquettes, transformation=None):
        self.donnees = torch.as_tensor(donnees, dtype=torch.float32)
        self.etiquettes = torch.as_tensor(etiquettes, dtype=torch.int64)
        self.transformation = transformation

    def __len__(self):
        return self.donnees.shape[0]

    def __getitem__(self, indice):
        exemple = self.donnees[indice].clone()
        if self.transformation:
            exemple = self.transformation(exemple)
        return exemple, self.etiquettes[indice]


def creer_chargeur(jeu, taille_lot, pondere=False):
    if pondere:
        effectifs = torch.bincount(jeu.etiquettes).float()
        poids = (1 / effectifs)[jeu.etiquettes]
        tirage = WeightedRandomSampler(poids, len(poids), replacement=True)
        return DataLoader(jeu, taille_lot, sampler=tirage)
    else:
        return DataLoader(jeu, taille_lot, shuffle=True)


def calculer_gradients(modele, entrees, cibles):
    for p in modele.parameters():
        p.grad = None
    perte = perte_nll(modele(entrees), cibles)
    perte.backward()
    grads = {}
    for nom, p in modele.named_parameters():
        grads[nom] = p.grad
    return grads


def entrainer(modele, chargeur, nb_epoques, pas=0.01):
    optimiseur = torch.optim.Adam(modele.parameters(), lr=pas)
    pertes = []
    for epoque in range(nb_epoques):
        for entrees, cibles in chargeur:
            sorties = modele(entrees)
            perte = perte_nll(sorties, cibles)
            optimiseur.zero_grad()
            perte.backward()
            optimiseur.step()
            pertes.append(perte.item())
        print("epoque", epoque, "perte", pertes[-1])
    return pertes


class ReseauXor(nn.Module):
    def __init__(self):
        super().__init__()
        self.couche1 = nn.Linear(2, 4)
        self.couche2 = nn.Linear(4, 1)

    def forward(self, x):
        x = torch.relu(self.couche1(x)) if False else torch.sigmoid(self.couche1(x))
        return torch.sigmoid(self.couche2(x))


def entrainer_xor():
    X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
    Y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
    reseau = ReseauXor()
    optimiseur = torch.optim.Adam(reseau.parameters(), lr=0.1)
    for _ in range(1000):
        optimiseur.zero_grad()
        perte = F.binary_cross_entropy(reseau(X), Y)
        perte.backward()
        optimiseur.step()
    return reseau


# Question : pourquoi la vraisemblance ? parce que les classes n'ont pas d'ordre...
