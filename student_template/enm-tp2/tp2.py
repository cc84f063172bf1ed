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
    raise NotImplementedError


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """The convolution of x (batch, in, H, W) by weight (out, in, kh, kw), written by hand."""
    raise NotImplementedError


def max_pool2d(x, kernel, stride):
    """The largest value of each window of kernel × kernel pixels."""
    raise NotImplementedError


def first_layer():
    """The layer of the slide: 3 → 64 channels, 7 × 7, stride 2, padding 3, with a bias, then ReLU."""
    raise NotImplementedError


def count_parameters(module):
    """How many numbers there are in all parameters of a module."""
    raise NotImplementedError


class SmallCNN(nn.Module):
    """Two blocks of convolution, ReLU and pooling, then a perceptron."""

    def __init__(self, in_channels, n_classes):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def train(model, loader, epochs=10, lr=3e-3):
    """Train by cross-entropy; the mean loss of each epoch."""
    raise NotImplementedError


class DenseFCN(nn.Module):
    """Scores of the classes at every pixel, whatever the size of the image."""

    def __init__(self, in_channels, n_classes):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def load(name):
    """The given images and labels: name is "train" or "test"."""
    images, labels = (np.load(f"data/{name}_{what}.npy") for what in ("images", "labels"))
    return TensorDataset(torch.from_numpy(images), torch.from_numpy(labels))


def main():
    """Everything that the statement asks for, in its order."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
