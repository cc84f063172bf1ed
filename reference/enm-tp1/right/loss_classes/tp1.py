import torch, torch.nn as nn
from torch.utils.data import Dataset, DataLoader
import torch.utils.data as tud

class Softmax(nn.Module):
    def forward(self, z):
        z = z - z.max(dim=1, keepdim=True)[0]
        return torch.exp(z) / torch.exp(z).sum(dim=1, keepdim=True)

class NLLLoss(nn.Module):
    def __init__(self):
        super().__init__()
    def forward(self, probabilities, target):
        return -torch.log(probabilities[torch.arange(probabilities.shape[0]), target] + 1e-10).mean()

class BCELoss(nn.Module):
    def forward(self, p, target):
        return -(target*torch.log(p+1e-10)+(1-target)*torch.log(1-p+1e-10)).mean()

class Perceptron(nn.Module):
    def __init__(self, n_features, n_classes):
        super().__init__()
        self.n_features = n_features
        self.n_classes = n_classes
        self.linear = nn.Linear(self.n_features, self.n_classes)
        torch.nn.init.kaiming_uniform_(self.linear.weight, mode='fan_in', nonlinearity='linear')
        self.sm = Softmax()
    def forward(self, x):
        return self.sm(self.linear(x))
    def decide(self, probabilities):
        _, pred = torch.max(probabilities.data, 1)
        return pred

def one_hot(target, n_classes):
    oh = torch.zeros((target.size(0), n_classes))
    oh.scatter_(1, target.unsqueeze(1), 1)
    return oh

class LabelledDataset(Dataset):
    def __init__(self, x, y, augment=None):
        self.x = x; self.y = y; self.augment = augment
    def __len__(self): return len(self.x)
    def __getitem__(self, idx):
        sample = self.x[idx], self.y[idx]
        if self.augment is not None:
            sample = self.augment(sample[0]), sample[1]
        return sample

def make_loader(dataset, batch_size, weighted=False):
    if weighted:
        y = dataset.y
        class_sample_count = torch.tensor([(y == t).sum() for t in torch.unique(y, sorted=True)])
        weight = 1. / class_sample_count.float()
        samples_weight = torch.tensor([weight[t] for t in y])
        sampler = tud.WeightedRandomSampler(samples_weight, len(samples_weight))
        return DataLoader(dataset, batch_size=batch_size, num_workers=0, sampler=sampler)
    return DataLoader(dataset, batch_size=batch_size, shuffle=True)

criterion = NLLLoss()

def gradients(model, x, y):
    model.zero_grad()
    criterion(model(x), y).backward()
    return dict((n, p.grad.clone()) for n, p in model.named_parameters())

def train(model, loader, epochs=10, lr=0.001):
    opt = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for e in range(epochs):
        s = 0
        for X, y in loader:
            opt.zero_grad()
            out = model(X)
            loss = criterion(out, y)
            loss.backward()
            opt.step()
            s += loss.item()
        losses.append(s/len(loader))
    return losses

class XorMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2,4), nn.Sigmoid(), nn.Linear(4,1), nn.Sigmoid())
    def forward(self, x): return self.net(x)

def train_xor():
    net = XorMLP()
    x = torch.Tensor([[0,0],[0,1],[1,0],[1,1]]); y = torch.Tensor([0,1,1,0]).view(-1,1)
    opt = torch.optim.Adam(net.parameters(), lr=0.1)
    crit = nn.BCELoss()
    for i in range(2000):
        opt.zero_grad(); l = crit(net(x), y); l.backward(); opt.step()
    return net
