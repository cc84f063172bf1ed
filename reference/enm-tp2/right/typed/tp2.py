"""Convolutional networks lab.

The module is organised in four parts: primitives, layers, classifier, dense predictor.
"""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Tuple, Union

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

IntPair = Union[int, Tuple[int, int]]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ConvSpec:
    """Geometry of a 1-D sliding window."""

    kernel: int
    stride: int = 1
    padding: int = 0

    def output(self, n: int) -> int:
        return (n + 2 * self.padding - self.kernel) // self.stride + 1


def output_size(n: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    """Spatial size after a convolution or a pooling."""
    return ConvSpec(kernel, stride, padding).output(n)


class Convolution2D:
    """Explicit 2-D cross-correlation."""

    def __init__(self, weight: FloatArray, bias: Optional[FloatArray] = None, stride: int = 1, padding: int = 0) -> None:
        self.weight = np.asarray(weight, dtype=np.float64)
        self.bias = None if bias is None else np.asarray(bias, dtype=np.float64)
        self.stride, self.padding = stride, padding

    def __call__(self, x: FloatArray) -> FloatArray:
        x = np.asarray(x, dtype=np.float64)
        n, _, height, width = x.shape
        c_out, _, kh, kw = self.weight.shape
        h_out = output_size(height, kh, self.stride, self.padding)
        w_out = output_size(width, kw, self.stride, self.padding)
        padded = np.pad(x, ((0, 0), (0, 0), (self.padding,) * 2, (self.padding,) * 2))
        result = np.zeros((n, c_out, h_out, w_out))
        for i in range(h_out):
            for j in range(w_out):
                top, left = i * self.stride, j * self.stride
                patch = padded[:, :, top:top + kh, left:left + kw]
                result[:, :, i, j] = np.tensordot(patch, self.weight, axes=([1, 2, 3], [1, 2, 3]))
        if self.bias is not None:
            result += self.bias.reshape(1, -1, 1, 1)
        return result


def conv2d(x, weight, bias=None, stride: int = 1, padding: int = 0) -> FloatArray:
    """Functional interface of :class:`Convolution2D`."""
    return Convolution2D(weight, bias, stride, padding)(x)


def max_pool2d(x, kernel: int, stride: Optional[int] = None) -> FloatArray:
    """Max pooling."""
    stride = stride or kernel
    x = np.asarray(x)
    n, c, height, width = x.shape
    rows, cols = output_size(height, kernel, stride), output_size(width, kernel, stride)
    out = np.full((n, c, rows, cols), -np.inf)
    for di in range(kernel):
        for dj in range(kernel):
            np.maximum(out, x[:, :, di:di + stride * (rows - 1) + 1:stride, dj:dj + stride * (cols - 1) + 1:stride], out=out)
    return out


class FirstLayer(nn.Module):
    """Stem of the network shown in the slides."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, 2, 3)
        self.act = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.conv(x))


def first_layer() -> nn.Module:
    return FirstLayer()


def count_parameters(module: nn.Module) -> int:
    """Number of trainable parameters."""
    return sum(p.numel() for p in module.parameters() if p.requires_grad)


class ConvBlock(nn.Sequential):
    """Conv-ReLU-MaxPool."""

    def __init__(self, c_in: int, c_out: int) -> None:
        super().__init__(nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))


class SmallCNN(nn.Module):
    """Two blocks and a head."""

    def __init__(self, in_channels: int, n_classes: int, widths: Tuple[int, ...] = (24, 48)) -> None:
        super().__init__()
        channels = (in_channels, *widths)
        self.features = nn.Sequential(*(ConvBlock(a, b) for a, b in zip(channels, channels[1:])))
        self.pool = nn.AdaptiveAvgPool2d(2)
        self.head = nn.Sequential(nn.Flatten(), nn.Linear(4 * channels[-1], 64), nn.ReLU(), nn.Linear(64, n_classes))

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.pool(self.features(x)))


def train(model: nn.Module, loader: DataLoader, epochs: int = 12, lr: float = 2e-3) -> List[float]:
    """Standard supervised training."""
    device = next(model.parameters()).device
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    history: List[float] = []
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(images)
        history.append(total / len(loader.dataset))
    return history


class DenseFCN(nn.Module):
    """Fully convolutional network with bilinear upsampling."""

    def __init__(self, in_channels: int, n_classes: int) -> None:
        super().__init__()
        self.encoder = nn.Sequential(ConvBlock(in_channels, 16), ConvBlock(16, 32), ConvBlock(32, 64))
        self.score = nn.Conv2d(64, n_classes, kernel_size=1)
        self.up = nn.Upsample(scale_factor=8, mode="bilinear", align_corners=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.up(self.score(self.encoder(x)))


def load(split: str, root: Path = Path("data")) -> TensorDataset:
    return TensorDataset(*(torch.from_numpy(np.load(root / f"{split}_{kind}.npy")) for kind in ("images", "labels")))


def main() -> None:
    torch.manual_seed(0)
    model = SmallCNN(3, 4)
    print(count_parameters(first_layer()), first_layer()(torch.zeros(1, 3, 224, 224)).shape)
    print(train(model, DataLoader(load("train"), batch_size=32, shuffle=True), epochs=3))


if __name__ == "__main__":
    main()
