import matplotlib.pyplot as plt
import numpy as np
import torch
from sklearn.datasets import make_moons
from torch import nn

X, y = make_moons(90, noise=0.35, random_state=1)
X_test, y_test = make_moons(600, noise=0.35, random_state=2)
points, labels = torch.tensor(X).float(), torch.tensor(y)
nouveaux, vrais = torch.tensor(X_test).float(), torch.tensor(y_test)
paquets_x, paquets_y = points.split(30), labels.split(30)
plt.scatter(points[:, 0], points[:, 1], c=labels)


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
    epoque = 0
    while epoque < 300:
        net.train()
        for xb, yb in zip(paquets_x, paquets_y):
            optimizer.zero_grad()
            loss = loss_fn(net(xb), yb)
            loss.backward()
            optimizer.step()
        net.eval()
        with torch.no_grad():
            out, scores = net(points), net(nouveaux)
            hist.append({"train_loss": loss_fn(out, labels).item(), "val_loss": loss_fn(scores, vrais).item(),
                         "train_acc": (out.argmax(1) == labels).float().mean().item(),
                         "val_acc": (scores.argmax(1) == vrais).float().mean().item()})
        epoque += 1
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
    plt.scatter(nouveaux[:, 0], nouveaux[:, 1], c=vrais, s=5)
    plt.title(name)
    plt.show()
