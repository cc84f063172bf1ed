# everything is a method of the perceptron
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.lin = nn.Linear(n_features, n_classes)
        nn.init.kaiming_normal_(self.lin.weight)
        nn.init.constant_(self.lin.bias, 0.)
    def forward(self, x):
        return torch.softmax(self.lin(x), dim=1)
    def predict(self, x):
        return torch.max(self(x), 1)[1]

def softmax(z):
    return torch.exp(z - z.max(1)[0].unsqueeze(1)) / torch.exp(z - z.max(1)[0].unsqueeze(1)).sum(1).unsqueeze(1)

def one_hot(target, n_classes):
    return torch.tensor([[float(k == t) for k in range(n_classes)] for t in target])

def nll_loss(probabilities, target):
    loss = 0.
    for p, t in zip(probabilities, target):
        loss += -torch.log(p[t].clamp(min=1e-12))
    return loss / probabilities.shape[0]

def binary_cross_entropy(p, target):
    p = torch.clamp(p, 1e-12, 1 - 1e-7)
    return torch.mean(-(target * torch.log(p) + (1 - target) * torch.log(1 - p)))

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = x
        self.y = y
        self.augment = augment
    def __len__(self):
        return len(self.x)
    def __getitem__(self, idx):
        x = self.x[idx]
        y = self.y[idx]
        if self.augment is not None:
            x, y = self.augment((x, y))
        return x, y

def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        targets = [int(t) for t in dataset.y]
        class_counts = [targets.count(c) for c in sorted(set(targets))]
        weights_c = 1. / torch.tensor(class_counts, dtype=torch.float)
        w = weights_c[targets]
        return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(w, len(w)), shuffle=False)
    return DataLoader(dataset=dataset, batch_size=batch_size, shuffle=True)

def gradients(model, x, y):
    model.train()
    model.zero_grad()
    nll_loss(model(x), y).backward()
    d = {}
    for n, p in model.named_parameters():
        d[n] = p.grad.data
    return d

def train(model, loader, epochs, lr=1e-3):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    for epoch in range(epochs):
        epoch_loss = 0
        for x, y in loader:
            loss = nll_loss(model(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            epoch_loss += loss.detach()
        losses.append(epoch_loss / len(loader))
    return losses

class XorMLP(nn.Module):
    def __init__(self, n_in=2, n_hidden=4, n_out=1):
        super().__init__()
        self.l1 = nn.Linear(n_in, n_hidden)
        self.l2 = nn.Linear(n_hidden, n_out)
    def forward(self, x):
        h = torch.relu(self.l1(x))
        return torch.sigmoid(self.l2(h))

def train_xor(n_epochs=5000, lr=0.1):
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float32)
    y = torch.tensor([[0], [1], [1], [0]], dtype=torch.float32)
    for essai in range(10):
        model = XorMLP()
        opt = torch.optim.Adam(model.parameters(), lr=lr)
        for e in range(500):
            opt.zero_grad()
            loss = nn.functional.binary_cross_entropy(model(x), y)
            loss.backward()
            opt.step()
        if loss < 0.1:
            break
    return model
