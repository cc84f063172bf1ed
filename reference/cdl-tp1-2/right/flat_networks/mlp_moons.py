import matplotlib.pyplot as plt
import numpy as np
import torch
from sklearn.datasets import make_moons
from torch import nn

X, y = make_moons(90, noise=0.35, random_state=1)
X_test, y_test = make_moons(600, noise=0.35, random_state=2)
Xtr, ytr = torch.tensor(X).float(), torch.tensor(y)
Xva, yva = torch.tensor(X_test).float(), torch.tensor(y_test)
plt.scatter(Xtr[:, 0], Xtr[:, 1], c=ytr)


class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        layers, n = [], 2
        for h in hidden_layers:
            layers += [nn.Linear(n, h), nn.Tanh()] + ([nn.Dropout(dropout_p)] if dropout_p else [])
            n = h
        self.net = nn.Sequential(*layers, nn.Linear(n, 2))

    def forward(self, x):
        return self.net(x)

torch.manual_seed(0)
networks = {
    "simple": MLP([2]),
    "deep": MLP([128, 128, 128]),
    "deep, dropout": MLP([128, 128, 128], 0.5),
}
results = {}
for name, net in networks.items():
    optimizer = torch.optim.Adam(net.parameters(), lr=0.005)
    loss_fn = nn.CrossEntropyLoss()
    hist = []
    n = len(Xtr)
    for step in range(1, 301):
        net.train()
        optimizer.zero_grad()
        out = net(Xtr[:n])
        loss = loss_fn(out, ytr)
        loss.backward()
        optimizer.step()
        net.eval()
        with torch.no_grad():
            scores = net(Xva)
            hist.append({"train_loss": loss.item(), "val_loss": loss_fn(scores, yva).item(),
                         "train_acc": (out.argmax(1) == ytr).float().mean().item(),
                         "val_acc": (scores.argmax(1) == yva).float().mean().item()})
    results[name] = net, hist
    print(name, hist[-1])

fig, axes = plt.subplots(1, 3, figsize=(15, 4))
for ax, (name, (_, hist)) in zip(axes, results.items()):
    ax.plot([h["train_loss"] for h in hist], label="train")
    ax.plot([h["val_loss"] for h in hist], label="validation")
    ax.set(title=name, xlabel="epoch", ylabel="loss")
    ax.legend()
plt.show()

xx, yy = np.meshgrid(np.linspace(-2, 3, 100), np.linspace(-1.5, 2, 100))
for name, (net, _) in results.items():
    net.eval()
    with torch.no_grad():
        z = net(torch.tensor(np.c_[xx.ravel(), yy.ravel()]).float()).argmax(1)
    plt.contourf(xx, yy, z.reshape(xx.shape), alpha=0.3)
    plt.scatter(Xva[:, 0], Xva[:, 1], c=yva, s=5)
    plt.title(name)
    plt.show()
