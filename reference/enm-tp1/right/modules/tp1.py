import torch
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler

from losses import *
from model import Perceptron, XorMLP


def decide(probabilities):
    return probabilities.argmax(1)


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x, self.y, self.augment = x, y, augment

    def __getitem__(self, i):
        x, y = self.x[i], self.y[i]
        return (self.augment(x), y) if self.augment else (x, y)

    def __len__(self):
        return len(self.x)


def make_loader(dataset, batch_size, weighted=False):
    kwargs = dict(batch_size=batch_size)
    if weighted:
        freq = torch.bincount(torch.as_tensor(dataset.y)).float()
        kwargs["sampler"] = WeightedRandomSampler(freq.reciprocal()[dataset.y], len(dataset))
    else:
        kwargs["shuffle"] = True
    return DataLoader(dataset, **kwargs)


def gradients(model, x, y):
    model.zero_grad()
    nll_loss(model(x), y).backward()
    return {n: p.grad.clone() for n, p in model.named_parameters()}


def one_epoch(model, loader, optimizer):
    total = 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = nll_loss(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def train(model, loader, epochs, lr=0.1):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return [one_epoch(model, loader, optimizer) for _ in range(epochs)]


def train_xor(epochs=1000):
    model = XorMLP()
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    optimizer = torch.optim.Adam(model.parameters(), 0.03)
    for _ in range(epochs):
        optimizer.zero_grad()
        binary_cross_entropy(model(x), torch.tensor([0.0, 1, 1, 0])).backward()
        optimizer.step()
    return model
