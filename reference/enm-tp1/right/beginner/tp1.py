import math
import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler

torch.manual_seed(42)


class Perceptron(nn.Module):
    def __init__(self, input_size, num_classes):
        super().__init__()
        self.fc = nn.Linear(input_size, num_classes)
        # He initialization
        std = math.sqrt(2.0 / input_size)
        self.fc.weight.data = torch.randn(num_classes, input_size) * std
        self.fc.bias.data = torch.zeros(num_classes)

    def forward(self, x):
        scores = self.fc(x)
        probas = torch.softmax(scores, dim=1)
        return probas


def decide(probabilities):
    result = []
    for row in probabilities:
        best = 0
        for k in range(len(row)):
            if row[k] > row[best]:
                best = k
        result.append(best)
    return torch.tensor(result)


def softmax(z):
    n = z.shape[0]
    K = z.shape[1]
    out = torch.zeros(n, K)
    for i in range(n):
        maxi = torch.max(z[i])
        total = 0
        for k in range(K):
            total = total + torch.exp(z[i, k] - maxi)
        for k in range(K):
            out[i, k] = torch.exp(z[i, k] - maxi) / total
    return out


def one_hot(target, n_classes):
    liste = []
    for t in target:
        ligne = [0] * n_classes
        ligne[int(t)] = 1
        liste.append(ligne)
    return torch.tensor(liste)


def nll_loss(probabilities, target):
    loss = 0
    for i in range(len(target)):
        p = probabilities[i, target[i]]
        loss = loss - torch.log(torch.clamp(p, min=1e-8))
    return loss / len(target)


def binary_cross_entropy(p, target):
    total = 0.0
    for i in range(len(p)):
        pi = min(max(float(p[i]), 1e-8), 1 - 1e-8)
        if target[i] == 1:
            total += -math.log(pi)
        else:
            total += -math.log(1 - pi)
    return total / len(p)


class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = x
        self.y = y
        self.augment = augment
        self.n = len(x)

    def __len__(self):
        return self.n

    def __getitem__(self, index):
        if index >= self.n:
            raise IndexError("index too large")
        x = self.x[index]
        y = self.y[index]
        if self.augment != None:
            x = self.augment(x)
        return x, y


def make_loader(dataset, batch_size, weighted=False):
    if weighted == True:
        # count each class
        count = {}
        for i in range(len(dataset)):
            c = int(dataset[i][1])
            if c in count:
                count[c] += 1
            else:
                count[c] = 1
        weights = []
        for i in range(len(dataset)):
            c = int(dataset[i][1])
            weights.append(1 / count[c])
        sampler = WeightedRandomSampler(weights=weights, num_samples=len(dataset), replacement=True)
        loader = DataLoader(dataset, batch_size=batch_size, sampler=sampler)
    else:
        loader = DataLoader(dataset, batch_size=batch_size, shuffle=True)
    return loader


def gradients(model, x, y):
    optimizer = optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    output = model(x)
    loss = nll_loss(output, y)
    loss.backward()
    res = {}
    for name, param in model.named_parameters():
        res[name] = param.grad.clone()
    optimizer.zero_grad()
    return res


def train(model, loader, epochs, lr):
    optimizer = optim.SGD(model.parameters(), lr=lr, momentum=0.9)
    losses = []
    for epoch in range(epochs):
        running_loss = 0.0
        for i, data in enumerate(loader):
            inputs, labels = data
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = nll_loss(outputs, labels)
            loss.backward()
            optimizer.step()
            running_loss += loss.item()
        losses.append(running_loss / len(loader))
        print(f"Epoch {epoch + 1}/{epochs}, loss = {losses[-1]:.4f}")
    return losses


class XorMLP(nn.Module):
    def __init__(self):
        super(XorMLP, self).__init__()
        self.fc1 = nn.Linear(2, 10)
        self.fc2 = nn.Linear(10, 2)
        self.relu = nn.ReLU()
        self.softmax = nn.Softmax(dim=1)

    def forward(self, x):
        x = self.fc1(x)
        x = self.relu(x)
        x = self.fc2(x)
        return self.softmax(x)


def train_xor():
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([0, 1, 1, 0])
    model = XorMLP()
    optimizer = optim.Adam(model.parameters(), lr=0.05)
    for epoch in range(500):
        optimizer.zero_grad()
        loss = nll_loss(model(x), y)
        loss.backward()
        optimizer.step()
    return model


if __name__ == "__main__":
    m = train_xor()
    print(m(torch.tensor([[0.0, 1.0]])))
