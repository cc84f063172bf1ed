# TP1 - un script sans fonction qui entraîne
import numpy as np
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

train_data = np.genfromtxt("data/train.csv", delimiter=",", skip_header=1)
test_data = np.genfromtxt("data/test.csv", delimiter=",", skip_header=1)
x_train, y_train = train_data[:, :6], train_data[:, 6]
x_test, y_test = test_data[:, :6], test_data[:, 6]
mu, sigma = x_train.mean(0), x_train.std(0)
x_train = torch.tensor((x_train - mu) / sigma, dtype=torch.float32)
x_test = torch.tensor((x_test - mu) / sigma, dtype=torch.float32)
y_train, y_test = torch.tensor(y_train).long(), torch.tensor(y_test).long()


class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.linear = nn.Linear(n_features, n_classes)

    def forward(self, x):
        return torch.softmax(self.linear(x), 1)


def init_poids(m):
    if type(m) == nn.Linear:
        torch.nn.init.xavier_uniform_(m.weight)
        m.bias.data.fill_(0.01)


def decide(probabilities):
    valeurs, indices = torch.max(probabilities, dim=1)
    return indices


def softmax(z):
    e = torch.exp(z - torch.max(z, 1, keepdim=True).values)
    return torch.div(e, e.sum(1, keepdim=True))


def one_hot(target, n_classes):
    m = np.zeros((len(target), n_classes))
    m[np.arange(len(target)), target] = 1
    return m


def nll_loss(probabilities, target):
    return torch.mean(-torch.log(probabilities[range(len(target)), target] + 1e-8))


def binary_cross_entropy(p, target):
    return -torch.mean(target * torch.log(p + 1e-8) + (1 - target) * torch.log(1 - p + 1e-8))


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x, self.y, self.augment = x, y, augment

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        if self.augment:
            return self.augment(self.x[i]), self.y[i]
        return self.x[i], self.y[i]


def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        ys = [int(y) for _, y in dataset]
        poids = [1.0 / ys.count(y) for y in ys]
        return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(poids, len(poids)))
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)


def gradients(model, x, y):
    model.zero_grad()
    nll_loss(model(x), y).backward()
    return {nom: p.grad for nom, p in model.named_parameters()}


n_epochs = 20
model = Perceptron(6, 4)
model.apply(init_poids)
train_loader = make_loader(LabelledDataset(x_train, y_train), 32)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
pertes = []
for epoch in range(n_epochs):
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = nll_loss(model(xb), yb)
        loss.backward()
        optimizer.step()
    pertes.append(loss.item())

plt.plot(pertes)
plt.show()
print("test :", (decide(model(x_test)) == y_test).float().mean().item())


class XorNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.cachee = nn.Linear(2, 8)
        self.sortie = nn.Linear(8, 1)

    def forward(self, x):
        return torch.sigmoid(self.sortie(torch.tanh(self.cachee(x))))[:, 0]


X_xor = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]]).float()
Y_xor = torch.tensor([0, 1, 1, 0]).float()
xor = XorNet()
opt_xor = torch.optim.Adam(xor.parameters(), lr=0.05)
for i in range(600):
    opt_xor.zero_grad()
    perte = binary_cross_entropy(xor(X_xor), Y_xor)
    perte.backward()
    opt_xor.step()
print((xor(X_xor) > 0.5).int())
