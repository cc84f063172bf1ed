"""TP 1.4 : l'oscillateur amorti m u″ + µ u′ + k u = 0, u(0) = 1, u′(0) = 0, sur t dans [0, 1]."""

import torch
from torch import nn


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    """La solution exacte, pour un oscillateur sous-amorti."""
    raise NotImplementedError


class FCN(nn.Module):
    """depth couches cachées de largeur hidden_dim, chacune suivie de tanh, puis une sortie libre."""

    def __init__(self, input_dim=1, hidden_dim=32, depth=3, output_dim=1):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def minimise(parameters, compute_loss, epochs, lr):
    """Adam pour approcher, L-BFGS pour finir ; renvoie le journal des pertes."""
    raise NotImplementedError


def train_regression_pure(t, u, epochs=200, lr=5e-3):
    """Un réseau qui ne connaît que les observations ; renvoie (model, losses)."""
    raise NotImplementedError


def residual(model, t, m=1.0, mu=2.0, k=100.0):
    """m u″ + µ u′ + k u à chaque instant, dérivable par rapport aux paramètres du réseau."""
    raise NotImplementedError


def initial_loss(model):
    """L'écart aux conditions initiales u(0) = 1 et u′(0) = 0."""
    raise NotImplementedError


def train_pinn(m=1.0, mu=2.0, k=100.0, epochs=300, lr=5e-3):
    """Un réseau qui ne connaît que l'équation et l'instant 0 ; renvoie (model, losses)."""
    raise NotImplementedError


def identify(t, u, m=1.0, k=100.0, epochs=250, lr=1e-2):
    """Retrouve µ à partir d'observations bruitées ; renvoie (model, mu, losses)."""
    raise NotImplementedError
