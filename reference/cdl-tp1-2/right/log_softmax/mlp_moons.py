import torch
import torch.nn as nn
import torch.nn.functional as F
import numpy as np
import matplotlib.pyplot as plt

class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super().__init__()
        self.fcs = nn.ModuleList()
        d = 2
        for h in hidden_layers:
            self.fcs.append(nn.Linear(d, h)); d = h
        self.last = nn.Linear(d, 2)
        self.dropout = nn.Dropout(dropout_p) if dropout_p > 0 else None
    def forward(self, x):
        for fc in self.fcs:
            x = torch.relu(fc(x))
            if self.dropout is not None:
                x = self.dropout(x)
        return self.last(x)

def epoch_eval(model, X, y):
    model.eval()
    with torch.no_grad():
        lp = F.log_softmax(model(X), dim=1)
        return F.nll_loss(lp, y).item(), lp.argmax(1).eq(y).float().mean().item()

def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=200, lr=0.01):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    h_train, h_val = [], []
    for _ in range(epochs):
        model.train()
        opt.zero_grad()
        F.nll_loss(F.log_softmax(model(X_train), dim=1), y_train).backward()
        opt.step()
        h_train.append(epoch_eval(model, X_train, y_train))
        h_val.append(epoch_eval(model, X_val, y_val))
    return {"train": h_train, "val": h_val}

def make_moons(n, noise, seed):
    g = np.random.default_rng(seed)
    t = g.uniform(0, np.pi, n)
    c = g.integers(0, 2, n)
    x = np.where(c, 1 - np.cos(t), np.cos(t)) + noise * g.normal(size=n)
    y = np.where(c, 0.5 - np.sin(t), np.sin(t)) + noise * g.normal(size=n)
    return torch.tensor(np.stack([x, y], 1), dtype=torch.float32), torch.tensor(c)

def run():
    tr, va = make_moons(60, 0.35, 0), make_moons(300, 0.35, 1)
    for k, (hl, p) in enumerate([((2,), 0), ((64, 64, 64), 0), ((64, 64, 64), 0.5)], 1):
        torch.manual_seed(0)
        m = MLP(hl, p)
        h = train_and_evaluate(m, *tr, *va, epochs=250)
        fig, (a1, a2) = plt.subplots(1, 2)
        a1.plot([v[0] for v in h["train"]], label="train loss"); a1.plot([v[0] for v in h["val"]], label="val loss"); a1.legend()
        xs, ys = np.linspace(-2, 3, 60), np.linspace(-2, 2.5, 60)
        Z = np.zeros((60, 60))
        m.eval()
        for i, yv in enumerate(ys):
            row = torch.tensor(np.stack([xs, np.full(60, yv)], 1), dtype=torch.float32)
            Z[i] = m(row).argmax(1).numpy()
        a2.contourf(xs, ys, Z, alpha=.3)
        a2.scatter(va[0][:, 0], va[0][:, 1], c=["r" if v else "b" for v in va[1]], s=5)
        fig.savefig(f"exp{k}.png")

if __name__ == "__main__":
    run()
