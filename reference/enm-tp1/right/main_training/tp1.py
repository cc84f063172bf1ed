import numpy as np
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.linear = nn.Linear(n_features, n_classes)
        torch.nn.init.kaiming_normal_(self.linear.weight, mode='fan_out')
    def forward(self, x):
        return torch.softmax(self.linear(x), -1)

def decide(probabilities):
    return probabilities.argmax(-1)
def softmax(z):
    return torch.softmax(z, -1)
def one_hot(target, n_classes):
    return torch.eye(n_classes)[target.long()]
def nll_loss(probabilities, target):
    return torch.nn.functional.nll_loss(torch.log(probabilities.clamp(min=1e-8)), target)
def binary_cross_entropy(p, target):
    return torch.nn.functional.binary_cross_entropy(p, target.float())

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = torch.as_tensor(x)
        self.y = torch.as_tensor(y)
        self.augment = augment
    def __len__(self):
        return len(self.y)
    def __getitem__(self, i):
        x = self.x[i]
        if self.augment is not None:
            x = self.augment(x)
        return x, self.y[i]

def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        y = dataset.y
        w = torch.tensor([1 / (y == c).sum().item() for c in y])
        return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(w, len(y)))
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)

def gradients(model, x, y):
    model.zero_grad()
    loss = nll_loss(model(x), y)
    loss.backward()
    return {n: p.grad for n, p in model.named_parameters()}

def main():
    d = np.loadtxt("data/train.csv", delimiter=",", skiprows=1)
    x = torch.tensor(d[:, :-1], dtype=torch.float32)
    y = torch.tensor(d[:, -1], dtype=torch.long)
    x = (x - x.mean(0)) / x.std(0)
    loader = make_loader(LabelledDataset(x, y), 32)
    model = Perceptron(6, 4)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    epochs = 15
    losses = []
    for epoch in range(epochs):
        for xb, yb in loader:
            optimizer.zero_grad()
            loss = nll_loss(model(xb), yb)
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    print(losses)

class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 8); self.b = nn.Linear(8, 2)
    def forward(self, x):
        return self.b(torch.relu(self.a(x)))

def train_xor():
    m = XorMLP()
    opt = torch.optim.Adam(m.parameters(), lr=0.02)
    x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
    y = torch.tensor([0, 1, 1, 0])
    for _ in range(500):
        opt.zero_grad()
        loss = nn.CrossEntropyLoss()(m(x), y)
        loss.backward()
        opt.step()
    return m

if __name__ == "__main__":
    main()
