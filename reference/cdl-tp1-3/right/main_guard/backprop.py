import numpy as np
import torch
from torch import nn, optim
import matplotlib.pyplot as plt


def make_moons(n, noise, seed):
    rng = np.random.RandomState(seed)
    t = np.pi * rng.rand(n // 2)
    outer = np.c_[np.cos(t), np.sin(t)]
    inner = np.c_[1 - np.cos(t), 0.5 - np.sin(t)]
    return np.r_[outer, inner] + noise * rng.randn(n, 2), np.r_[np.zeros(n // 2), np.ones(n // 2)].astype(int)


class SimpleMLP(nn.Module):
    def __init__(self):
        super(SimpleMLP, self).__init__()
        self.net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))

    def forward(self, x):
        return self.net(x)


def train_with_optimizer(optimizer_class, X=None, y=None, n_epochs=500, log_every=5, **kwargs):
    if X is None:
        X, y = make_moons(300, 0.2, 0)
    X = torch.as_tensor(np.asarray(X), dtype=torch.float32)
    y = torch.as_tensor(np.asarray(y), dtype=torch.long)
    torch.manual_seed(1234)
    model = SimpleMLP()
    optimizer = optimizer_class(model.parameters(), **kwargs)
    losses = []
    for epoch in range(n_epochs):
        def closure():
            optimizer.zero_grad()
            l = nn.functional.cross_entropy(model(X), y)
            l.backward()
            return l
        loss = optimizer.step(closure)
        if epoch % log_every == 0:
            losses.append(loss.item())
    return losses


def forward(X, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.where(Z1 > 0, Z1, 0)
    Z2 = A1 @ W2 + b2
    S = np.exp(Z2 - Z2.max(1)[:, None])
    return Z1, A1, S / S.sum(1)[:, None]


def manual_gradients(X, Y, W1, b1, W2, b2):
    """Y est en one-hot."""
    assert Y.ndim == 2
    Z1, A1, P = forward(X, W1, b1, W2, b2)
    d2 = (P - Y) / X.shape[0]
    d1 = np.einsum("nc,hc->nh", d2, W2) * np.heaviside(Z1, 0)
    return [np.einsum("nd,nh->dh", X, d1), d1.sum(axis=0), np.einsum("nh,nc->hc", A1, d2), d2.sum(axis=0)]


def main():
    results = {}
    results["SGD + momentum 0.9"] = train_with_optimizer(optim.SGD, lr=0.05, momentum=0.9)
    results["RMSProp"] = train_with_optimizer(optim.RMSprop, lr=0.002)
    results["Adam"] = train_with_optimizer(optim.Adam, lr=0.002)
    fig, ax = plt.subplots(1, 1)
    for k in results:
        ax.plot(range(0, 500, 5), results[k], "-", label=k)
    ax.legend(loc="upper right")
    ax.set_xlabel("Epoch")
    ax.set_ylabel("Cross-entropy")
    plt.show()

    X, y = make_moons(64, 0.2, 1)
    rng = np.random.RandomState(0)
    P = [rng.randn(2, 6), rng.randn(6), rng.randn(6, 2), rng.randn(2)]
    G = manual_gradients(X, np.eye(2)[y], *P)
    T = [torch.tensor(p, requires_grad=True) for p in P]
    loss = nn.functional.cross_entropy(torch.relu(torch.tensor(X) @ T[0] + T[1]) @ T[2] + T[3], torch.tensor(y))
    loss.backward()
    print("%-6s %-12s %-12s %-12s" % ("param", "|manual|", "|autograd|", "max diff"))
    for name, g, t in zip(["W1", "b1", "W2", "b2"], G, T):
        print("%-6s %-12.6f %-12.6f %-12.2e" % (name, np.linalg.norm(g), t.grad.norm().item(), np.abs(g - t.grad.numpy()).max()))


if __name__ == '__main__':
    main()
