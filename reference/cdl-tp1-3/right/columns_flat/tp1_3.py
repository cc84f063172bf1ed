import numpy as np
import torch
import torch.nn as nn
import matplotlib.pyplot as plt
from sklearn.datasets import make_moons

Xn, yn = make_moons(n_samples=200, noise=0.15, random_state=0)
X = torch.tensor(Xn).float()
y = torch.tensor(yn).long()

class SimpleMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(2,32)
        self.l2 = nn.Linear(32,32)
        self.l3 = nn.Linear(32,2)
        self.relu = nn.ReLU()
    def forward(self,x):
        x = self.relu(self.l1(x))
        x = self.relu(self.l2(x))
        return self.l3(x)

def entrainer(optimiseur, **options):
    torch.manual_seed(5)
    reseau = SimpleMLP()
    opt = optimiseur(reseau.parameters(), **options)
    critere = nn.CrossEntropyLoss()
    pertes = []
    e = 0
    while e < 500:
        opt.zero_grad()
        p = critere(reseau(X), y)
        p.backward()
        opt.step()
        if e % 5 == 0:
            pertes = pertes + [p.item()]
        e += 1
    return pertes

sgd = entrainer(torch.optim.SGD, lr=0.05, momentum=0.9)
rms = entrainer(torch.optim.RMSprop, lr=0.001)
adam = entrainer(torch.optim.Adam, lr=0.001)
ep = range(0,500,5)
plt.plot(ep,sgd,label="SGD+momentum")
plt.plot(ep,rms,label="RMSProp")
plt.plot(ep,adam,label="Adam")
plt.xlabel("epoque")
plt.ylabel("perte")
plt.legend()
plt.show()

# partie 2 : tout en colonnes comme au cours (un exemple par colonne)
n = 50
h = 6
Xc = Xn[:n].T                 # (2, n)
Y = np.zeros((2, n))
for i in range(n):
    Y[yn[i], i] = 1
rng = np.random.RandomState(0)
W1 = rng.randn(h, 2)
b1 = rng.randn(h, 1)
W2 = rng.randn(2, h)
b2 = rng.randn(2, 1)
# avant
Z1 = W1.dot(Xc) + b1
A1 = np.maximum(0, Z1)
Z2 = W2.dot(A1) + b2
E = np.exp(Z2 - Z2.max(axis=0))
P = E / E.sum(axis=0)
# arriere
dZ2 = (P - Y) / n
dW2 = dZ2.dot(A1.T)
db2 = dZ2.sum(axis=1, keepdims=True)
dA1 = W2.T.dot(dZ2)
dZ1 = dA1 * (Z1 > 0)
dW1 = dZ1.dot(Xc.T)
db1 = dZ1.sum(axis=1, keepdims=True)

# verification
tW1 = torch.tensor(W1, requires_grad=True)
tb1 = torch.tensor(b1, requires_grad=True)
tW2 = torch.tensor(W2, requires_grad=True)
tb2 = torch.tensor(b2, requires_grad=True)
sortie = tW2 @ torch.relu(tW1 @ torch.tensor(Xc) + tb1) + tb2
perte = nn.CrossEntropyLoss()(sortie.T, torch.tensor(yn[:n]))
perte.backward()
print("param   ecart")
print("W1 ", abs(dW1 - tW1.grad.numpy()).max())
print("b1 ", abs(db1 - tb1.grad.numpy()).max())
print("W2 ", abs(dW2 - tW2.grad.numpy()).max())
print("b2 ", abs(db2 - tb2.grad.numpy()).max())
