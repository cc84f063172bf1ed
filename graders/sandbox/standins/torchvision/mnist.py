"""MNIST and its like, in their own files; datasets that can only be downloaded."""

from __future__ import annotations

import gzip
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from graders.sandbox.standins.torchvision.vision import Change, VisionDataset

DIGITS = "zero one two three four five six seven eight nine".split()
NOT_FOUND = "Dataset not found. You can use download=True to download it"
NO_NETWORK = "Error downloading {}: there is no network"


class MNIST(VisionDataset):
    """The images and labels of MNIST, in its own files."""

    classes: Sequence[str] = [f"{digit} - {name}" for digit, name in enumerate(DIGITS)]

    def __init__(
        self,
        root: Any,
        train: bool = True,
        transform: Change = None,
        target_transform: Change = None,
        download: bool = False,
    ) -> None:
        """Read one of both sets."""
        super().__init__(root, transform=transform, target_transform=target_transform)
        self.train = train
        if not self._check_exists():
            raise RuntimeError(NO_NETWORK.format(type(self).__name__) if download else NOT_FOUND)
        kind = "train" if train else "t10k"
        self.data = torch.from_numpy(self._read(f"{kind}-images-idx3-ubyte"))
        self.targets = torch.from_numpy(self._read(f"{kind}-labels-idx1-ubyte").astype(np.int64))

    @property
    def raw_folder(self) -> str:
        """Where the files lie."""
        return os.path.join(self.root, type(self).__name__, "raw")

    @property
    def processed_folder(self) -> str:
        """Where older versions kept them."""
        return os.path.join(self.root, type(self).__name__, "processed")

    @property
    def class_to_idx(self) -> dict[str, int]:
        """The number of each class."""
        return {name: number for number, name in enumerate(self.classes)}

    @property
    def train_data(self) -> Tensor:
        """The images, as they were once called."""
        return self.data

    @property
    def train_labels(self) -> Tensor:
        """The labels, as they were once called."""
        return self.targets

    test_data, test_labels = train_data, train_labels

    def _check_exists(self) -> bool:
        return all(
            any(os.path.isfile(os.path.join(self.raw_folder, f"{kind}-{file}-ubyte{end}")) for end in ("", ".gz"))
            for kind in ("train", "t10k")
            for file in ("images-idx3", "labels-idx1")
        )

    def _read(self, name: str) -> np.ndarray:
        path = os.path.join(self.raw_folder, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                return idx(file.read())
        with open(path + ".gz", "rb") as file:
            return idx(gzip.decompress(file.read()))

    def __len__(self) -> int:
        """How many images."""
        return len(self.data)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """An image and its label."""
        return self.changed(Image.fromarray(self.data[index].numpy()), int(self.targets[index]))


def idx(content: bytes) -> np.ndarray:
    """The bytes of an IDX file as an array."""
    sizes = np.frombuffer(content, ">i4", content[3], 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * content[3]).reshape(sizes).copy()


class FashionMNIST(MNIST):
    """Clothes."""

    classes: Sequence[str] = [
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ]


class KMNIST(MNIST):
    """Characters."""

    classes: Sequence[str] = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]


class _Absent(VisionDataset):
    """A dataset that can only be downloaded."""

    def __init__(self, root: Any = None, *_: object, **__: object) -> None:
        raise RuntimeError(NO_NETWORK.format(type(self).__name__))


QMNIST, EMNIST, CIFAR10, FakeData = (type(name, (_Absent,), {}) for name in ("QMNIST", "EMNIST", "CIFAR10", "FakeData"))
