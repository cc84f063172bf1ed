import torch
from torch import nn, Tensor
from torch.func import functional_call, grad
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler

EPS = torch.finfo(torch.float32).tiny

# ---- un exemple à la fois, puis vmap ----
class Perceptron(nn.Module):
    def __init__(self, n_features: int, n_classes: int):
        super().__init__()
        a = (6 / (n_features + n_classes)) ** .5
        self.W = nn.Parameter((2 * torch.rand(n_classes, n_features) - 1) * a)
        self.b = nn.Parameter(torch.zeros(n_classes))

    def un(self, x: Tensor) -> Tensor:
        return torch.softmax(self.W @ x + self.b, dim=0)

    def forward(self, x: Tensor) -> Tensor:
        return torch.vmap(self.un)(x)

def decide(probabilities):
    return probabilities.max(1).indices

def softmax(z):
    return torch.vmap(lambda l: torch.exp(l - torch.logsumexp(l, 0)))(torch.as_tensor(z).float())

def one_hot(target, n_classes):
    return torch.eye(n_classes)[target]

def nll_loss(probabilities, target):
    return -(one_hot(target, probabilities.shape[1]) * probabilities.clamp_min(1e-12).log()).sum(1).mean()

def binary_cross_entropy(p, target):
    return nn.functional.binary_cross_entropy(p.float(), target.float())

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.donnees = list(zip(x, y))
        self.augment = augment or (lambda v: v)
    def __len__(self):
        return len(self.donnees)
    def __getitem__(self, i):
        x, y = self.donnees[i]
        return self.augment(x), y

def make_loader(dataset, batch_size, weighted=False):
    if not weighted:
        return DataLoader(dataset, batch_size=batch_size, shuffle=True)
    ys = [int(y) for _, y in dataset]
    poids = [1 / ys.count(y) for y in ys]
    return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(poids, len(ys), replacement=True))

def gradients(model, x, y):
    params = {k: v.detach() for k, v in model.named_parameters()}
    return grad(lambda p: nll_loss(functional_call(model, p, (x,)), y))(params)

def train(model, loader, epochs, lr=0.5):
    losses = []
    for _ in range(epochs):
        for x, y in loader:
            g = gradients(model, x, y)
            losses.append(nll_loss(model(x), y).item())
            with torch.no_grad():
                for k, p in model.named_parameters():
                    p -= lr * g[k]
    return losses

class XorMLP(nn.Sequential):
    def __init__(self, h=16):
        super().__init__(nn.Linear(2, h), nn.ReLU(), nn.Linear(h, 2))

def train_xor():
    X = torch.cartesian_prod(torch.tensor([0., 1.]), torch.tensor([0., 1.]))
    Y = (X[:, 0] != X[:, 1]).long()
    m = XorMLP()
    o = torch.optim.AdamW(m.parameters(), lr=.03)
    for _ in range(400):
        o.zero_grad(); nn.functional.cross_entropy(m(X), Y).backward(); o.step()
    return m
