"""Object style: the network knows its physics."""
import math

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.autograd import grad


class FCN(nn.Module):
    def __init__(self, n_input=1, n_hidden=24, n_layers=2, n_output=1):
        super().__init__()
        sizes = [n_input] + [n_hidden] * n_layers + [n_output]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.tanh(layer(x))
        return self.layers[-1](x)

    def residual(self, t, m=1.0, mu=2.0, k=100.0):
        t = t.clone().detach().requires_grad_(True)
        u = self(t)
        u_t, = grad(u.sum(), t, create_graph=True)
        u_tt, = grad(u_t.sum(), t, create_graph=True)
        return m * u_tt + mu * u_t + k * u


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    delta = mu / (2 * m)
    omega = math.sqrt(k / m - delta**2)
    return torch.exp(-delta * t) * (torch.cos(omega * t) + delta / omega * torch.sin(omega * t))


class Trainer:
    def __init__(self, model, lr=1e-2):
        self.model = model
        self.extra = []
        self.lr = lr
        self.history = []

    def fit(self, loss_function, epochs):
        optimizer = torch.optim.LBFGS([*self.model.parameters(), *self.extra], lr=1, max_iter=epochs, history_size=60,
                                      tolerance_change=1e-10, tolerance_grad=1e-10, line_search_fn="strong_wolfe")

        def closure():
            optimizer.zero_grad()
            loss = loss_function(self.model)
            loss.backward()
            self.history.append(float(loss))
            return loss

        optimizer.step(closure)
        return self.model


def train_regression_pure(t, u, epochs=300):
    torch.manual_seed(1)
    trainer = Trainer(FCN())
    trainer.fit(lambda net: nn.functional.mse_loss(net(t), u), epochs)
    return trainer.model, trainer.history


def train_pinn(epochs=500, *, m=1.0, mu=2.0, k=100.0):
    torch.manual_seed(1)
    trainer = Trainer(FCN())
    t = torch.linspace(0, 1, 50)[:, None]

    def physics(net):
        zero = torch.zeros(1, 1, requires_grad=True)
        start = net(zero)
        speed = grad(start, zero, create_graph=True)[0]
        return (start - 1).square().sum() + (speed / 10).square().sum() + 1e-4 * net.residual(t, m, mu, k).square().mean()

    trainer.fit(physics, epochs)
    return trainer.model, trainer.history


def identify(t, u, m=1.0, k=100.0, epochs=500):
    torch.manual_seed(1)
    net = FCN()
    net.log_mu = nn.Parameter(torch.zeros(()))
    trainer = Trainer(net)
    where = torch.linspace(0, 1, 50)[:, None]
    trainer.fit(lambda net: (net(t) - u).square().mean()
                + 1e-4 * net.residual(where, m, net.log_mu.exp(), k).square().mean(), epochs)
    return net, net.log_mu.exp().item(), trainer.history


def main():
    t = torch.linspace(0, 1, 201)[:, None]
    truth = exact_solution(t)
    seen = t[:, 0] <= 0.36
    t_obs, u_obs = t[seen][::6], truth[seen][::6]
    plain, plain_losses = train_regression_pure(t_obs, u_obs)
    informed, losses = train_pinn()
    with torch.no_grad():
        fig, axes = plt.subplots(1, 3, figsize=(15, 4))
        for ax, net, name in ((axes[0], plain, "regression"), (axes[1], informed, "PINN")):
            ax.plot(t, truth, label="exact")
            ax.plot(t_obs, u_obs, "x", label="observed")
            ax.plot(t, net(t), "--", label=name)
            ax.legend()
    axes[2].semilogy(plain_losses)
    axes[2].semilogy(losses)
    noisy = exact_solution(t, mu=2.7) + 0.01 * torch.randn_like(t)
    _, mu, _ = identify(t, noisy)
    print(f"mu = {mu:.3f}")
    fig.savefig("comparison.png")


if __name__ == "__main__":
    main()
