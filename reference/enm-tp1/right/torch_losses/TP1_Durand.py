import torch
import torch.nn as nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler, TensorDataset

softmax = nn.Softmax(dim=1)
binary_cross_entropy = nn.BCELoss()

def decision(p):
    _, classe = torch.max(p, dim=1)
    return classe

def one_hot(cible, n_classes):
    return nn.functional.one_hot(cible, n_classes)

def nll(probabilites, cibles):
    critere = nn.NLLLoss()
    return critere(torch.log(probabilites + 1e-20), cibles)

class Perceptron(nn.Module):
    def __init__(self, n_entrees, n_sorties):
        super().__init__()
        self.fc = nn.Linear(n_entrees, n_sorties)
        self.reset()
    def reset(self):
        nn.init.xavier_uniform_(self.fc.weight, gain=nn.init.calculate_gain('sigmoid'))
    def forward(self, x):
        return softmax(self.fc(x))

class MonDataset(Dataset):
    def __init__(self, x, y, augmentation=None):
        super().__init__()
        self.x = x
        self.y = y
        self.augmentation = augmentation
    def __len__(self):
        return len(self.x)
    def __getitem__(self, i):
        if self.augmentation == None:
            return self.x[i], self.y[i]
        return self.augmentation(self.x[i]), self.y[i]

def faire_loader(ds, taille, pondere=False):
    if not pondere:
        return DataLoader(ds, batch_size=taille, shuffle=True)
    labels = torch.tensor([ds[i][1] for i in range(len(ds))])
    poids = torch.zeros(len(ds))
    for c in torch.unique(labels):
        poids[labels == c] = 1.0 / torch.sum(labels == c)
    return DataLoader(ds, batch_size=taille, sampler=WeightedRandomSampler(poids, len(ds)))

def gradient(modele, x, y):
    modele.zero_grad()
    perte = nll(modele(x), y)
    perte.backward()
    return {n: p.grad.clone() for (n, p) in modele.named_parameters()}

def entrainement(modele, loader, epoques=50, taux=0.05):
    opti = torch.optim.SGD(modele.parameters(), lr=taux)
    historique = {"perte": []}
    for _ in range(epoques):
        somme = 0
        for (x, y) in loader:
            opti.zero_grad()
            perte = nll(modele(x), y)
            perte.backward()
            opti.step()
            somme += perte.item()
        historique["perte"].append(somme / len(loader))
    return historique

class PMC(nn.Module):
    def __init__(self, cachee=3):
        super().__init__()
        self.c1 = nn.Linear(2, cachee)
        self.c2 = nn.Linear(cachee, 1)
    def forward(self, x):
        return torch.sigmoid(self.c2(torch.tanh(self.c1(x)))).squeeze(-1)

def entrainement_xor(modele, epoques=1000, taux=0.1):
    x = torch.tensor([[0., 0], [1, 0], [0, 1], [1, 1]])
    y = torch.tensor([0., 1, 1, 0])
    opti = torch.optim.Adam(modele.parameters(), lr=taux)
    for _ in range(epoques):
        opti.zero_grad()
        binary_cross_entropy(modele(x), y).backward()
        opti.step()

mlp = PMC()
entrainement_xor(mlp)
print(mlp(torch.tensor([[0., 0], [1, 0], [0, 1], [1, 1]])))
