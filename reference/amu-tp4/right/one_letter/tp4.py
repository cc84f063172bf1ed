import torch as t, torch.nn as n, torch.nn.functional as f, numpy as np, glob, random
from torch.utils.data import DataLoader as D, Dataset
from torchvision import datasets as ds, transforms as tr
from imageio.v3 import imread

# 1.1
T = tr.Compose([tr.ToTensor(), tr.Normalize(.1307, .3081)])
def load_mnist(b=64):
    a = ds.MNIST("data", True, transform=T, download=True)
    e = ds.MNIST("data", False, transform=T, download=True)
    return D(a, b, True), D(e, b)

# 1.2
class MultinomialRegression(n.Module):
    def __init__(s):
        super().__init__(); s.w = n.Parameter(.01 * t.randn(784, 10)); s.b = n.Parameter(t.zeros(10))
    def forward(s, x): return t.einsum("bi,io->bo", x.flatten(1), s.w) + s.b

def evaluate(m, l):
    m.eval()
    with t.no_grad():
        r = t.cat([m(x).max(1)[1] == y for x, y in l])
    return r.double().mean().item() * 100

def count_parameters(m): return sum(map(t.numel, m.parameters()))

class CNN1(n.Module):
    def __init__(s):
        super().__init__(); s.c = n.Conv2d(1, 32, (3, 3)); s.d = n.Linear(5408, 10)
    def forward(s, x):
        x = s.c(x).clamp(min=0)
        x = x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2))
        return s.d(x.reshape(-1, 5408))

class CNN2(n.Module):
    def __init__(s):
        super().__init__()
        s.c, s.e = n.Conv2d(1, 32, 3), n.Conv2d(32, 64, 3)
        s.d, s.g = n.Linear(1600, 128), n.Linear(128, 10)
    def forward(s, x):
        for k in (s.c, s.e): x = f.max_pool2d(t.relu(k(x)), 2)
        return s.g(t.relu(s.d(x.flatten(1))))

def train(m, l, v=None, epochs=2, lr=1e-3, loss=f.cross_entropy, ev=evaluate):
    o = t.optim.Adam(m.parameters(), lr)
    h = []
    for e in range(epochs):
        m.train()
        for x, y in l:
            o.zero_grad(); k = loss(m(x), y); k.backward(); o.step(); h.append(k.item())
        if v: print(e, ev(m, v))
    return h

L, E = load_mnist()
for c in (MultinomialRegression, CNN1, CNN2):
    m = c(); train(m, L); print(c.__name__, count_parameters(m), evaluate(m, E))

# 2
P = glob.glob("Positive/*.jpg") + glob.glob("Negative/*.jpg")
Y = [float(p.startswith("Pos")) for p in P]

def split(p, y):
    z = list(zip(p, y)); random.Random(1).shuffle(z)
    k = len(z) * 6 // 10; q = len(z) // 5
    a, v, e = z[:k], z[k:k + q], z[k + q:]
    return [list(map(list, zip(*u))) for u in (a, v, e)]

class Dataset_fissures(Dataset):
    def __init__(s, p, y): s.p, s.y = p, y
    def __len__(s): return len(s.p)
    def __getitem__(s, i):
        g = imread(s.p[i]).astype("f4").mean(2) / 255
        g = t.tensor((g - .5) / .5)[None, None]
        return f.interpolate(g, size=(56, 56), mode="area")[0], t.tensor(float(s.y[i]))

class CrackCNN(n.Module):
    def __init__(s):
        super().__init__()
        s.a, s.b, s.c, s.d = n.Conv2d(1, 16, 3, 1, 1), n.Conv2d(16, 32, 3, 1, 1), n.Conv2d(32, 32, 3, 1, 1), n.Linear(32, 1)
    def forward(s, x):
        for k in (s.a, s.b, s.c): x = f.max_pool2d(f.relu(k(x)), 2)
        return s.d(x.amax((2, 3)))[:, 0]

def evc(m, l):
    m.eval()
    with t.no_grad(): return 100 * np.mean([float((m(x) > 0) == (y > .5)) for b, c in l for x, y in zip(b[:, None], c)])

a, v, e = [D(Dataset_fissures(*u), 16, i == 0) for i, u in enumerate(split(P, Y))]
m = CrackCNN(); print(count_parameters(m))
train(m, a, v, 4, 1e-3, n.BCEWithLogitsLoss(), evc)
print(evc(m, e))
# les fissures sont bien détectées
