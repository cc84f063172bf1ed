"""TP 2: convolutional networks, from the formula to the dense prediction."""

import numpy as np
import torch
import torch.nn.functional as F
from matplotlib import pyplot as plt
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

EPOCHS = 3  # more of them give a better network


def output_size(n, kernel, stride, padding):
    """The number of places of a window of this size over n pixels."""
    # <solution>
    return (n + 2 * padding - kernel) // stride + 1
    # </solution>


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """The convolution of x (batch, in, H, W) by weight (out, in, kh, kw), written by hand."""
    # <solution>
    x, weight = torch.as_tensor(x), torch.as_tensor(weight)
    x = F.pad(x, (padding, padding, padding, padding))
    rows, columns = weight.shape[2:]
    height = output_size(x.shape[2], rows, stride, 0)
    width = output_size(x.shape[3], columns, stride, 0)
    y = torch.zeros(len(x), len(weight), height, width, dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = x[:, None, :, i * stride : i * stride + rows, j * stride : j * stride + columns]
            y[:, :, i, j] = (window * weight).sum((2, 3, 4))
    if bias is not None:
        y = y + torch.as_tensor(bias)[:, None, None]
    return y
    # </solution>


def max_pool2d(x, kernel, stride):
    """The largest value of each window of kernel × kernel pixels."""
    # <solution>
    x = torch.as_tensor(x)
    height = output_size(x.shape[2], kernel, stride, 0)
    width = output_size(x.shape[3], kernel, stride, 0)
    y = torch.zeros(*x.shape[:2], height, width, dtype=x.dtype)
    for i in range(height):
        for j in range(width):
            window = x[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel]
            y[:, :, i, j] = window.amax((2, 3))
    return y
    # </solution>


def first_layer():
    """The layer of the slide: 3 → 64 channels, 7 × 7, stride 2, padding 3, with a bias, then ReLU."""
    # <solution>
    return nn.Sequential(
        nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=True),
        nn.ReLU(),
    )
    # </solution>


def count_parameters(module):
    """How many numbers there are in all parameters of a module."""
    # <solution>
    return sum(p.numel() for p in module.parameters())
    # </solution>


class SmallCNN(nn.Module):
    """Two blocks of convolution, ReLU and pooling, then a perceptron."""

    def __init__(self, in_channels, n_classes):
        super().__init__()
        # <solution>
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.pool = nn.AdaptiveAvgPool2d(2)  # the same size for images of any size
        self.perceptron = nn.Sequential(nn.Linear(32 * 2 * 2, 32), nn.ReLU(), nn.Linear(32, n_classes))
        # </solution>

    def forward(self, x):
        # <solution>
        return self.perceptron(self.pool(self.features(x)).flatten(1))
        # </solution>


def train(model, loader, epochs=10, lr=3e-3):
    """Train by cross-entropy; the mean loss of each epoch."""
    # <solution>
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    losses = []
    model.train()
    for _ in range(epochs):
        total, seen = 0.0, 0
        for images, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(labels)
            seen += len(labels)
        losses.append(total / seen)
    return losses
    # </solution>


class DenseFCN(nn.Module):
    """Scores of the classes at every pixel, whatever the size of the image."""

    def __init__(self, in_channels, n_classes):
        super().__init__()
        # <solution>
        self.down = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        )  # fmt: skip
        self.scores = nn.Conv2d(32, n_classes, 1)  # the perceptron of each place
        self.up = nn.Upsample(scale_factor=4, mode="bilinear")
        # </solution>

    def forward(self, x):
        # <solution>
        return self.up(self.scores(self.down(x)))
        # </solution>


def load(name):
    """The given images and labels: name is "train" or "test"."""
    images, labels = (np.load(f"data/{name}_{what}.npy") for what in ("images", "labels"))
    return TensorDataset(torch.from_numpy(images), torch.from_numpy(labels))


def main():
    """Everything that the statement asks for, in its order."""
    # <solution>
    x, weight, bias = torch.randn(2, 3, 9, 12), torch.randn(4, 3, 3, 3), torch.randn(4)
    difference = conv2d(x, weight, bias, 2, 1) - F.conv2d(x, weight, bias, 2, 1)
    print(f"écart avec F.conv2d : {difference.abs().max():.1e}")
    print(f"224 pixels, noyau 7, pas 2, bord 3 : {output_size(224, 7, 2, 3)}")
    print(f"première couche : {count_parameters(first_layer())} paramètres")

    torch.manual_seed(2)
    model = SmallCNN(in_channels=3, n_classes=4)
    losses = train(model, DataLoader(load("train"), 32, shuffle=True), EPOCHS)
    model.eval()
    images, labels = load("test").tensors
    with torch.no_grad():
        share = (model(images).argmax(1) == labels).float().mean()
    print(f"images de test bien classées : {100 * share:.1f} %")
    plt.plot(losses)
    plt.xlabel("époque")
    plt.ylabel("perte")
    plt.savefig("apprentissage.png")
    print(f"scores d'une image de 40 × 64 : {tuple(DenseFCN(3, 4)(torch.zeros(1, 3, 40, 64)).shape)}")
    # </solution>


if __name__ == "__main__":
    main()
