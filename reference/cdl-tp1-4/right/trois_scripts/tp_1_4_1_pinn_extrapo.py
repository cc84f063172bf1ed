import torch
import torch.nn as nn
import matplotlib.pyplot as plt

torch.manual_seed(123)


def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    w0 = torch.sqrt(torch.tensor(k / m))
    d = mu / (2 * m)
    w = torch.sqrt(w0**2 - d**2)
    phi = torch.atan(-d / w)
    A = 1.0 / (2 * torch.cos(phi))
    return torch.exp(-d * t) * 2 * A * torch.cos(phi + w * t)


class FCN(nn.Module):
    def __init__(self, input_dim=1, hidden_dim=32, depth=3, output_dim=1):
        super().__init__()
        layers = [nn.Linear(input_dim, hidden_dim), nn.Tanh()]
        for _ in range(depth - 1):
            layers += [nn.Linear(hidden_dim, hidden_dim), nn.Tanh()]
        layers.append(nn.Linear(hidden_dim, output_dim))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


def train_regression_pure(t, u, epochs=1000, lr=1e-2):
    model = FCN()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = torch.mean((model(t) - u) ** 2)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


def residual(model, t, m=1.0, mu=2.0, k=100.0):
    u = model(t)
    du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    d2u = torch.autograd.grad(du, t, torch.ones_like(du), create_graph=True)[0]
    return m * d2u + mu * du + k * u


def train_pinn(t_data, u_data, t_physics, epochs, lr, lambda_phys):
    """données dans la fenêtre + physique partout"""
    model = FCN(hidden_dim=24, depth=2)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    t0 = torch.tensor([[0.0]], requires_grad=True)
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss_data = torch.mean((model(t_data) - u_data) ** 2)
        u0 = model(t0)
        v0 = torch.autograd.grad(u0, t0, create_graph=True)[0]
        loss_ic = (u0 - 1).pow(2).mean() + 0.01 * v0.pow(2).mean()
        loss_phys = torch.mean(residual(model, t_physics) ** 2)
        loss = loss_data + loss_ic + lambda_phys * loss_phys
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if epoch % 500 == 0:
            print(f"epoch {epoch} loss {loss.item():.3e}")
    return model, losses


t = torch.linspace(0, 1, 500).view(-1, 1)
u = exact_solution(t)
t_data = t[0:180:12]
u_data = u[0:180:12]

reg, losses_reg = train_regression_pure(t_data, u_data)
t_physics = torch.linspace(0, 1, 30).view(-1, 1).requires_grad_(True)
pinn, losses_pinn = train_pinn(t_data, u_data, t_physics, epochs=2000, lr=1e-2, lambda_phys=1e-4)

plt.figure(figsize=(9, 4))
plt.plot(t, u, "k", label="Exacte")
plt.scatter(t_data, u_data, c="red", label="Observations")
plt.plot(t, reg(t).detach(), "--", label="NN")
plt.plot(t, pinn(t).detach(), "--", label="PINN")
plt.xlabel("t")
plt.ylabel("u")
plt.legend()
plt.savefig("extrapo.png")

plt.figure()
plt.semilogy(losses_reg, label="NN")
plt.semilogy(losses_pinn, label="PINN")
plt.legend()
plt.savefig("pertes.png")
# Commentaire : la régression pure diverge au delà de 0.36 ; le PINN suit la solution car l'EDO est imposée partout.
