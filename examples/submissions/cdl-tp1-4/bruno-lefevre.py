# TP 1.4, Bruno Lefèvre
import torch
import torch.nn as nn
import matplotlib.pyplot as plt

def exact_solution(t, m=1.0, mu=2.0, k=100.0):
    d = mu / (2 * m)
    w = (k / m - d ** 2) ** 0.5
    return torch.exp(-d * t) * (torch.cos(w * t) + d / w * torch.sin(w * t))

class FCN(nn.Module):
    def __init__(self, input_dim=1, hidden_dim=24, depth=2, output_dim=1):
        super().__init__()
        layers = [nn.Linear(input_dim, hidden_dim), nn.Tanh()]
        for _ in range(depth - 1):
            layers += [nn.Linear(hidden_dim, hidden_dim), nn.Tanh()]
        layers.append(nn.Linear(hidden_dim, output_dim))
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

def train_regression_pure(t, u, epochs=1000, lr=1e-2):
    torch.manual_seed(0)
    model = FCN()
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for i in range(epochs):
        opt.zero_grad()
        loss = ((model(t) - u) ** 2).mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return model, losses

def residual(model, t, m=1.0, mu=2.0, k=100.0):
    t.requires_grad_(True)
    u = model(t)
    du = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    ddu = torch.autograd.grad(du, t, torch.ones_like(du), create_graph=True)[0]
    return m * ddu - mu * du + k * u

def train_pinn(m=1.0, mu=2.0, k=100.0, epochs=2000, lr=1e-2):
    torch.manual_seed(0)
    model = FCN()
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    t_phys = torch.linspace(0, 1, 40).view(-1, 1)
    losses = []
    for i in range(epochs):
        opt.zero_grad()
        t0 = torch.zeros(1, 1, requires_grad=True)
        u0 = model(t0)
        v0 = torch.autograd.grad(u0, t0, create_graph=True)[0]
        loss = (u0 - 1).pow(2).sum() + 1e-4 * residual(model, t_phys, m, mu, k).pow(2).mean()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return model, losses

def identify(t, u, epochs=1500, lr=1e-2):
    torch.manual_seed(0)
    model = FCN()
    mu = nn.Parameter(torch.tensor(1.0))
    opt = torch.optim.Adam(list(model.parameters()) + [mu], lr=lr)
    t_phys = torch.linspace(0, 1, 40).view(-1, 1)
    history = []
    for i in range(epochs):
        opt.zero_grad()
        loss = ((model(t) - u) ** 2).mean() + 1e-4 * residual(model, t_phys, 1.0, mu, 100.0).pow(2).mean()
        loss.backward()
        opt.step()
        history.append(mu.item())
    return model, mu.item(), history

if __name__ == "__main__":
    t = torch.linspace(0, 1, 200).view(-1, 1)
    t_obs = torch.linspace(0, 0.36, 15).view(-1, 1)
    reg, l1 = train_regression_pure(t_obs, exact_solution(t_obs))
    pinn, l2 = train_pinn()
    plt.figure()
    plt.plot(t, exact_solution(t), label="exact")
    plt.plot(t_obs, exact_solution(t_obs), "o", label="obs")
    plt.plot(t, reg(t).detach(), label="regression")
    plt.plot(t, pinn(t).detach(), label="pinn")
    plt.legend()
    plt.show()
    plt.semilogy(l2)
    plt.show()
    u = exact_solution(t, mu=3.3) + 0.01 * torch.randn(200, 1)
    print(identify(t, u)[1])
