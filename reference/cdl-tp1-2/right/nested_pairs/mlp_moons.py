from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import numpy as np
import torch
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from torch import Tensor, nn


@dataclass
class History:
    train_loss: list = field(default_factory=list)
    val_loss: list = field(default_factory=list)
    train_accuracy: list = field(default_factory=list)
    val_accuracy: list = field(default_factory=list)


class MLP(nn.Module):
    def __init__(self, hidden_layers: list[int], dropout_p: float = 0.0) -> None:
        super().__init__()
        sizes = [2, *hidden_layers]
        blocks = [
            nn.Sequential(nn.Linear(i, o), nn.Tanh(), nn.Dropout(dropout_p) if dropout_p else nn.Identity())
            for i, o in zip(sizes, sizes[1:])
        ]
        self.body = nn.Sequential(*blocks)
        self.head = nn.Linear(sizes[-1], 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.body(x))


def train_and_evaluate(model, data, *, epochs: int = 200, lr: float = 1e-2) -> History:
    (X_train, y_train), (X_val, y_val) = data
    X_train, X_val = (torch.as_tensor(np.asarray(a), dtype=torch.float32) for a in (X_train, X_val))
    y_train, y_val = (torch.as_tensor(np.asarray(a), dtype=torch.long) for a in (y_train, y_val))
    history = History()
    loss_fn = nn.CrossEntropyLoss()
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        model.train()
        opt.zero_grad(set_to_none=True)
        logits = model(X_train)
        loss = loss_fn(logits, y_train)
        loss.backward()
        opt.step()
        history.train_loss.append(loss.item())
        history.train_accuracy.append((logits.argmax(-1) == y_train).float().mean().item())
        model.eval()
        with torch.no_grad():
            v = model(X_val)
        history.val_loss.append(loss_fn(v, y_val).item())
        history.val_accuracy.append((v.argmax(-1) == y_val).float().mean().item())
    return history


def plot(history: History, ax) -> None:
    ax.semilogy(history.train_loss, label="train")
    ax.semilogy(history.val_loss, label="val")
    ax.set_xlabel("epoch")
    ax.legend()


def boundary(model, X, y, ax) -> None:
    lo, hi = X.min(0) - 0.3, X.max(0) + 0.3
    gx, gy = np.mgrid[lo[0]:hi[0]:100j, lo[1]:hi[1]:100j]
    with torch.no_grad():
        z = model(torch.tensor(np.column_stack((gx.ravel(), gy.ravel())), dtype=torch.float32)).argmax(1)
    ax.imshow(z.reshape(100, 100).T, origin="lower", extent=(lo[0], hi[0], lo[1], hi[1]), cmap="coolwarm", alpha=0.5, aspect="auto")
    for k, colour in ((0, "b"), (1, "r")):
        ax.scatter(*X[y == k].T, c=colour, s=9, label=f"class {k}")


def main() -> None:
    X, y = make_moons(360, noise=0.35, random_state=0)
    X_train, X_val, y_train, y_val = train_test_split(X, y, train_size=60, random_state=0, stratify=y)
    for name, layers, p in (("simple", [2], 0.0), ("deep", [80, 80, 80], 0.0), ("deep+dropout", [80, 80, 80], 0.5)):
        torch.manual_seed(0)
        model = MLP(layers, p)
        history = train_and_evaluate(model, ((X_train, y_train), (X_val, y_val)), epochs=250)
        fig, axes = plt.subplots(2, 1)
        plot(history, axes[0])
        boundary(model.eval(), X_val, y_val, axes[1])
        fig.suptitle(name)
        fig.savefig(f"{name}.png")


if __name__ == "__main__":
    main()
