import torch, torch.nn as nn
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

class MLP(nn.Module):
    def __init__(self, hidden_layers, dropout_p=0.0):
        super(MLP, self).__init__()
        self.layers = nn.ModuleList()
        self.drops = nn.ModuleList()
        prev = 2
        for h in hidden_layers:
            self.layers.append(nn.Linear(prev, h))
            self.drops.append(nn.Dropout(dropout_p))
            prev = h
        self.out = nn.Linear(prev, 2)
        self.relu = nn.ReLU()

    def forward(self, x):
        for l, d in zip(self.layers, self.drops):
            x = d(self.relu(l(x)))
        return self.out(x)

def accuracy(logits, y):
    return (torch.argmax(logits, dim=1) == y).float().mean().item()

def train_and_evaluate(model, X_train, y_train, X_val, y_val, epochs=100, lr=1e-2, batch_size=32):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    ce = nn.CrossEntropyLoss()
    hist = {'train': {'loss': [], 'acc': []}, 'val': {'loss': [], 'acc': []}}
    n = X_train.shape[0]
    for ep in range(epochs):
        perm = torch.randperm(n)
        losses, accs = [], []
        model.train()
        for i in range(0, n, batch_size):
            idx = perm[i:i + batch_size]
            out = model(X_train[idx])
            loss = ce(out, y_train[idx])
            opt.zero_grad(); loss.backward(); opt.step()
            losses.append(loss.item()); accs.append(accuracy(out.detach(), y_train[idx]))
        hist['train']['loss'].append(np.mean(losses))
        hist['train']['acc'].append(np.mean(accs))
        model.eval()
        with torch.no_grad():
            out = model(X_val)
            hist['val']['loss'].append(ce(out, y_val).item())
            hist['val']['acc'].append(accuracy(out, y_val))
    return hist

def experience(nom, hidden, p):
    X, y = make_moons(64, noise=.35, random_state=11); Xv, yv = make_moons(256, noise=.35, random_state=12)
    X, Xv = torch.FloatTensor(X), torch.FloatTensor(Xv); y, yv = torch.LongTensor(y), torch.LongTensor(yv)
    torch.manual_seed(1)
    m = MLP(hidden, p)
    h = train_and_evaluate(m, X, y, Xv, yv, epochs=120, lr=0.01)
    fig, ax = plt.subplots(1, 2, figsize=(12, 5))
    ax[0].plot(h['train']['loss'], 'b-', label='train'); ax[0].plot(h['val']['loss'], 'r-', label='val'); ax[0].legend(); ax[0].set_title(nom)
    xx, yy = np.meshgrid(np.linspace(-2, 3, 150), np.linspace(-2, 2.5, 150))
    with torch.no_grad():
        zz = m(torch.FloatTensor(np.c_[xx.ravel(), yy.ravel()]))
    ax[1].contourf(xx, yy, (zz[:, 1] - zz[:, 0]).reshape(xx.shape), levels=20, cmap='RdBu')
    ax[1].scatter(X[:, 0], X[:, 1], c=y, cmap='RdBu', edgecolor='k')
    plt.show()

experience('simple', [2], 0.0)
experience('profond', [100, 100, 100], 0.0)
experience('profond + dropout', [100, 100, 100], 0.5)
