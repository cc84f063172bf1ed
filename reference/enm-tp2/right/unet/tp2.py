"""TP 2 with a U-Net and NumPy loops over the kernel."""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def output_size(n, k, s, p):
    """Number of positions."""
    count = 0
    start = -p
    while start + k <= n + p:
        count += 1
        start += s
    return count


class Conv2d:
    """A convolution as an object that is called."""

    def __init__(self, weight, bias=None, stride=1, padding=0):
        self.weight, self.bias, self.stride, self.padding = weight, bias, stride, padding

    def __call__(self, x):
        p, s = self.padding, self.stride
        n, c, h, w = x.shape
        o, _, kh, kw = self.weight.shape
        padded = np.zeros((n, c, h + 2 * p, w + 2 * p), dtype=float)
        padded[:, :, p:p + h, p:p + w] = x
        oh, ow = output_size(h, kh, s, p), output_size(w, kw, s, p)
        y = np.zeros((n, o, oh, ow))
        for f in range(o):
            for i in range(oh):
                for j in range(ow):
                    y[:, f, i, j] = (padded[:, :, s * i:s * i + kh, s * j:s * j + kw] * self.weight[f]).sum(axis=(1, 2, 3))
        return y if self.bias is None else y + self.bias.reshape(1, o, 1, 1)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return Conv2d(weight, bias, stride, padding)(x)


def max_pool2d(x, kernel_size, stride=None):
    stride = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    out = np.full((n, c, output_size(h, kernel_size, stride, 0), output_size(w, kernel_size, stride, 0)), -np.inf)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.max(x[:, :, i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size], axis=(2, 3))
    return out


first_layer = nn.Sequential(nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2, bias=True), nn.ReLU())


def count_parameters(net):
    return int(sum(torch.tensor(p.shape).prod() for p in net.parameters()))


class DoubleConv(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.ReLU())

    def forward(self, x):
        return self.net(x)


class SmallCNN(nn.Module):
    """VGG: two convolutions, then pooling; the classifier is a convolution on one place."""

    def __init__(self, in_channels, num_classes):
        super().__init__()
        self.a, self.b = DoubleConv(in_channels, 16), DoubleConv(16, 32)
        self.pool = nn.MaxPool2d(2)
        self.gap = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Conv2d(32, num_classes, 1)

    def forward(self, x):
        x = self.pool(self.b(self.pool(self.a(x))))
        return self.classifier(self.gap(x)).squeeze(-1).squeeze(-1)


def train_epoch(model, loader, optimizer):
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def train(model, loader, epochs=10, lr=5e-3):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    return [train_epoch(model, loader, optimizer) for _ in range(epochs)]


class UNet(nn.Module):
    def __init__(self, in_channels, num_classes):
        super().__init__()
        self.down1, self.down2, self.middle = DoubleConv(in_channels, 8), DoubleConv(8, 16), DoubleConv(16, 32)
        self.up2, self.up1 = nn.ConvTranspose2d(32, 16, 2, 2), nn.ConvTranspose2d(16, 8, 2, 2)
        self.dec2, self.dec1 = DoubleConv(32, 16), DoubleConv(16, 8)
        self.out = nn.Conv2d(8, num_classes, 1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(F.max_pool2d(a, 2))
        c = self.middle(F.max_pool2d(b, 2))
        b = self.dec2(torch.cat([self.up2(c), b], dim=1))
        a = self.dec1(torch.cat([self.up1(b), a], dim=1))
        return self.out(a)
