"""Tout dans un fichier, une classe par problème."""
import math
import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt


def u_exacte(t, m=1.0, mu=2.0, k=100.0):
    d = mu / (2 * m)
    w = math.sqrt(k / m - d * d)
    return torch.exp(-d * t) * (torch.cos(w * t) + d / w * torch.sin(w * t))


class Reseau(nn.Module):
    def __init__(self, n_in=1, largeur=32, profondeur=3, n_out=1):
        super().__init__()
        tailles = [n_in] + [largeur] * profondeur
        self.cachees = nn.ModuleList([nn.Linear(a, b) for a, b in zip(tailles[:-1], tailles[1:])])
        self.sortie = nn.Linear(largeur, n_out)

    def forward(self, t):
        for c in self.cachees:
            t = torch.tanh(c(t))
        return self.sortie(t)


def deriver(f, t):
    return torch.autograd.grad(f, t, torch.ones_like(f), create_graph=True)[0]


def residu(modele, t, m=1.0, mu=2.0, k=100.0):
    t = t.clone().detach().requires_grad_(True)
    u = modele(t)
    du = deriver(u, t)
    return m * deriver(du, t) + mu * du + k * u


def ci(modele):
    t0 = torch.zeros(1, 1, requires_grad=True)
    u0 = modele(t0)
    return (u0 - 1).pow(2).sum(), deriver(u0, t0).pow(2).sum()


def optimiser(params, perte, n_adam, n_lbfgs, lr):
    journal = []
    adam = torch.optim.Adam(params, lr=lr)
    for _ in range(n_adam):
        adam.zero_grad()
        l = perte()
        l.backward()
        adam.step()
        journal.append(l.item())
    lb = torch.optim.LBFGS(params, max_iter=n_lbfgs, history_size=50, line_search_fn="strong_wolfe", tolerance_grad=1e-9, tolerance_change=1e-12)
    def fermeture():
        lb.zero_grad()
        l = perte()
        l.backward()
        journal.append(l.item())
        return l
    lb.step(fermeture)
    return journal


def regression(t, u, epoques=300, lr=5e-3):
    torch.manual_seed(0)
    net = Reseau()
    journal = optimiser(list(net.parameters()), lambda: ((net(t) - u) ** 2).mean(), epoques, 100, lr)
    return net, journal


def pinn(m=1.0, mu=2.0, k=100.0, epoques=500, lr=5e-3):
    torch.manual_seed(0)
    net = Reseau()
    tc = torch.linspace(0, 1, 100).view(-1, 1)
    def perte():
        a, b = ci(net)
        return a + 1e-2 * b + 1e-4 * residu(net, tc, m, mu, k).pow(2).mean()
    return net, optimiser(list(net.parameters()), perte, epoques, 1500, lr)


def trouver_mu(t, u, m=1.0, k=100.0, epoques=500, lr=1e-2):
    torch.manual_seed(0)
    net = Reseau()
    mu = nn.Parameter(torch.tensor(1.0))
    tc = torch.linspace(0, 1, 100).view(-1, 1)
    perte = lambda: ((net(t) - u) ** 2).mean() + 1e-4 * residu(net, tc, m, mu, k).pow(2).mean()
    journal = optimiser([*net.parameters(), mu], perte, epoques, 1000, lr)
    return net, mu.item(), journal


def main():
    T = torch.linspace(0, 1, 300).view(-1, 1)
    U = u_exacte(T)
    t = torch.linspace(0, .36, 20).view(-1, 1)
    u = u_exacte(t)
    net, j = regression(t, u)
    with torch.no_grad():
        pred = net(T)
    print("erreur hors fenetre", ((pred - U)[T > .36].norm() / U[T > .36].norm()).item())
    plt.plot(T, U, "k", label="exacte")
    plt.plot(t, u, "o", label="observations")
    plt.plot(T, pred, "--", label="réseau")
    plt.legend(); plt.show()
    net, j = pinn()
    plt.figure()
    plt.plot(T, U, label="exacte"); plt.plot(T, net(T).detach(), "--", label="PINN"); plt.legend(); plt.show()
    to = torch.rand(80, 1)
    net, mu, j = trouver_mu(to, u_exacte(to, mu=3.0) + .01 * torch.randn(80, 1))
    print("mu =", mu)


if __name__ == "__main__":
    main()
# La physique permet d'extrapoler, mais l'entrainement est plus long.
