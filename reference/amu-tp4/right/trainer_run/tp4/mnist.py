from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms


@dataclass(frozen=True)
class Normalisation:
    mean: float = 0.1307
    std: float = 0.3081


def get_dataloaders(batch_size: int = 64, root: str = "data", norm: Normalisation = Normalisation()):
    tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((norm.mean,), (norm.std,))])
    sets = (datasets.MNIST(root, train=flag, transform=tf, download=True) for flag in (True, False))
    return tuple(DataLoader(s, batch_size=batch_size, shuffle=s.train) for s in sets)


class LogisticRegression(nn.Module):
    def __init__(self, in_features: int = 784, n_classes: int = 10) -> None:
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(in_features, n_classes))

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


class ConvNet(nn.Module):
    """One family of networks: the widths of the convolutions, then those of the dense layers."""

    def __init__(self, conv_widths: tuple[int, ...], dense_widths: tuple[int, ...], side: int = 28) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        channels = 1
        for width in conv_widths:
            layers += [nn.Conv2d(channels, width, kernel_size=3), nn.ReLU(), nn.MaxPool2d(kernel_size=2, stride=2)]
            channels, side = width, (side - 2) // 2
        layers.append(nn.Flatten())
        features = channels * side * side
        for width in dense_widths:
            layers += [nn.Linear(features, width), nn.ReLU()]
            features = width
        layers.append(nn.Linear(features, 10))
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)


class CNN1(ConvNet):
    def __init__(self) -> None:
        super().__init__((32,), ())


class CNN2(ConvNet):
    def __init__(self) -> None:
        super().__init__((32, 64), (128,))
