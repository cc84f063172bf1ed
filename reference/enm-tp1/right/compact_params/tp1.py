import torch as t, torch.nn as nn, torch.nn.functional as F
from torch.utils.data import *
softmax = lambda z: F.softmax(z, 1)
one_hot = lambda target, n_classes: t.eye(n_classes)[target]
decide = lambda probabilities: probabilities.max(1).indices
nll_loss = lambda probabilities, target: -probabilities.gather(1, target[:, None]).clamp(1e-30).log().sum()
binary_cross_entropy = lambda p, target: F.binary_cross_entropy(p, target.float(), reduction="sum")
class Perceptron(nn.Module):
    def __init__(s, d, k): super().__init__(); s.w = nn.Parameter(t.randn(k, d + 1) * (2 / (d + 1 + k)) ** .5)
    def forward(s, x): return softmax(t.cat([x, t.ones(len(x), 1)], 1) @ s.w.T)
class LabelledDataset(TensorDataset):
    def __init__(s, x, y, augment=None): super().__init__(t.as_tensor(x), t.as_tensor(y)); s.a = augment
    def __getitem__(s, i): x, y = super().__getitem__(i); return (s.a(x) if s.a else x, y)
def make_loader(dataset, batch_size, weighted=False):
    if not weighted: return DataLoader(dataset, batch_size, True)
    y = dataset.tensors[1]; w = 1 / t.bincount(y)[y]
    return DataLoader(dataset, batch_size, sampler=WeightedRandomSampler(w / w.sum(), len(y)))
def gradients(model, x, y):
    model.zero_grad(); nll_loss(model(x), y).backward()
    return {n: p.grad.clone() for n, p in model.named_parameters()}
def train(model, loader, epochs, lr=.05):
    o, l = t.optim.SGD(model.parameters(), lr / 32), []
    for _ in range(epochs):
        for x, y in loader: o.zero_grad(); c = nll_loss(model(x), y); c.backward(); o.step(); l += [c.item() / len(x)]
    return l
class XorMLP(nn.Module):
    def __init__(s): super().__init__(); s.a, s.b = nn.Linear(2, 32), nn.Linear(32, 1)
    def forward(s, x): return s.b(F.leaky_relu(s.a(x)))
def train_xor():
    m = XorMLP(); o = t.optim.Adam(m.parameters(), .03); x = t.cartesian_prod(t.arange(2.), t.arange(2.)); y = x.sum(1, keepdim=True) % 2 * 2 - 1
    for _ in range(300): o.zero_grad(); F.soft_margin_loss(m(x), y).backward(); o.step()
    return m.eval()
