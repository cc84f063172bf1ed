import numpy as np
import torch
import matplotlib.pyplot as plt

M, MU, K = 1.0, 2.0, 100.0


def exact_solution(t, m=M, mu=MU, k=K):
    t = np.asarray(t, dtype=float)
    gamma = mu / (2 * m)
    omega = np.sqrt(k / m - gamma**2)
    return np.exp(-gamma * t) * (np.cos(omega * t) + gamma / omega * np.sin(omega * t))


class FCN(torch.nn.Module):
    def __init__(self, input_dim=1, hidden_dim=24, depth=2, output_dim=1):
        super().__init__()
        self.inp = torch.nn.Linear(input_dim, hidden_dim)
        self.hid = torch.nn.ModuleList([torch.nn.Linear(hidden_dim, hidden_dim) for _ in range(depth - 1)])
        self.out = torch.nn.Linear(hidden_dim, output_dim)

    def forward(self, t):
        h = self.inp(t).tanh()
        for l in self.hid:
            h = l(h).tanh()
        return self.out(h)


def to_tensor(a):
    return torch.tensor(np.asarray(a), dtype=torch.float32).reshape(-1, 1)


def residual(t, model, k=K, mu=MU, m=M):
    t = to_tensor(t.detach() if torch.is_tensor(t) else t)
    t.requires_grad_(True)
    u = model(t)
    ut = torch.autograd.grad(u, t, torch.ones_like(u), create_graph=True)[0]
    utt = torch.autograd.grad(ut, t, torch.ones_like(ut), create_graph=True)[0]
    return (m * utt + mu * ut + k * u).squeeze(1)


def fit(params, loss_fn, n, lr):
    opt = torch.optim.Adam(params, lr=lr)
    sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, n)
    log = np.empty(n)
    for i in range(n):
        opt.zero_grad(set_to_none=True)
        L = loss_fn()
        L.backward()
        opt.step()
        sched.step()
        log[i] = L.item()
    return log


def train_regression_pure(t, u, epochs=800, lr=1e-2):
    torch.manual_seed(3)
    net = FCN()
    T, U = to_tensor(t), to_tensor(u)
    log = fit(net.parameters(), lambda: (net(T) - U).pow(2).mean(), epochs, lr)
    return net, log


def train_pinn(t=None, u=None, epochs=4000, lr=1e-2, mu=MU, k=K):
    torch.manual_seed(3)
    net = FCN()
    tc = np.linspace(0, 1, 40)

    def loss():
        z = torch.zeros(1, 1, requires_grad=True)
        u0 = net(z)
        v0, = torch.autograd.grad(u0, z, create_graph=True)
        total = (u0 - 1).pow(2).sum() + .1 * v0.pow(2).sum() + 1e-4 * residual(tc, net, k, mu).pow(2).mean()
        if t is not None:
            total = total + (net(to_tensor(t)) - to_tensor(u)).pow(2).mean()
        return total

    return net, fit(net.parameters(), loss, epochs, lr)


def identify(t, u, k=K, epochs=1500, lr=1e-2):
    torch.manual_seed(3)
    net, mu = FCN(), torch.nn.Parameter(torch.ones(1))
    T, U, tc = to_tensor(t), to_tensor(u), np.linspace(0, 1, 40)
    log = fit([*net.parameters(), mu], lambda: (net(T) - U).pow(2).mean() + 1e-4 * residual(tc, net, k, mu).pow(2).mean(), epochs, lr)
    return net, float(mu.detach()), log


def predict(net, t):
    with torch.no_grad():
        return net(to_tensor(t)).numpy().ravel()


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    t = np.linspace(0, 1, 300)
    t_obs = np.linspace(0, .36, 20)
    u_obs = exact_solution(t_obs) + .005 * rng.standard_normal(20)
    reg, log1 = train_regression_pure(t_obs, u_obs)
    pinn, log2 = train_pinn(t_obs, u_obs)
    out = t > .36
    for name, net in (("regression", reg), ("pinn", pinn)):
        e = np.linalg.norm(predict(net, t)[out] - exact_solution(t)[out]) / np.linalg.norm(exact_solution(t)[out])
        print(f"{name}: erreur relative hors de la fenêtre = {e:.3f}")
    fig, ax = plt.subplots(1, 2, figsize=(12, 4))
    ax[0].plot(t, exact_solution(t), "k-", lw=1, label="exacte")
    ax[0].plot(t_obs, u_obs, "ro", label="données")
    ax[0].plot(t, predict(reg, t), label="régression")
    ax[0].plot(t, predict(pinn, t), label="PINN")
    ax[0].legend()
    ax[1].semilogy(log1)
    ax[1].semilogy(log2)
    plt.savefig("resultats.png")
    tt = rng.uniform(0, 1, 120)
    uu = exact_solution(tt, mu=3.3) + .01 * rng.standard_normal(120)
    print("mu =", identify(tt, uu)[1])
