"""TP 4: MNIST and crack detection with convolutional networks."""

import glob

import numpy as np
import torch
from imageio.v3 import imread
from matplotlib import pyplot as plt
from sklearn.model_selection import train_test_split
from torch import nn
from torch.optim import Adam
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms
from torchvision.datasets import MNIST

IMAGES = "./"
SIDE = 64
EPOCHS = 2  # more of them give better networks


def load_mnist(batch_size=64):
    """The loaders of the training and the test set, normalised."""
    raise NotImplementedError


class MultinomialRegression(nn.Module):
    """One linear map from the 784 pixels to the scores of the 10 digits."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


class CNN1(nn.Module):
    """A convolution with 32 filters, a pooling, a dense layer."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


class CNN2(nn.Module):
    """Two convolutions with 32 and 64 filters, each with its pooling, and two dense layers."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def count_parameters(model):
    """How many numbers the model learns."""
    raise NotImplementedError


def evaluate(model, loader):
    """The percentage of images classified right, over the whole set."""
    raise NotImplementedError


def list_images(folder):
    """The paths of all images, and 1 for those that show a crack."""
    positive = sorted(glob.glob(folder + "Positive/*.jpg"))
    negative = sorted(glob.glob(folder + "Negative/*.jpg"))
    return positive + negative, np.array([1] * len(positive) + [0] * len(negative))


def split(images, labels):
    """(images, labels) for training (60 %), validation (20 %) and test (20 %)."""
    raise NotImplementedError


class Dataset_fissures(Dataset):  # noqa: N801  # the name that the statement gives
    """Images read from their files, grey, normalised, with their labels."""

    def __init__(self, img_path, img_labels):
        raise NotImplementedError

    def __len__(self):
        raise NotImplementedError

    def __getitem__(self, index):
        raise NotImplementedError


class CrackCNN(nn.Module):
    """Three convolutions; one output: the logit of a crack."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        raise NotImplementedError


def train(model, train_loader, valid_loader=None, epochs=5, lr=1e-3):
    """Train with Adam; after every epoch, the percentage on the validation set."""
    raise NotImplementedError


def evaluate_cracks(model, loader):
    """The percentage of walls classified right: a crack where the logit is positive."""
    raise NotImplementedError


def main():
    """Everything that the statement asks for, in its order."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
