import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler
class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.fc1 = nn.Linear(n_features, n_classes)
        nn.init.xavier_normal_(self.fc1.weight)
    def forward(self, x):
        return self.fc1(x)
def decide(probabilities):
    return torch.argmax(probabilities, dim=1)
def softmax(z):
    return torch.exp(z) / torch.sum(torch.exp(z), dim=1).unsqueeze(1)
def one_hot(target, n_classes):
    return F.one_hot(target, n_classes)
loss_fn = nn.CrossEntropyLoss()
def nll_loss(probabilities, target):
    return loss_fn(probabilities, target)
def binary_cross_entropy(p, target):
    return F.binary_cross_entropy(p, target)
class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = x
        self.y = y
        self.augment = augment
    def __len__(self):
        return len(self.x)
    def __getitem__(self, index):
        x, y = self.x[index], self.y[index]
        if self.augment:
            x = self.augment(x)
        return x, y
def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        labels = dataset.y
        counts = torch.bincount(labels)
        weights = 1.0 / counts
        sampler = WeightedRandomSampler(weights, len(dataset))
        return DataLoader(dataset, batch_size, sampler=sampler)
    return DataLoader(dataset, batch_size, shuffle=True)
def gradients(model, x, y):
    loss = nll_loss(model(x), y)
    loss.backward()
    return {n: p.grad for n, p in model.named_parameters()}
def train(model, loader, epochs, lr):
    optimizer = torch.optim.Adam(model.parameters(), lr)
    losses = []
    for epoch in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nll_loss(model(x), y)
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return losses
class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 4)
        self.fc2 = nn.Linear(4, 1)
    def forward(self, x):
        return self.fc2(self.fc1(x))
def train_xor():
    model = XorMLP()
    x = torch.tensor([[0,0],[0,1],[1,0],[1,1]]).float()
    y = torch.tensor([[0],[1],[1],[0]]).float()
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(1000):
        opt.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        opt.step()
    return model

# Question : la vraisemblance est un produit de probabilités, donc on prend le log pour avoir une somme.
# Les mini-batchs permettent de ne pas charger toutes les données en mémoire.
