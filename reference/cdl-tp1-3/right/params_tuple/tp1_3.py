import torch, torch.nn as nn
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons
torch.manual_seed(0)
X, y = make_moons(n_samples=300, noise=0.2, random_state=0)
X, y = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2,32), nn.ReLU(), nn.Linear(32,32), nn.ReLU(), nn.Linear(32,2))
    def forward(self, x): return self.net(x)
init = SimpleMLP().state_dict()
init = {k: v.clone() for k, v in init.items()}
def train_with_optimizer(optimizer_class, optimizer_kwargs, epochs=500):
    m = SimpleMLP(); m.load_state_dict(init)
    o = optimizer_class(m.parameters(), **optimizer_kwargs)
    losses = []
    for ep in range(epochs):
        o.zero_grad(); l = nn.CrossEntropyLoss()(m(X), y); l.backward(); o.step()
        if ep % 5 == 0: losses.append(l.item())
    return {"losses": losses, "model": m}
plt.figure()
for nom, c, kw in (("SGD", torch.optim.SGD, {"lr": .1, "momentum": .9}), ("RMSprop", torch.optim.RMSprop, {"lr": .01}), ("Adam", torch.optim.Adam, {"lr": .01})):
    plt.plot(train_with_optimizer(c, kw)["losses"], label=nom)
plt.legend(); plt.xlabel("époque (x5)"); plt.ylabel("perte"); plt.show()

def manual_gradients(X, y, params):
    W1, b1, W2, b2 = params
    Z1 = X @ W1 + b1; A1 = Z1.relu(); Z2 = A1 @ W2 + b2
    d2 = torch.softmax(Z2, 1) - nn.functional.one_hot(y, Z2.shape[1])
    d2 = d2 / len(y)
    d1 = (d2 @ W2.T) * (A1 > 0)
    return X.T @ d1, d1.sum(0), A1.T @ d2, d2.sum(0)
params = [torch.randn(2, 5), torch.randn(5), torch.randn(5, 2), torch.randn(2)]
for p in params: p.requires_grad_(True)
W1, b1, W2, b2 = params
loss = nn.functional.cross_entropy(torch.relu(X @ W1 + b1) @ W2 + b2, y)
loss.backward()
with torch.no_grad():
    manuel = manual_gradients(X, y, params)
for nom, m, p in zip(["W1", "b1", "W2", "b2"], manuel, params):
    print(f"{nom} : écart = {(m - p.grad).abs().max():.2e}, allclose = {torch.allclose(m, p.grad, atol=1e-5)}")
