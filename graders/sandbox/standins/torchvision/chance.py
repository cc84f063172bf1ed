"""Transforms that draw what they do, from the same numbers as torchvision's."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from graders.sandbox.standins.torchvision import geometry, images
from graders.sandbox.standins.torchvision.images import InterpolationMode, get_dimensions
from graders.sandbox.standins.torchvision.turning import rotate

Image = Any
Transform = Callable[[Image], Image]


class _Perhaps(nn.Module):
    """With probability p."""

    def __init__(self, p: float = 0.5) -> None:
        super().__init__()
        self.p = p

    def forward(self, img: Image) -> Image:
        return self.change(img) if torch.rand(1) < self.p else img

    def change(self, img: Image) -> Image:
        raise NotImplementedError


class RandomHorizontalFlip(_Perhaps):
    """Left is right, perhaps."""

    def change(self, img: Image) -> Image:
        """Flipped."""
        return geometry.hflip(img)


class RandomVerticalFlip(_Perhaps):
    """Top is bottom, perhaps."""

    def change(self, img: Image) -> Image:
        """Flipped."""
        return geometry.vflip(img)


class RandomInvert(_Perhaps):
    """Light becomes dark, perhaps."""

    def change(self, img: Image) -> Image:
        """Inverted."""
        return images.invert(img)


class RandomGrayscale(_Perhaps):
    """Without colours, perhaps."""

    def __init__(self, p: float = 0.1) -> None:
        """With this probability."""
        super().__init__(p)

    def forward(self, img: Image) -> Image:
        """Perhaps grey; what is no image is refused in any case."""
        get_dimensions(img)
        return super().forward(img)

    def change(self, img: Image) -> Image:
        """Grey, with as many channels."""
        return images.rgb_to_grayscale(img, get_dimensions(img)[0])


class RandomRotation(nn.Module):
    """Turned by a random angle."""

    def __init__(
        self,
        degrees: Any,
        interpolation: Any = InterpolationMode.NEAREST,
        expand: bool = False,
        center: Any = None,
        fill: Any = 0,
    ) -> None:
        """By an angle between -degrees and degrees, or between two angles."""
        super().__init__()
        self.degrees = [-degrees, degrees] if isinstance(degrees, int | float) else list(degrees)
        self.interpolation, self.expand, self.center, self.fill = interpolation, expand, center, fill

    def forward(self, img: Image) -> Image:
        """The turned image."""
        angle = float(torch.empty(1).uniform_(float(self.degrees[0]), float(self.degrees[1])).item())
        fill = self.fill
        if isinstance(img, Tensor):
            channels = get_dimensions(img)[0]
            fill = [float(fill)] * channels if isinstance(fill, int | float) else [float(one) for one in fill]
        return rotate(img, angle, self.interpolation, self.expand, self.center, fill)


class RandomApply(_Perhaps):
    """These transforms, perhaps."""

    def __init__(self, transforms: Sequence[Transform], p: float = 0.5) -> None:
        """Keep them."""
        super().__init__(p)
        self.transforms = transforms

    def forward(self, img: Image) -> Image:
        """The image after all or none of them."""
        return img if self.p < torch.rand(1) else _all(self.transforms, img)


class RandomChoice:
    """One of these transforms."""

    def __init__(self, transforms: Sequence[Transform], p: Sequence[float] | None = None) -> None:
        """Keep them."""
        self.transforms, self.p = transforms, p

    def __call__(self, img: Image) -> Image:
        """The image after one of them."""
        return random.choices(self.transforms, weights=self.p)[0](img)


class RandomOrder:
    """All of these transforms, in any order."""

    def __init__(self, transforms: Sequence[Transform]) -> None:
        """Keep them."""
        self.transforms = transforms

    def __call__(self, img: Image) -> Image:
        """The image after all of them."""
        order = list(range(len(self.transforms)))
        random.shuffle(order)
        return _all([self.transforms[place] for place in order], img)


def _all(transforms: Sequence[Transform], img: Image) -> Image:
    for transform in transforms:
        img = transform(img)
    return img
