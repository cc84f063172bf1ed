import torch
import torch.nn as nn
import numpy as np

class Config:
    m, mu, k = 1.0, 2.0, 100.0
    window = 0.36
    hidden, depth = 32, 3
    w_phys, w_ic, w_dic = 1e-4, 1.0, 1e-1

def exact_solution(t, m=Config.m, mu=Config.mu, k=Config.k):
    delta = mu / (2 * m)
    omega = np.sqrt(k / m - delta ** 2)
    A = np.sqrt(1 + (delta / omega) ** 2)
    phi = -np.arctan(delta / omega)
    t = t if torch.is_tensor(t) else torch.tensor(t)
    return A * torch.exp(-delta * t) * torch.cos(omega * t + phi)

class FCN(nn.Module):
    def __init__(self, input_dim=1, hidden_dim=Config.hidden, depth=Config.depth, output_dim=1, act=nn.Tanh):
        super().__init__()
        dims = [input_dim, *[hidden_dim] * depth]
        self.hidden = nn.ModuleList(nn.Linear(*d) for d in zip(dims[:-1], dims[1:]))
        self.act = act()
        self.out = nn.Linear(hidden_dim, output_dim)
    def forward(self, t):
        for h in self.hidden:
            t = self.act(h(t))
        return self.out(t)

class PINN(nn.Module):
    """réseau + paramètres physiques"""
    def __init__(self, m=Config.m, mu=Config.mu, k=Config.k, learn_mu=False):
        super().__init__()
        self.net, self.m, self.k = FCN(), m, k
        self.mu = nn.Parameter(torch.tensor(float(mu))) if learn_mu else mu
    def forward(self, t):
        return self.net(t)
    def loss(self, tc, t=None, u=None):
        r = residual(self.net, tc, self.m, self.mu, self.k)
        L = Config.w_phys * (r ** 2).mean()
        t0 = torch.zeros(1, 1).requires_grad_()
        u0 = self.net(t0)
        L = L + Config.w_ic * (u0 - 1).pow(2).squeeze() + Config.w_dic * torch.autograd.grad(u0, t0, create_graph=True)[0].pow(2).squeeze()
        if u is not None:
            L = L + (self.net(t) - u).pow(2).mean()
        return L

def residual(model, t, m=Config.m, mu=Config.mu, k=Config.k):
    t = t.clone().requires_grad_(True)
    x = model(t)
    dx, = torch.autograd.grad(x, t, torch.ones_like(x), create_graph=True)
    d2x, = torch.autograd.grad(dx, t, torch.ones_like(dx), create_graph=True)
    return m * d2x + mu * dx + k * x

def train_regression_pure(t, u, epochs=1000, lr=3e-3):
    net, losses = FCN(), []
    opt = torch.optim.Adam(net.parameters(), lr=lr)
    for _ in range(epochs):
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(t), u)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return net, losses

def _fit(pinn, tc, t, u, epochs, lr):
    opt = torch.optim.AdamW([{'params': pinn.net.parameters()}, {'params': [p for n, p in pinn.named_parameters() if n == 'mu'], 'lr': 10 * lr}], lr=lr, weight_decay=0)
    sched = torch.optim.lr_scheduler.ExponentialLR(opt, 0.1 ** (1 / epochs))
    losses, mus = [], []
    for _ in range(epochs):
        opt.zero_grad()
        loss = pinn.loss(tc, t, u)
        loss.backward()
        opt.step(); sched.step()
        losses.append(loss.item()); mus.append(float(pinn.mu))
    return losses, mus

def train_pinn(m=Config.m, mu=Config.mu, k=Config.k, epochs=6000, lr=4e-3):
    torch.manual_seed(0)
    pinn = PINN(m, mu, k)
    losses, _ = _fit(pinn, torch.linspace(0, 1, 60)[:, None], None, None, epochs, lr)
    return pinn, losses

def identify(t, u, m=Config.m, k=Config.k, epochs=4000, lr=4e-3):
    torch.manual_seed(0)
    pinn = PINN(m, 1.0, k, learn_mu=True)
    losses, mus = _fit(pinn, torch.linspace(0, 1, 60)[:, None], t, u, epochs, lr)
    return pinn, pinn.mu.item(), {'loss': losses, 'mu': mus}
