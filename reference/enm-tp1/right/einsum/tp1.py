"""TP1 - tout en einsum et en fonctions pures."""
from functools import partial, reduce

import torch
from torch import nn, einsum
from torch.func import functional_call, grad
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

log_sur = lambda p: torch.log(torch.where(p > 1e-12, p, torch.full_like(p, 1e-12)))


def softmax(z):
    z = z - z.amax(-1, keepdim=True)
    return einsum("nk,n->nk", z.exp(), 1 / z.exp().sum(-1))


def softmax_lot(z):
    e = (z - z.amax(1, keepdim=True)).exp()
    return e / e.sum(1, keepdim=True)


class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.theta = nn.Parameter(torch.randn(n_classes, n_features) * (2 / n_features) ** 0.5)
        self.beta = nn.Parameter(torch.zeros(n_classes))

    def forward(self, x):
        return softmax_lot(einsum("nd,kd->nk", x, self.theta) + self.beta)


def decide(probabilities):
    return probabilities.argmax(-1)


def one_hot(target, n_classes):
    return (torch.as_tensor(target)[:, None] == torch.arange(n_classes)).float()


def nll_loss(probabilities, target):
    return -einsum("nk,nk->n", one_hot(target, probabilities.shape[1]), log_sur(probabilities)).mean()


def binary_cross_entropy(p, target):
    return -(target * log_sur(p) + (1 - target) * log_sur(1 - p)).mean()


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x, self.y = x, y
        self.augment = augment or (lambda t: t)

    __len__ = lambda self: len(self.y)
    __getitem__ = lambda self, i: (self.augment(self.x[i]), self.y[i])


def make_loader(dataset, batch_size, weighted=False):
    if not weighted:
        return DataLoader(dataset, batch_size, shuffle=True)
    y = torch.stack([torch.as_tensor(dataset[i][1]) for i in range(len(dataset))])
    w = one_hot(y, int(y.max()) + 1)
    return DataLoader(dataset, batch_size, sampler=WeightedRandomSampler(w @ (1 / w.sum(0).clamp(min=1)), len(y)))


def gradients(model, x, y):
    params = {k: v.detach() for k, v in model.named_parameters()}
    perte = lambda p: nll_loss(functional_call(model, p, (x,)), y)
    return grad(perte)(params)


def pas(model, lr, lot):
    g = gradients(model, *lot)
    with torch.no_grad():
        for k, p in model.named_parameters():
            p.sub_(lr * g[k])
    return nll_loss(model(lot[0]), lot[1]).item()


def train(model, loader, epochs, lr=0.1):
    un_pas = partial(pas, model, lr)
    epoque = lambda _: (lambda pertes: sum(pertes) / len(pertes))(list(map(un_pas, loader)))
    return list(map(epoque, range(epochs)))


class XorMLP(nn.Module):
    def __init__(self, n=8):
        super().__init__()
        self.a, self.b, self.c, self.d = map(nn.Parameter, (torch.randn(n, 2), torch.randn(n), torch.randn(2, n) / n**0.5, torch.zeros(2)))

    def forward(self, x):
        return einsum("nh,kh->nk", torch.tanh(einsum("nd,hd->nh", x, self.a) + self.b), self.c) + self.d


def train_xor():
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0, 1, 1, 0])
    m = XorMLP()
    o = torch.optim.SGD(m.parameters(), lr=0.3, momentum=0.9)
    for _ in range(500):
        o.zero_grad()
        nll_loss(softmax(m(x)), y).backward()
        o.step()
    return m

# Réponses. Vraisemblance : dérivable, tient compte de la confiance, pas d'ordre entre classes.
# Mini-lots : mémoire, vitesse, bruit utile.
