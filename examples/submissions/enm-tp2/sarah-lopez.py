import numpy as np, torch
from torch import nn
from scipy import signal
def output_size(n, kernel, stride, padding):
    return (n + 2*padding - kernel)/stride + 1
def conv2d(x, weight, bias=None, stride=1, padding=0):
    x = np.asarray(x); weight = np.asarray(weight)
    x = np.pad(x, ((0,0),(0,0),(padding,padding),(padding,padding)))
    out = []
    for img in x:
        maps = []
        for k in range(weight.shape[0]):
            m = 0
            for c in range(weight.shape[1]):
                m = m + signal.convolve2d(img[c], weight[k, c], mode="valid")
            if bias is not None:
                m = m + bias[k]
            maps.append(m[::stride, ::stride])
        out.append(maps)
    return np.array(out)
def max_pool2d(x, kernel, stride):
    n, c, h, w = x.shape
    return x.reshape(n, c, h//kernel, kernel, w//kernel, kernel).max(axis=(3, 5))
def first_layer():
    return nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2, bias=True)
def count_parameters(m):
    return len(m.state_dict())
class SmallCNN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super().__init__()
        self.c1 = nn.Conv2d(in_channels, 16, 3, padding=1); self.c2 = nn.Conv2d(16, 32, 3, padding=1)
        self.p = nn.MaxPool2d(2); self.fc = nn.Linear(32*4*4, n_classes)
    def forward(self, x):
        return self.fc(self.p(self.c2(self.p(self.c1(x)))).flatten(1))
def train(model, loader, epochs, lr):
    opt = torch.optim.Adam(model.parameters(), lr=lr); L = []
    for e in range(epochs):
        for x, y in loader:
            loss = nn.CrossEntropyLoss()(model(x), y); loss.backward(); opt.step()
            L.append(loss.item())
    return L
class DenseFCN(nn.Module):
    def __init__(self, in_channels, n_classes):
        super().__init__()
        self.c1 = nn.Conv2d(in_channels, 16, 3, padding=1); self.fc = nn.Linear(16*32*32, n_classes*64*64); self.n = n_classes
    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.c1(x)), 2)
        return self.fc(x.flatten(1)).view(-1, self.n, 64, 64)
