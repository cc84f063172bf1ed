"""Folders of pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from PIL import Image

from graders.sandbox.standins.torchvision.vision import Change, VisionDataset

EXTENSIONS = (".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp")


def pil_loader(path: Any) -> Image.Image:
    """The picture in a file, in colours."""
    with open(path, "rb") as file:
        return Image.open(file).convert("RGB")


default_loader = pil_loader


class DatasetFolder(VisionDataset):
    """A folder of folders, a class each."""

    def __init__(
        self,
        root: Any,
        loader: Callable[[Any], Any] = pil_loader,
        extensions: tuple[str, ...] | None = EXTENSIONS,
        transform: Change = None,
        target_transform: Change = None,
        is_valid_file: Callable[[str], bool] | None = None,
        allow_empty: bool = False,
    ) -> None:
        """Find the files."""
        super().__init__(root, transform=transform, target_transform=target_transform)
        self.loader, self.extensions = loader, extensions
        valid = is_valid_file or (lambda path: path.lower().endswith(extensions or EXTENSIONS))
        self.classes, self.class_to_idx = self.find_classes(str(root))
        self.samples = [
            (path, number)
            for name, number in sorted(self.class_to_idx.items())
            for path in _files(os.path.join(str(root), name))
            if valid(path)
        ]
        if not self.samples and not allow_empty:
            raise FileNotFoundError(f"Found no valid file in {root}")
        self.targets = [number for _, number in self.samples]

    def find_classes(self, directory: str) -> tuple[list[str], dict[str, int]]:
        """The folders in order, and their numbers."""
        classes = sorted(entry.name for entry in os.scandir(directory) if entry.is_dir())
        if not classes:
            raise FileNotFoundError(f"Couldn't find any class folder in {directory}.")
        return classes, {name: number for number, name in enumerate(classes)}

    def __len__(self) -> int:
        """How many files."""
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """An example and the number of its class."""
        path, target = self.samples[index]
        return self.changed(self.loader(path), target)


def _files(folder: str) -> list[str]:
    return [os.path.join(here, name) for here, _, names in sorted(os.walk(folder)) for name in sorted(names)]


class ImageFolder(DatasetFolder):
    """Folders of pictures."""

    def __init__(
        self,
        root: Any,
        transform: Change = None,
        target_transform: Change = None,
        loader: Callable[[Any], Any] = pil_loader,
        is_valid_file: Callable[[str], bool] | None = None,
        allow_empty: bool = False,
    ) -> None:
        """Find the pictures."""
        wanted = None if is_valid_file else EXTENSIONS
        super().__init__(root, loader, wanted, transform, target_transform, is_valid_file, allow_empty)
        self.imgs = self.samples
