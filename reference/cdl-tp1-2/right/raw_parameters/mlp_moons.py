"""MLP aux paramètres bruts, gradients par torch.autograd.grad."""
import math
from itertools import pairwise

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import make_moons
from torch import nn


def dense(n_in, n_out):
    """Poids (n_in, n_out), la dernière ligne est le biais"""
    W = torch.empty(n_in + 1, n_out).uniform_(-1, 1) / math.sqrt(n_in)
    return nn.Parameter(W)


class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        self.W = nn.ParameterList(dense(a, b) for a, b in pairwise([2, *hidden_layers, 2]))
        self.p = dropout_p

    def forward(self, x):
        *caches, dernier = self.W
        for W in caches:
            x = torch.tanh(torch.einsum("ni,ij->nj", x, W[:-1]) + W[-1])
            x = F.dropout(x, self.p, training=self.training) if self.p else x
        return x @ dernier[:-1] + dernier[-1]


def lots(X, y, taille):
    for idx in torch.randperm(len(X)).split(taille):
        yield X[idx], y[idx]


def bilan(model, X, y):
    model.eval()
    with torch.no_grad():
        s = model(X)
    return F.cross_entropy(s, y).item(), s.argmax(-1).eq(y).double().mean().item()


def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=300, lr=0.01):
    parametres = list(model.parameters())
    adam = torch.optim.Adam(parametres, lr=lr)
    journal = []
    for _ in range(epochs):
        model.train()
        for xb, yb in lots(X_train, y_train, 50):
            perte = F.nll_loss(F.log_softmax(model(xb), dim=1), yb)
            for p, g in zip(parametres, torch.autograd.grad(perte, parametres)):
                p.grad = g
            adam.step()
        journal.append((*bilan(model, X_train, y_train), *bilan(model, X_val, y_val)))
    cles = ("perte_train", "acc_train", "perte_val", "acc_val")
    return {c: list(v) for c, v in zip(cles, zip(*journal))}


def main():
    tenseurs = lambda n, g: (torch.tensor(v, dtype=t) for v, t in zip(make_moons(n, noise=.35, random_state=g), (torch.float, torch.long)))
    Xt, yt = tenseurs(70, 0)
    Xv, yv = tenseurs(400, 1)
    for nom, couches, p in [("simple", [2], 0), ("profond", [80, 80, 80], 0), ("dropout", [80, 80, 80], .5)]:
        torch.manual_seed(3)
        m = MLP(couches, p)
        h = train_and_evaluate(m, Xt, yt, Xv, yv)
        plt.figure(figsize=(9, 4))
        plt.subplot(121)
        plt.plot(h["perte_train"], label="apprentissage")
        plt.plot(h["perte_val"], label="validation")
        plt.title(nom); plt.legend()
        plt.subplot(122)
        gx, gy = torch.meshgrid(torch.linspace(-2, 3, 200), torch.linspace(-1.5, 2, 200), indexing="xy")
        m.eval()
        z = m(torch.stack([gx, gy], -1).reshape(-1, 2)).argmax(1).reshape(200, 200)
        plt.pcolormesh(gx, gy, z, shading="auto", alpha=.4)
        plt.scatter(*Xt.T, c=yt)
        plt.savefig(nom + ".png")


main()
