"""TP1. Tests en bas : python -m unittest tp1"""
import os
import unittest
import numpy as np
import torch
import torch.nn as nn
import wandb
from torch.utils.data import DataLoader, Dataset, RandomSampler, BatchSampler, WeightedRandomSampler

os.environ["WANDB_MODE"] = "disabled"
wandb.init(project="enm-tp1", config={"lr": 0.05, "epochs": 20})

def softmax(z):
    z = np.asarray(z, dtype=np.float64) if not torch.is_tensor(z) else z
    lib = torch if torch.is_tensor(z) else np
    m = z.max(-1, keepdims=True) if lib is np else z.max(-1, keepdim=True)[0]
    e = lib.exp(z - m)
    return e / (e.sum(-1, keepdims=True) if lib is np else e.sum(-1, keepdim=True))

def one_hot(target, n_classes):
    return (torch.as_tensor(target)[:, None] == torch.arange(n_classes)[None]).float()

def nll_loss(probabilities, target):
    logp = torch.log(torch.maximum(probabilities, torch.tensor(1e-12)))
    return -torch.einsum("nk,nk->", logp, one_hot(target, logp.shape[1])) / len(target)

def binary_cross_entropy(p, target):
    eps = 1e-7
    p = torch.where(p < eps, eps, torch.where(p > 1 - eps, 1 - eps, p))
    return torch.where(target == 1, -p.log(), -(1 - p).log()).mean()

def decide(probabilities):
    return torch.tensor(np.asarray(probabilities.detach()).argmax(1))

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.theta = nn.Parameter(torch.empty(n_features + 1, n_classes))   # dernière ligne : biais
        with torch.no_grad():
            nn.init.xavier_uniform_(self.theta[:-1])
            self.theta[-1] = 0
    def forward(self, x):
        un = torch.ones(len(x), 1)
        return softmax(torch.cat([x, un], 1) @ self.theta)

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x, self.y, self.augment = x, y, augment
    def __len__(self):
        return len(self.x)
    def __getitem__(self, i):
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        x = self.x[i]
        return (self.augment(x) if self.augment else x), self.y[i]

def make_loader(dataset, batch_size, weighted=False):
    n = len(dataset)
    if weighted:
        y = np.array([int(dataset.y[i]) for i in range(n)])
        classes, inv, c = np.unique(y, return_inverse=True, return_counts=True)
        sampler = WeightedRandomSampler((1 / c)[inv], n)
    else:
        sampler = RandomSampler(dataset)
    return DataLoader(dataset, batch_sampler=BatchSampler(sampler, batch_size, drop_last=False))

def gradients(model, x, y):
    """formule : -(1/n) Σ x (onehot - p)ᵀ, sans autograd"""
    with torch.no_grad():
        p = model(x)
        e = (p - one_hot(y, p.shape[1])) / len(x)
        return {"theta": torch.cat([x, torch.ones(len(x), 1)], 1).T @ e}

def train(model, loader, epochs=20, lr=0.2):
    losses = []
    for epoch in range(epochs):
        for x, y in loader:
            g = gradients(model, x, y)
            with torch.no_grad():
                model.theta.sub_(g["theta"], alpha=lr)
                losses.append(nll_loss(model(x), y).item())
        wandb.log({"loss": losses[-1]}, step=epoch)
    return losses

class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(2, 10), nn.ELU(), nn.Linear(10, 2), nn.Softmax(dim=-1))
    def forward(self, x):
        return self.f(x)

def train_xor(verbose=False):
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float)
    y = torch.tensor([0, 1, 1, 0])
    model = XorMLP()
    opt = torch.optim.RMSprop(model.parameters(), lr=0.02)
    for step in range(1000):
        opt.zero_grad()
        loss = nll_loss(model(x), y)
        loss.backward()
        opt.step()
        if verbose and step % 100 == 0:
            print(step, loss.item())
    return model

class Tests(unittest.TestCase):
    def test_softmax(self):
        self.assertTrue(torch.allclose(softmax(torch.tensor([[1000., 1000.]])), torch.tensor([[.5, .5]])))
    def test_gradients(self):
        m, x, y = Perceptron(3, 4), torch.randn(5, 3), torch.randint(0, 4, (5,))
        nll_loss(m(x), y).backward()
        self.assertTrue(torch.allclose(m.theta.grad, gradients(m, x, y)["theta"], atol=1e-5))

# 6. La vraisemblance est dérivable et tient compte de la confiance ; les mini-lots : moins de mémoire, du bruit utile.
if __name__ == "__main__":
    unittest.main(argv=["tp1"], exit=False)
    d = np.loadtxt("data/train.csv", delimiter=",", skiprows=1)
    x = torch.tensor((d[:, :-1] - d[:, :-1].mean(0)) / d[:, :-1].std(0), dtype=torch.float)
    print(train(Perceptron(6, 4), make_loader(LabelledDataset(x, torch.tensor(d[:, -1]).long()), 32))[-1])
