import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

torch.manual_seed(42)

# ================= donnees
train_np = np.genfromtxt("data/train.csv", delimiter=",", skip_header=1)
test_np = np.genfromtxt("data/test.csv", delimiter=",", skip_header=1)
moy, ecart = train_np[:, :-1].mean(0), train_np[:, :-1].std(0)
x_train = torch.tensor((train_np[:, :-1] - moy) / ecart).float()
y_train = torch.tensor(train_np[:, -1]).long()
x_test = torch.tensor((test_np[:, :-1] - moy) / ecart).float()
y_test = torch.tensor(test_np[:, -1]).long()

class MonDataset(Dataset):
    def __init__(self, x, y, transfo=None):
        self.x = x
        self.y = y
        self.transfo = transfo
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        x = self.x[idx]
        y = self.y[idx]
        if self.transfo:
            x = self.transfo(x)
        return x, y

# ================= perceptron
class Perceptron(nn.Module):
    def __init__(self, in_f, nb_cl):
        super().__init__()
        self.lin = nn.Linear(in_f, nb_cl)
        nn.init.kaiming_uniform_(self.lin.weight, nonlinearity='relu')
    def forward(self, x):
        return nn.functional.softmax(self.lin(x), dim=1)

def predire(p):
    return torch.argmax(p, dim=1)

def softmax(z):
    return nn.functional.softmax(torch.as_tensor(z, dtype=torch.float32), dim=1)

def onehot(y, k):
    return nn.functional.one_hot(torch.as_tensor(y), k)

def nll(p, y):
    return nn.functional.nll_loss(torch.log(p + 1e-12), y)

def bce(p, y):
    return nn.BCELoss()(p, y.float())

# ================= apprentissage
ds_train = MonDataset(x_train, y_train)
def faire_loader(ds, lot, equilibre=False):
    if not equilibre:
        return DataLoader(ds, batch_size=lot, shuffle=True)
    y = torch.tensor([int(ds[i][1]) for i in range(len(ds))])
    effectifs = torch.bincount(y)
    return DataLoader(ds, batch_size=lot, sampler=WeightedRandomSampler((1. / effectifs)[y], len(y)))

train_loader = faire_loader(ds_train, 32, True)
modele = Perceptron(6, 4)
opti = optim.SGD(modele.parameters(), lr=0.1)
pertes = []
for ep in range(20):
    for xb, yb in train_loader:
        opti.zero_grad()
        out = modele(xb)
        loss = nll(out, yb)
        loss.backward()
        opti.step()
        pertes.append(loss.item())
with torch.no_grad():
    print("test :", (predire(modele(x_test)) == y_test).float().mean())

def gradients(m, x, y):
    m.zero_grad()
    nll(m(x), y).backward()
    return {nom: p.grad.clone() for nom, p in m.named_parameters()}

print(gradients(modele, *next(iter(train_loader))))

# ================= XOR
X = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
T = torch.tensor([[0.], [1.], [1.], [0.]])
petit = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
opti2 = optim.Adam(petit.parameters(), lr=0.05)
for it in range(1000):
    opti2.zero_grad()
    l = bce(petit(X), T)
    l.backward()
    opti2.step()
print(petit(X).round())
