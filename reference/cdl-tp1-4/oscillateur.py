"""TP 1.4 : l'oscillateur amorti m u″ + µ u′ + k u = 0, u(0) = 1, u′(0) = 0, sur t dans [0, 1]."""

import torch
from torch import nn


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    """La solution exacte, pour un oscillateur sous-amorti."""
    # <solution>
    decay = mu / (2 * m)
    frequency = (k / m - decay**2) ** 0.5
    phase = torch.atan(torch.tensor(-decay / frequency))
    return torch.exp(-decay * t) * torch.cos(frequency * t + phase) / torch.cos(phase)
    # </solution>


class FCN(nn.Module):
    """depth couches cachées de largeur hidden_dim, chacune suivie de tanh, puis une sortie libre."""

    def __init__(self, input_dim=1, hidden_dim=32, depth=3, output_dim=1):
        super().__init__()
        # <solution>
        layers = [nn.Linear(input_dim, hidden_dim), nn.Tanh()]
        for _ in range(depth - 1):
            layers += [nn.Linear(hidden_dim, hidden_dim), nn.Tanh()]
        layers.append(nn.Linear(hidden_dim, output_dim))
        self.net = nn.Sequential(*layers)
        # </solution>

    def forward(self, x):
        # <solution>
        return self.net(x)
        # </solution>


def minimise(parameters, compute_loss, epochs, lr):
    """Adam pour approcher, L-BFGS pour finir ; renvoie le journal des pertes."""
    # <solution>
    journal = []

    def closure():
        optimizer.zero_grad()
        loss = compute_loss()
        loss.backward()
        journal.append(loss.item())
        return loss

    optimizer = torch.optim.Adam(parameters, lr=lr)
    for _ in range(epochs):
        optimizer.step(closure)
    optimizer = torch.optim.LBFGS(
        parameters, max_iter=epochs, history_size=50, tolerance_change=1e-9, line_search_fn="strong_wolfe"
    )
    optimizer.step(closure)
    return journal
    # </solution>


def train_regression_pure(t, u, epochs=200, lr=5e-3):
    """Un réseau qui ne connaît que les observations ; renvoie (model, losses)."""
    # <solution>
    torch.manual_seed(0)
    model = FCN()
    losses = minimise(list(model.parameters()), lambda: torch.mean((model(t) - u) ** 2), epochs, lr)
    return model, losses
    # </solution>


def residual(model, t, m=1.0, mu=2.0, k=100.0):
    """m u″ + µ u′ + k u à chaque instant, dérivable par rapport aux paramètres du réseau."""
    # <solution>
    t = t.detach().clone().requires_grad_()
    u = model(t)
    du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    d2u = torch.autograd.grad(du, t, torch.ones_like(du), create_graph=True)[0]
    return m * d2u + mu * du + k * u
    # </solution>


def initial_loss(model):
    """L'écart aux conditions initiales u(0) = 1 et u′(0) = 0."""
    # <solution>
    t = torch.zeros(1, 1, requires_grad=True)
    u = model(t)
    du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    return torch.mean((u - 1) ** 2) + 0.1 * torch.mean(du**2)
    # </solution>


def train_pinn(m=1.0, mu=2.0, k=100.0, epochs=300, lr=5e-3):
    """Un réseau qui ne connaît que l'équation et l'instant 0 ; renvoie (model, losses)."""
    # <solution>
    torch.manual_seed(0)
    model = FCN(hidden_dim=24, depth=2)
    t = torch.linspace(0, 1, 40).reshape(-1, 1)

    def compute_loss():
        return initial_loss(model) + 1e-4 * torch.mean(residual(model, t, m, mu, k) ** 2)

    losses = minimise(list(model.parameters()), compute_loss, epochs, lr)
    return model, losses
    # </solution>


def identify(t, u, m=1.0, k=100.0, epochs=250, lr=1e-2):
    """Retrouve µ à partir d'observations bruitées ; renvoie (model, mu, losses)."""
    # <solution>
    torch.manual_seed(0)
    model = FCN(hidden_dim=24, depth=2)
    mu = nn.Parameter(torch.tensor(1.0))
    t_physics = torch.linspace(0, 1, 40).reshape(-1, 1)

    def compute_loss():
        data = torch.mean((model(t) - u) ** 2)
        return data + 1e-4 * torch.mean(residual(model, t_physics, m, mu, k) ** 2)

    losses = minimise([*model.parameters(), mu], compute_loss, epochs, lr)
    return model, mu.item(), losses
    # </solution>
