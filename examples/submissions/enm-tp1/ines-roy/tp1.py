import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.fc = nn.Linear(n_features, n_classes)
        nn.init.xavier_uniform_(self.fc.weight)
    def forward(self, x):
        x = self.fc(x)
        return torch.softmax(x, dim=1)

def decide(probabilities):
    return torch.argmax(probabilities)

def softmax(z):
    e = torch.exp(z - torch.max(z))
    return e / e.sum(dim=1, keepdim=True)

def one_hot(target, n_classes):
    return nn.functional.one_hot(target)

def nll_loss(probabilities, target):
    return nn.NLLLoss()(torch.log(probabilities), target)

def binary_cross_entropy(p, target):
    raise NotImplementedError

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = x
        self.y = y
        self.augment = augment
    def __len__(self):
        return len(self.x)
    def __getitem__(self, i):
        if self.augment:
            self.x[i] = self.augment(self.x[i])
        return self.x[i], self.y[i]

def make_loader(dataset, batch_size, weighted=False):
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)

def gradients(model, x, y):
    loss = nll_loss(model(x), y)
    loss.backward()
    grads = {}
    for name, p in model.named_parameters():
        grads[name] = p.grad
    return grads

def train(model, loader, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            loss = nll_loss(model(x), y)
            loss.backward()
            optimizer.step()
        print("epoch", epoch, "loss", loss.item())

class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 2)
        self.fc2 = nn.Linear(2, 1)
    def forward(self, x):
        return torch.sigmoid(self.fc2(torch.relu(self.fc1(x))))

def train_xor():
    m = XorMLP()
    opt = torch.optim.SGD(m.parameters(), lr=0.01)
    for i in range(200):
        opt.zero_grad()
        out = m(torch.tensor([[0.,0.],[0.,1.],[1.,0.],[1.,1.]]))
        loss = nn.BCELoss()(out, torch.tensor([[0.],[1.],[1.],[0.]]))
        loss.backward()
        opt.step()
    return m
