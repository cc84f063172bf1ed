"""After the well-known public notebook, put into functions."""
import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn as nn


def oscillator(d, w0, x):
    """Defines the analytical solution to the 1D underdamped harmonic oscillator problem."""
    assert d < w0
    w = np.sqrt(w0**2 - d**2)
    phi = np.arctan(-d / w)
    A = 1 / (2 * np.cos(phi))
    cos = torch.cos(phi + w * x)
    exp = torch.exp(-d * x)
    y = exp * 2 * A * cos
    return y


class FCN(nn.Module):
    "Defines a connected network"

    def __init__(self, N_INPUT, N_OUTPUT, N_HIDDEN, N_LAYERS):
        super().__init__()
        activation = nn.Tanh
        self.fcs = nn.Sequential(*[nn.Linear(N_INPUT, N_HIDDEN), activation()])
        self.fch = nn.Sequential(*[
            nn.Sequential(*[nn.Linear(N_HIDDEN, N_HIDDEN), activation()]) for _ in range(N_LAYERS - 1)])
        self.fce = nn.Linear(N_HIDDEN, N_OUTPUT)

    def forward(self, x):
        x = self.fcs(x)
        x = self.fch(x)
        x = self.fce(x)
        return x


def physics_residual(model, x, mu, k):
    yhp = model(x)
    dx = torch.autograd.grad(yhp, x, torch.ones_like(yhp), create_graph=True)[0]
    dx2 = torch.autograd.grad(dx, x, torch.ones_like(dx), create_graph=True)[0]
    return dx2 + mu * dx + k * yhp


def train_nn(x_data, y_data, n_iter=1000):
    torch.manual_seed(123)
    model = FCN(1, 1, 32, 3)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses = []
    for i in range(n_iter):
        optimizer.zero_grad()
        yh = model(x_data)
        loss = torch.mean((yh - y_data) ** 2)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return model, losses


def pinn_train(x_data, y_data, x_physics, mu=4, k=400, n_iter=20000, lr=1e-4):
    torch.manual_seed(123)
    model = FCN(1, 1, 24, 2)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for i in range(n_iter):
        optimizer.zero_grad()
        loss1 = torch.mean((model(x_data) - y_data) ** 2)
        loss2 = 1e-4 * torch.mean(physics_residual(model, x_physics, mu, k) ** 2)
        loss = loss1 + loss2
        loss.backward()
        optimizer.step()
        losses.append((loss.item(), loss1.item(), loss2.item()))
    return model, losses


def discover(x, y, x_physics, k=100, n_iter=1500):
    torch.manual_seed(123)
    model = FCN(1, 1, 24, 2)
    mu = torch.nn.Parameter(torch.zeros(1, requires_grad=True))
    optimizer = torch.optim.Adam(list(model.parameters()) + [mu], lr=1e-2)
    mus, losses = [], []
    for i in range(n_iter):
        optimizer.zero_grad()
        loss = torch.mean(physics_residual(model, x_physics, mu, k) ** 2) + 1e4 * torch.mean((model(x) - y) ** 2)
        loss.backward()
        optimizer.step()
        mus.append(mu.item())
        losses.append(loss.item())
    return model, mus[-1], {"mu": mus, "loss": losses}


d, w0 = 1, 10
x = torch.linspace(0, 1, 500).view(-1, 1)
y = oscillator(d, w0, x).view(-1, 1)
x_data = x[0:190:15]
y_data = y[0:190:15]
x_physics = torch.linspace(0, 1, 40).view(-1, 1).requires_grad_(True)


def plot_result(x, y, x_data, y_data, yh, title):
    plt.figure(figsize=(8, 4))
    plt.plot(x, y, color="grey", linewidth=2, alpha=0.8, label="Exact solution")
    plt.plot(x, yh, color="tab:blue", linewidth=4, alpha=0.8, label="Neural network prediction")
    plt.scatter(x_data, y_data, s=60, color="tab:orange", alpha=0.4, label="Training data")
    l = plt.legend(loc=(1.01, 0.34), frameon=False, fontsize="large")
    plt.xlim(-0.05, 1.05)
    plt.ylim(-1.1, 1.1)
    plt.title(title)
    plt.axis("off")


nn_model, nn_losses = train_nn(x_data, y_data)
plot_result(x, y, x_data, y_data, nn_model(x).detach(), "NN")
plt.show()
model, losses = pinn_train(x_data, y_data, x_physics, mu=2 * d, k=w0**2, n_iter=2000, lr=1e-2)
plot_result(x, y, x_data, y_data, model(x).detach(), "PINN")
plt.show()
x_noisy = torch.linspace(0, 1, 100).view(-1, 1)
y_noisy = oscillator(1.5, 10, x_noisy) + 0.01 * torch.randn_like(x_noisy)
_, mu, _ = discover(x_noisy, y_noisy, x_physics)
print("mu", mu, "true", 3)
