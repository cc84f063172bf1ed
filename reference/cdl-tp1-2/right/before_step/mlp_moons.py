import torch
import numpy as np
from torch import nn
from sklearn.datasets import make_moons
import matplotlib.pyplot as plt

class MLP(nn.Module):
    def __init__(self, hidden_layers=(16,), dropout_p=0.0, in_dim=2, out_dim=2):
        super().__init__()
        seq = nn.Sequential()
        for k, h in enumerate(hidden_layers):
            seq.add_module("lin%d" % k, nn.Linear(in_dim, h))
            if dropout_p > 0.0:
                seq.add_module("drop%d" % k, nn.Dropout(dropout_p))
            seq.add_module("act%d" % k, nn.LeakyReLU(0.1))
            in_dim = h
        seq.add_module("out", nn.Linear(in_dim, out_dim))
        self.seq = seq
    def forward(self, x):
        return self.seq(x)

def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=200, lr=0.005):
    """Mesure l'état du réseau avant chaque pas."""
    optim = torch.optim.Adam(params=model.parameters(), lr=lr)
    f = nn.CrossEntropyLoss(reduction="mean")
    record = np.zeros((epochs, 4))
    for e in range(epochs):
        model.eval()
        with torch.no_grad():
            lt, lv = model(X_train), model(X_val)
            record[e, 0] = f(lt, y_train)
            record[e, 1] = f(lv, y_val)
            record[e, 2] = (lt.max(1).indices == y_train).numpy().mean()
            record[e, 3] = (lv.max(1).indices == y_val).numpy().mean()
        model.train()
        loss = f(model(X_train), y_train)
        model.zero_grad()
        loss.backward()
        optim.step()
    return record

def data(n, s):
    X, y = make_moons(n, noise=0.3, random_state=s)
    return torch.as_tensor(X).float(), torch.as_tensor(y).long()

Xa, ya = data(60, 1)
Xb, yb = data(300, 2)
for i, (h, p) in enumerate([([], 0.0), ([50, 50, 50], 0.0), ([50, 50, 50], 0.5)]):
    torch.manual_seed(10)
    model = MLP(h, p)
    rec = train_and_evaluate(model, Xa, ya, Xb, yb, epochs=250)
    plt.figure(i)
    plt.plot(rec[:, 0]); plt.plot(rec[:, 1]); plt.legend(["train", "validation"])
    plt.figure(10 + i)
    s = np.linspace(-2.5, 3.5, 90)
    G1, G2 = np.meshgrid(s, s)
    model.eval()
    Z = model(torch.tensor(np.array([G1.flatten(), G2.flatten()]).T).float()).detach().argmax(1).numpy().reshape(90, 90)
    plt.contourf(G1, G2, Z, levels=1, colors=["lightblue", "pink"])
    plt.scatter(Xa[ya == 0][:, 0], Xa[ya == 0][:, 1], marker="o")
    plt.scatter(Xa[ya == 1][:, 0], Xa[ya == 1][:, 1], marker="x")
plt.show()
