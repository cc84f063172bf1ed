"""Transforms that take a part of the image, at a place that they draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from graders.sandbox.standins.torchvision import geometry
from graders.sandbox.standins.torchvision.geometry import Size, two
from graders.sandbox.standins.torchvision.images import InterpolationMode, get_dimensions

Image = Any


class RandomCrop(nn.Module):
    """A part of the image, somewhere."""

    def __init__(
        self,
        size: Size,
        padding: Any = None,
        pad_if_needed: bool = False,
        fill: Any = 0,
        padding_mode: str = "constant",
    ) -> None:
        """Keep the size."""
        super().__init__()
        self.size, self.padding, self.pad_if_needed = two(size), padding, pad_if_needed
        self.fill, self.padding_mode = fill, padding_mode

    def forward(self, img: Image) -> Image:
        """The part."""
        if self.padding is not None:
            img = geometry.pad(img, self.padding, self.fill, self.padding_mode)
        _, h, w = get_dimensions(img)
        if self.pad_if_needed and w < self.size[1]:
            img = geometry.pad(img, [self.size[1] - w, 0], self.fill, self.padding_mode)
        if self.pad_if_needed and h < self.size[0]:
            img = geometry.pad(img, [0, self.size[0] - h], self.fill, self.padding_mode)
        _, h, w = get_dimensions(img)
        if h < self.size[0] or w < self.size[1]:
            raise ValueError(f"Required crop size {self.size} is larger than input image size {(h, w)}")
        return geometry.crop(img, *somewhere(h, w, *self.size), *self.size)


def somewhere(height: int, width: int, part_height: int, part_width: int) -> tuple[int, int]:
    """Top and left of a part, drawn as torchvision draws them."""
    if (height, width) == (part_height, part_width):
        return 0, 0
    top = int(torch.randint(0, height - part_height + 1, size=(1,)).item())
    return top, int(torch.randint(0, width - part_width + 1, size=(1,)).item())


class RandomResizedCrop(nn.Module):
    """A part of the image of random size and shape, in one size."""

    def __init__(
        self,
        size: Size,
        scale: Sequence[float] = (0.08, 1.0),
        ratio: Sequence[float] = (3 / 4, 4 / 3),
        interpolation: Any = InterpolationMode.BILINEAR,
        antialias: bool | None = True,
    ) -> None:
        """Keep what the draws come from."""
        super().__init__()
        self.size, self.scale, self.ratio = two(size), scale, ratio
        self.interpolation, self.antialias = interpolation, antialias

    def forward(self, img: Image) -> Image:
        """The part in its new size."""
        _, height, width = get_dimensions(img)
        part = self._part(height, width)
        return geometry.resized_crop(img, *part, self.size, self.interpolation, self.antialias)

    def _part(self, height: int, width: int) -> tuple[int, int, int, int]:
        shapes = torch.log(torch.tensor(self.ratio))
        for _ in range(10):
            area = height * width * torch.empty(1).uniform_(self.scale[0], self.scale[1]).item()
            shape = torch.exp(torch.empty(1).uniform_(float(shapes[0]), float(shapes[1]))).item()
            w, h = round(math.sqrt(area * shape)), round(math.sqrt(area / shape))
            if 0 < w <= width and 0 < h <= height:
                top = int(torch.randint(0, height - h + 1, size=(1,)).item())
                return top, int(torch.randint(0, width - w + 1, size=(1,)).item()), h, w
        return self._whole(height, width)

    def _whole(self, height: int, width: int) -> tuple[int, int, int, int]:
        """The largest part in the middle whose shape is allowed."""
        shape = min(max(width / height, min(self.ratio)), max(self.ratio))
        w = width if shape >= width / height else round(height * shape)
        h = height if shape <= width / height else round(width / shape)
        return (height - h) // 2, (width - w) // 2, h, w
