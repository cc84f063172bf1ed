import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, Subset, WeightedRandomSampler

def softmax_1d(v):
    e = torch.exp(v - v.max())
    return e / e.sum()

def softmax(z):
    return torch.stack([softmax_1d(v) for v in z])

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.neurones = nn.ModuleList([nn.Linear(n_features, 1) for _ in range(n_classes)])
        for n in self.neurones:
            nn.init.normal_(n.weight, std=(2 / n_features) ** 0.5)
    def forward(self, x):
        return softmax(torch.cat([n(x) for n in self.neurones], dim=1))

def decide(probabilities):
    return torch.stack([p.argmax() for p in probabilities])

def one_hot(target, n_classes):
    z = torch.zeros(target.numel(), n_classes, dtype=torch.bool)
    z[range(target.numel()), target] = True
    return z

def nll_loss(probabilities, target):
    return -(probabilities[one_hot(target, probabilities.shape[1])] + 1e-9).log().mean()

def binary_cross_entropy(p, target):
    return nll_loss(torch.stack([1 - p, p], dim=-1), target.to(torch.int64))

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.examples = [{"x": a, "y": b} for a, b in zip(x, y)]
        self.augment = augment
    def __len__(self):
        return len(self.examples)
    def __getitem__(self, i):
        e = self.examples[i]
        x = e["x"]
        if self.augment is not None:
            x = self.augment(x)
        return x, e["y"]

def make_loader(dataset, batch_size, weighted=False):
    if not weighted:
        return DataLoader(dataset, batch_size=batch_size, shuffle=True)
    y = [int(y) for x, y in DataLoader(dataset, batch_size=1)]
    n = {c: y.count(c) for c in set(y)}
    return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler([1 / n[c] for c in y], len(y), replacement=True))

def gradients(model, x, y):
    out = nll_loss(model(x), y)
    g = torch.autograd.grad(out, list(model.parameters()))
    return {name: g[i] for i, (name, _) in enumerate(model.named_parameters())}

def train(model, loader, epochs, lr=0.1, verbose=False):
    optim = torch.optim.Adagrad(model.parameters(), lr=lr)
    courbe = []
    for epoch in range(epochs):
        pertes = []
        for lot in loader:
            optim.zero_grad()
            perte = nll_loss(model(lot[0]), lot[1])
            perte.backward()
            optim.step()
            pertes.append(perte.item())
        courbe.append(sum(pertes) / len(pertes))
    return courbe

class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.couches = nn.Sequential(nn.Linear(2, 3), nn.Sigmoid(), nn.Linear(3, 2))
    def forward(self, x):
        return softmax(self.couches(x))

def train_xor():
    modele = XorMLP()
    x = torch.tensor([[0., 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([0, 1, 1, 0])
    ds = LabelledDataset(x, y)
    optim = torch.optim.Adam(modele.parameters(), lr=0.1)
    for _ in range(600):
        for a, b in make_loader(ds, 4):
            optim.zero_grad()
            nll_loss(modele(a), b).backward()
            optim.step()
    return modele
