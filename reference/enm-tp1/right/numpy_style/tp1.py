import numpy as np
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader
from torch.utils.data.sampler import WeightedRandomSampler


# --- with NumPy, where no gradient is needed
def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def one_hot(target, n_classes):
    return np.eye(n_classes, dtype=int)[np.asarray(target)]


def decide(probabilities):
    return np.argmax(np.asarray(probabilities), axis=1)


def binary_cross_entropy(p, target):
    p = np.clip(np.asarray(p), 1e-7, 1 - 1e-7)
    t = np.asarray(target)
    return float(np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p)))


def nll_loss(probabilities, target):
    # one-hot mask, sum over classes, mean over the batch
    mask = torch.zeros_like(probabilities).scatter_(1, target.view(-1, 1), 1.0)
    return -(mask * torch.log(probabilities + 1e-12)).sum(dim=1).mean()


class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        limit = np.sqrt(6 / (n_features + n_classes))
        self.W = nn.Parameter(torch.from_numpy(np.random.uniform(-limit, limit, (n_features, n_classes)).astype("float32")))
        self.b = nn.Parameter(torch.zeros(1, n_classes))

    def forward(self, x):
        z = x @ self.W + self.b
        e = torch.exp(z - z.max(1, keepdim=True)[0])
        return e / e.sum(1, keepdim=True)


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = np.array(x, dtype=np.float32)
        self.y = np.array(y, dtype=np.int64)
        self.augment = augment

    def __len__(self):
        return len(self.x)

    def __getitem__(self, idx):
        x = torch.from_numpy(self.x[idx])
        y = torch.tensor(self.y[idx])
        if self.augment is not None:
            return self.augment(x), y
        return x, y


def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        labels = np.array([int(y) for _, y in dataset])
        n = np.bincount(labels)
        w = [1.0 / n[c] for c in labels]
        return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(w, num_samples=len(w), replacement=True))
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)


def gradients(model, x, y):
    model.zero_grad()
    loss = nll_loss(model(x), y)
    loss.backward()
    return {n: p.grad.detach().numpy().copy() for n, p in model.named_parameters()}


def train(model, loader, epochs, lr):
    losses = np.zeros(epochs)
    for e in range(epochs):
        for x, y in loader:
            g = gradients(model, x, y)
            with torch.no_grad():
                for n, p in model.named_parameters():
                    p -= lr * torch.from_numpy(g[n])
            losses[e] += nll_loss(model(x), y).item() / len(loader)
    return losses


class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1, self.l2 = nn.Linear(2, 8), nn.Linear(8, 1)

    def forward(self, x):
        return self.l2(torch.tanh(self.l1(x)))


def train_xor():
    X = torch.Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
    T = torch.Tensor([[0], [1], [1], [0]])
    net = XorMLP()
    for _ in range(2000):
        loss = ((net(X) - T) ** 2).mean()
        net.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in net.parameters():
                p.sub_(0.2 * p.grad)
    return net
