"""Everything that PyTorch has is used."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, Dataset, WeightedRandomSampler


class Perceptron(nn.Module):
    def __init__(self, n_features: int, n_classes: int):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n_features, n_classes), nn.Softmax(dim=-1))
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_normal_(module.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)


def decide(probabilities):
    return probabilities.argmax(dim=-1)


def softmax(z):
    return F.softmax(z, dim=-1)


def one_hot(target, n_classes):
    return F.one_hot(target, num_classes=n_classes)


def nll_loss(probabilities, target):
    return F.nll_loss(probabilities.clamp_min(1e-9).log(), target)


def binary_cross_entropy(p, target):
    return nn.BCELoss()(p, target.to(p.dtype))


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        assert len(x) == len(y)
        self.samples = list(zip(x, y))
        self.augment = augment or (lambda x: x)

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, i):
        x, y = self.samples[i]
        return self.augment(x), y


def make_loader(dataset, batch_size, weighted=False):
    sampler = None
    if weighted:
        y = torch.stack([torch.as_tensor(label) for _, label in dataset])
        classes, inverse, counts = y.unique(return_inverse=True, return_counts=True)
        sampler = WeightedRandomSampler((len(y) / counts)[inverse].double(), len(y))
    return DataLoader(dataset, batch_size, shuffle=sampler is None, sampler=sampler)


def gradients(model, x, y):
    loss = nll_loss(model(x), y)
    names, parameters = zip(*model.named_parameters())
    return dict(zip(names, torch.autograd.grad(loss, parameters)))


def train(model, loader, epochs, lr=1e-2, weight_decay=1e-4):
    optimizer = torch.optim.AdamW(model.parameters(), lr=lr, weight_decay=weight_decay)
    model.train()
    history = []
    for _ in range(epochs):
        total, n = 0.0, 0
        for x, y in loader:
            optimizer.zero_grad(set_to_none=True)
            loss = nll_loss(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            n += len(x)
        history.append(total / n)
    return history


class XorMLP(nn.Sequential):
    def __init__(self, n_hidden=16):
        super().__init__(nn.Linear(2, n_hidden), nn.ReLU(), nn.Linear(n_hidden, 1))

    def forward(self, x):
        return super().forward(x).squeeze(1)


def train_xor(epochs=500, lr=0.05):
    x = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    y = torch.tensor([0.0, 1, 1, 0])
    model = XorMLP()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
