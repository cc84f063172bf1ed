"""Un réseau dont on donne toutes les largeurs, entraîné par des fonctions qui le reçoivent."""

import math

import matplotlib.pyplot as plt
import torch
import torch.nn as nn


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    d = mu / (2 * m)
    w = math.sqrt(k / m - d**2)
    return torch.exp(-d * t) * (torch.cos(w * t) + d / w * torch.sin(w * t))


class FCN(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.linears = nn.ModuleList([nn.Linear(layers[i], layers[i + 1]) for i in range(len(layers) - 1)])

    def forward(self, t):
        for linear in self.linears[:-1]:
            t = torch.tanh(linear(t))
        return self.linears[-1](t)


def grad(u, t):
    return torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]


def residual(model, t, m=1.0, mu=2.0, k=100.0):
    t = t.clone().detach().requires_grad_(True)
    u = model(t)
    u_t = grad(u, t)
    return m * grad(u_t, t) + mu * u_t + k * u


def minimize(params, loss_fn, epochs, lr, polish):
    params, losses = list(params), []
    adam = torch.optim.Adam(params, lr=lr)
    for _ in range(epochs):
        adam.zero_grad()
        loss = loss_fn()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    lbfgs = torch.optim.LBFGS(params, max_iter=20, history_size=50, line_search_fn="strong_wolfe")

    def closure():
        lbfgs.zero_grad()
        loss = loss_fn()
        loss.backward()
        return loss

    return losses + [lbfgs.step(closure).item() for _ in range(polish)]


def train_regression_pure(model, t, u, epochs=800, lr=5e-3):
    return model, minimize(model.parameters(), lambda: ((model(t) - u) ** 2).mean(), epochs, lr, 0)


def train_pinn(model, m=1.0, mu=2.0, k=100.0, epochs=500, lr=5e-3):
    t = torch.linspace(0, 1, 60).view(-1, 1)
    t0 = torch.zeros(1, 1, requires_grad=True)

    def loss():
        u0 = model(t0)
        conditions = (u0 - 1).pow(2).sum() + 0.1 * grad(u0, t0).pow(2).sum()
        return conditions + 1e-4 * residual(model, t, m, mu, k).pow(2).mean()

    return model, minimize(model.parameters(), loss, epochs, lr, 120)


def identify(model, t, u, m=1.0, k=100.0, epochs=600, lr=5e-3):
    mu = nn.Parameter(torch.tensor(1.0))
    tc = torch.linspace(0, 1, 60).view(-1, 1)

    def loss():
        return ((model(t) - u) ** 2).mean() + 1e-4 * residual(model, tc, m, mu, k).pow(2).mean()

    losses = minimize([*model.parameters(), mu], loss, epochs, lr, 120)
    return model, mu.item(), losses


if __name__ == "__main__":
    torch.manual_seed(0)
    largeurs = [1, 32, 32, 32, 1]
    t = torch.linspace(0, 1, 300).view(-1, 1)
    t_obs = torch.linspace(0, 0.36, 12).view(-1, 1)
    regression, pertes = train_regression_pure(FCN(largeurs), t_obs, exact_solution(t_obs))
    pinn, pertes_pinn = train_pinn(FCN(largeurs))

    t_bruit = torch.linspace(0, 1, 80).view(-1, 1)
    u_bruit = exact_solution(t_bruit, mu=3.2) + 0.01 * torch.randn(80, 1)
    _, mu, pertes_inverse = identify(FCN(largeurs), t_bruit, u_bruit)
    print(f"mu estimé {mu:.3f}, vrai 3.2")

    with torch.no_grad():
        plt.plot(t, exact_solution(t), label="solution exacte")
        plt.plot(t_obs, exact_solution(t_obs), "o", label="observations")
        plt.plot(t, regression(t), "--", label="régression pure")
        plt.plot(t, pinn(t), ":", label="prédiction du PINN")
    plt.legend()
    plt.show()
    for nom, une in (("régression", pertes), ("PINN", pertes_pinn), ("inverse", pertes_inverse)):
        plt.semilogy(une, label=nom)
    plt.legend()
    plt.show()
# L'équation permet d'extrapoler ; elle coûte deux dérivées de plus à chaque pas.
