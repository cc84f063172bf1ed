from __future__ import annotations
import matplotlib.pyplot as plt
import torch
import torch.nn as nn
from sklearn.datasets import make_moons
from torch.utils.data import DataLoader, TensorDataset

_x, _y = make_moons(128, noise=0.2, random_state=0)
dataset = TensorDataset(torch.as_tensor(_x, dtype=torch.float32), torch.as_tensor(_y))


class SimpleMLP(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)


def train_with_optimizer(optimizer_class: type[torch.optim.Optimizer], **kwargs) -> list[float]:
    torch.manual_seed(0)
    loader = DataLoader(dataset, batch_size=64, shuffle=True)
    model = SimpleMLP()
    optimizer = optimizer_class(model.parameters(), **kwargs)
    loss_fn = nn.CrossEntropyLoss()
    losses: list[float] = []
    for epoch in range(500):
        total = 0.0
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = loss_fn(model(xb), yb)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(xb)
        if (epoch + 1) % 5 == 0:
            losses.append(total / len(dataset))
    return losses


@torch.no_grad()
def manual_gradients(X, y, W1, b1, W2, b2):
    """Backprop for Linear -> ReLU -> Linear -> softmax CE (mean)."""
    z1 = X @ W1 + b1
    mask = z1.gt(0).to(z1.dtype)
    a1 = z1 * mask
    log_p = torch.log_softmax(a1 @ W2 + b2, dim=1)
    g = log_p.exp()
    g[range(len(y)), y] -= 1.0
    g.div_(y.numel())
    gh = g.mm(W2.t()).mul(mask)
    return X.t().mm(gh), gh.sum(0), a1.t().mm(g), g.sum(0)


def compare() -> dict[str, float]:
    torch.manual_seed(1)
    X = torch.randn(20, 3, dtype=torch.float64)
    y = torch.randint(0, 4, (20,))
    params = [torch.randn(s, dtype=torch.float64, requires_grad=True) for s in ((3, 7), (7,), (7, 4), (4,))]
    W1, b1, W2, b2 = params
    nn.functional.cross_entropy((X @ W1 + b1).relu() @ W2 + b2, y).backward()
    return {n: (g - p.grad).abs().max().item() for n, g, p in zip(("W1", "b1", "W2", "b2"), manual_gradients(X, y, *params), params)}


def main() -> None:
    specs = {"SGD": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9}), "RMSprop": (torch.optim.RMSprop, {"lr": 1e-3}), "Adam": (torch.optim.Adam, {"lr": 1e-3})}
    for name, (cls, kw) in specs.items():
        plt.plot(train_with_optimizer(cls, **kw), label=name)
    plt.xlabel("epoch / 5")
    plt.ylabel("training loss")
    plt.yscale("log")
    plt.legend()
    plt.tight_layout()
    plt.savefig("losses.pdf")
    for name, gap in compare().items():
        print(f"| {name} | {gap:.1e} |")


if __name__ == "__main__":
    main()
