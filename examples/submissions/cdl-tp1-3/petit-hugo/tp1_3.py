import torch
import torch.nn as nn
import torch.optim as optim
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

def charger():
    X, y = make_moons(1000, noise=0.1, random_state=0)
    return X.astype(np.float32), y

class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(2, 32),
            nn.ReLU(),
            nn.Linear(32, 32),
            nn.ReLU(),
            nn.Linear(32, 2)
        )

    def forward(self, x):
        return self.net(x)

X_np, y_np = charger()
X_t, y_t = torch.from_numpy(X_np), torch.from_numpy(y_np).long()
INIT = SimpleMLP().state_dict()
import copy
def train_with_optimizer(optimizer_class, **kwargs):
    m = SimpleMLP()
    m.load_state_dict(copy.deepcopy(INIT))
    opt = optimizer_class(m.parameters(), **kwargs)
    crit = nn.CrossEntropyLoss()
    hist = []
    for ep in range(1, 501):
        opt.zero_grad()
        l = crit(m(X_t), y_t)
        l.backward()
        opt.step()
        if ep % 5 == 0:
            hist.append(float(l))
    return hist

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def manual_gradients(X, y, W1, b1, W2, b2):
    n = len(X)
    Z1 = X.dot(W1) + b1
    A1 = np.maximum(0, Z1)
    P = softmax(A1.dot(W2) + b2)
    G = P.copy()
    G[np.arange(n), y] -= 1
    G /= n
    dW2 = A1.T.dot(G)
    db2 = G.sum(axis=0)
    H = G.dot(W2.T)
    H[Z1 <= 0] = 0
    return X.T.dot(H), H.sum(axis=0), dW2, db2

if __name__ == "__main__":
    res = {}
    for nom, cls, kw in [("SGD+momentum", optim.SGD, dict(lr=0.05, momentum=0.9)), ("RMSProp", optim.RMSprop, dict(lr=1e-3)), ("Adam", optim.Adam, dict(lr=1e-3))]:
        res[nom] = train_with_optimizer(cls, **kw)
    fig, ax = plt.subplots()
    for nom, h in res.items():
        ax.plot(np.arange(5, 501, 5), h, label=nom)
    ax.set(xlabel="époque", ylabel="perte", yscale="log", title="Optimiseurs")
    ax.legend()
    fig.savefig("comparaison.png")
    rng = np.random.default_rng(0)
    W1, b1 = rng.normal(size=(2, 8)), rng.normal(size=8)
    W2, b2 = rng.normal(size=(8, 2)), rng.normal(size=2)
    X, y = X_np.astype(float)[:50], y_np[:50]
    g = manual_gradients(X, y, W1, b1, W2, b2)
    T = [torch.tensor(v, requires_grad=True) for v in (W1, b1, W2, b2)]
    L = nn.functional.cross_entropy(torch.relu(torch.tensor(X) @ T[0] + T[1]) @ T[2] + T[3], torch.tensor(y))
    L.backward()
    print(f"{'param':<8}{'max |ecart|':>15}")
    for nom, a, t in zip(["W1", "b1", "W2", "b2"], g, T):
        print(f"{nom:<8}{np.abs(a - t.grad.numpy()).max():>15.3e}")
