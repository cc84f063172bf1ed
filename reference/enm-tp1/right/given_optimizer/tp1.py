import torch
from torch import nn
from torch.utils.data import Dataset, DataLoader, WeightedRandomSampler
import torch.optim as optim

class Perceptron(nn.Module):
    def __init__(self, in_dim, out_dim):
        super().__init__()
        self.fc = nn.Linear(in_dim, out_dim)
        self.softmax = nn.Softmax(dim=1)
        nn.init.xavier_uniform_(self.fc.weight)
    def forward(self, x):
        return self.softmax(self.fc(x))

def decision_rule(probs):
    return torch.max(probs, 1).indices

def softmax(scores):
    scores = scores - scores.max(dim=1, keepdim=True).values
    return scores.exp() / scores.exp().sum(1, keepdim=True)

def one_hot_encoding(labels, num_classes):
    return torch.nn.functional.one_hot(labels, num_classes)

def negative_log_likelihood(probs, labels):
    return -torch.log(probs.gather(1, labels.view(-1, 1)) + 1e-9).mean()

def bce(probs, labels):
    return -(labels * torch.log(probs + 1e-9) + (1 - labels) * torch.log(1 - probs + 1e-9)).mean()

class CustomDataset(Dataset):
    def __init__(self, data, labels, transform=None):
        self.data, self.labels, self.transform = data, labels, transform
    def __len__(self):
        return len(self.data)
    def __getitem__(self, idx):
        d = self.data[idx]
        l = self.labels[idx]
        if self.transform:
            d = self.transform(d)
        return d, l

def create_dataloader(dataset, batch_size, balanced=False):
    if balanced:
        counts = torch.bincount(dataset.labels)
        weights = (1.0 / counts.float())[dataset.labels]
        return DataLoader(dataset, batch_size=batch_size, sampler=WeightedRandomSampler(weights, len(dataset)))
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)

def compute_gradients(model, data, labels):
    model.zero_grad()
    negative_log_likelihood(model(data), labels).backward()
    return {n: p.grad.clone() for n, p in model.named_parameters()}

def train_model(model, dataloader, criterion, optimizer, num_epochs):
    losses = []
    for e in range(num_epochs):
        s = 0.0
        for d, l in dataloader:
            optimizer.zero_grad()
            loss = criterion(model(d), l)
            loss.backward()
            optimizer.step()
            s += loss.item()
        losses.append(s / len(dataloader))
    return losses

class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.fc2 = nn.Linear(n_hidden, n_out)
    def forward(self, x):
        return torch.sigmoid(self.fc2(torch.tanh(self.fc1(x))))

def train_xor():
    model = MLP(2, 4, 1)
    opt = optim.Adam(model.parameters(), lr=0.1)
    X = torch.tensor([[0,0],[0,1],[1,0],[1,1]], dtype=torch.float)
    Y = torch.tensor([[0],[1],[1],[0]], dtype=torch.float)
    for _ in range(500):
        opt.zero_grad()
        loss = bce(model(X), Y)
        loss.backward()
        opt.step()
    return model
