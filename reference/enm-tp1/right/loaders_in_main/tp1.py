import numpy as np
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler


class PerceptronUneCouche(nn.Module):
    def __init__(self, nb_entrees, nb_sorties):
        super().__init__()
        self.couche = nn.Linear(nb_entrees, nb_sorties)
        self.couche.weight.data.normal_(0, np.sqrt(2 / (nb_entrees + nb_sorties)))
        self.couche.bias.data.zero_()

    def forward(self, entree):
        return torch.softmax(self.couche(entree), dim=-1)


def choisir_classe(probas):
    return torch.argmax(probas, dim=-1)


def softmax(scores):
    maxi = torch.max(scores, dim=1, keepdim=True)[0]
    exps = torch.exp(scores - maxi)
    return exps / torch.sum(exps, dim=1, keepdim=True)


def un_parmi_n(classes, nb_classes):
    resultat = torch.zeros(len(classes), nb_classes)
    resultat.scatter_(1, classes.unsqueeze(1), 1)
    return resultat


def perte_nll(probas, cibles):
    p_bonne = torch.stack([probas[i, c] for i, c in enumerate(cibles)])
    return -torch.mean(torch.log(p_bonne + 1e-12))


def perte_binaire(p, cible):
    p = p.clamp(1e-7, 1 - 1e-7)
    return torch.mean(-cible * torch.log(p) - (1 - cible) * torch.log(1 - p))


class JeuDeDonnees(Dataset):
    def __init__(self, x, y, transformation=None):
        self.x = x
        self.y = y
        self.transformation = transformation

    def __len__(self):
        return len(self.x)

    def __getitem__(self, indice):
        x = self.x[indice]
        if self.transformation is not None:
            x = self.transformation(x)
        return x, self.y[indice]


def calculer_gradients(modele, x, y):
    modele.zero_grad()
    perte = perte_nll(modele(x), y)
    perte.backward()
    grads = {}
    for nom, param in modele.named_parameters():
        grads[nom] = param.grad
    return grads


def apprendre(modele, chargeur, nb_epoques, taux=0.5):
    opti = torch.optim.SGD(modele.parameters(), taux)
    courbe = []
    for _ in range(nb_epoques):
        s = 0
        for x, y in chargeur:
            opti.zero_grad()
            perte = perte_nll(modele(x), y)
            perte.backward()
            opti.step()
            s += float(perte)
        courbe.append(s / len(chargeur))
    return courbe


class MLPXor(nn.Module):
    def __init__(self):
        super().__init__()
        self.cachee = nn.Linear(2, 5)
        self.sortie = nn.Linear(5, 2)

    def forward(self, x):
        return self.sortie(torch.tanh(self.cachee(x)))


def resoudre_xor():
    points = torch.Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    classes = torch.LongTensor([0, 1, 1, 0])
    reseau = MLPXor()
    opti = torch.optim.Adam(reseau.parameters(), 0.05)
    perte = torch.tensor(1.0)
    tours = 0
    while perte > 0.01 and tours < 5000:
        opti.zero_grad()
        perte = nn.CrossEntropyLoss()(reseau(points), classes)
        perte.backward()
        opti.step()
        tours += 1
    print("XOR appris en", tours, "tours")
    return reseau


def principal():
    t = np.loadtxt("data/train.csv", delimiter=",", skiprows=1, dtype=np.float32)
    x, y = torch.from_numpy(t[:, :-1]), torch.from_numpy(t[:, -1]).long()
    x = (x - x.mean(0)) / x.std(0)
    modele = PerceptronUneCouche(6, 4)
    jeu = JeuDeDonnees(x, y, lambda v: v + 0.01 * torch.randn_like(v))
    melange = DataLoader(jeu, batch_size=32, shuffle=True)
    nb = torch.bincount(y)
    tirage = WeightedRandomSampler([1 / nb[c].item() for c in y], len(y))
    equilibre = DataLoader(jeu, batch_size=32, sampler=tirage)
    print("plain", apprendre(modele, melange, 20))
    modele2 = PerceptronUneCouche(6, 4)
    print("equilibre", apprendre(modele2, equilibre, 20))
    print(resoudre_xor()(torch.Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])).argmax(1))


if __name__ == "__main__":
    principal()
