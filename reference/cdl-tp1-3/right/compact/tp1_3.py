import torch as th, matplotlib.pyplot as plt
from torch import nn, optim
from sklearn.datasets import make_moons
X, y = make_moons(256, noise=.2, random_state=0); X, y = th.tensor(X).float(), th.tensor(y)
class SimpleMLP(nn.Sequential):
    def __init__(self): super().__init__(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))
def train_with_optimizer(optimizer_class, **kw):
    th.manual_seed(0); net = SimpleMLP(); opt = optimizer_class(net.parameters(), **kw); L = []
    for i in range(500):
        opt.zero_grad(); loss = nn.functional.cross_entropy(net(X), y); loss.backward(); opt.step(); L.append(loss.item())
    return L[::5]
def manual_gradients(X, y, W1, b1, W2, b2):
    Z = X @ W1 + b1; P = (Z.clamp(min=0) @ W2 + b2).softmax(-1); P[th.arange(len(y)), y] -= 1; P /= len(y)
    D = P @ W2.T * (Z > 0); return X.T @ D, D.sum(0), Z.clamp(min=0).T @ P, P.sum(0)
for n, c, k in [("SGD momentum", optim.SGD, dict(lr=.1, momentum=.9)), ("RMSProp", optim.RMSprop, dict(lr=.003)), ("Adam", optim.Adam, dict(lr=.003))]:
    plt.plot(range(0, 500, 5), train_with_optimizer(c, **k), label=n)
plt.gca().set(xlabel="epoch", ylabel="loss"); plt.legend(); plt.show()
th.manual_seed(3); p = [th.randn(*s).double().requires_grad_() for s in [(2, 9), (9,), (9, 2), (2,)]]
auto = th.autograd.grad(nn.functional.cross_entropy((X.double() @ p[0] + p[1]).relu() @ p[2] + p[3], y), p)
hand = manual_gradients(X.double(), y, *(q.detach() for q in p))
print(*(f"d{n}: {(a - h).abs().max():.1e}" for n, a, h in zip("W1 b1 W2 b2".split(), auto, hand)), sep="\n")
