import numpy as np, torch, matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

X, Y = make_moons(200, noise=0.2, random_state=0)
Xt, Yt = torch.FloatTensor(X), torch.LongTensor(Y)

class SimpleMLP(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.net = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.ReLU(),
                                       torch.nn.Linear(32, 32), torch.nn.ReLU(), torch.nn.Linear(32, 2))
    def forward(self, x):
        return self.net(x)

def train_with_optimizer(optimizer_class, **kwargs):
    model = SimpleMLP()
    opt = optimizer_class(model.parameters(), **kwargs)
    hist = np.zeros(100)
    for ep in range(500):
        opt.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(Xt), Yt)
        loss.backward(); opt.step()
        if ep % 5 == 4:
            hist[ep // 5] = loss.item()
    return hist

fig = plt.figure()
for name, cls, kw in [("SGD momentum", torch.optim.SGD, dict(lr=.05, momentum=.9)),
                      ("RMSProp", torch.optim.RMSprop, dict(lr=.001)), ("Adam", torch.optim.Adam, dict(lr=.001))]:
    torch.manual_seed(12)
    plt.plot(np.arange(100) * 5, train_with_optimizer(cls, **kw), label=name)
plt.xlabel("epoch"); plt.ylabel("loss"); plt.legend(); plt.savefig("fig.png")

# Convention du cours (une colonne par exemple) : X (d, n), W1 (h, d), b1 (h, 1)
def manual_gradients(X, y, W1, b1, W2, b2):
    m = X.shape[1]
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = np.dot(W2, A1) + b2
    E = np.exp(Z2 - np.max(Z2, axis=0, keepdims=True))
    A2 = E / np.sum(E, axis=0, keepdims=True)
    Y = np.zeros_like(A2)
    Y[y, np.arange(m)] = 1
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(W2.T, dZ2) * (Z1 > 0)
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2

np.random.seed(0)
W1, b1, W2, b2 = np.random.randn(5, 2), np.random.randn(5, 1), np.random.randn(2, 5), np.random.randn(2, 1)
mine = manual_gradients(X.T, Y, W1, b1, W2, b2)
T = [torch.tensor(v, requires_grad=True) for v in (W1, b1, W2, b2)]
out = T[2] @ torch.relu(T[0] @ torch.tensor(X.T) + T[1]) + T[3]
auto = torch.autograd.grad(torch.nn.functional.cross_entropy(out.T, Yt), T)
ecarts = {n: float(np.linalg.norm(a - b.numpy())) for n, a, b in zip(("dW1", "db1", "dW2", "db2"), mine, auto)}
print(ecarts)
