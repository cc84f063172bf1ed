"""Brightness, contrast and the like, and parts that are blotted out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image, ImageEnhance
from torch import Tensor, nn

from graders.sandbox.standins.torchvision.images import convert_image_dtype, picture, rgb_to_grayscale

Range = float | Sequence[float]


def blended(first: Tensor, second: Tensor, share: float) -> Tensor:
    """So much of the first, the rest of the second, within what the type holds."""
    most = 1.0 if first.is_floating_point() else 255.0
    return (share * first + (1.0 - share) * second).clamp(0, most).to(first.dtype)


def brightness(img: Any, factor: float) -> Any:
    """Lighter or darker."""
    if isinstance(img, Tensor):
        return blended(img, torch.zeros_like(img), factor)
    return ImageEnhance.Brightness(picture(img)).enhance(factor)


def contrast(img: Any, factor: float) -> Any:
    """Nearer to the mean, or further."""
    if isinstance(img, Tensor):
        kind = img.dtype if img.is_floating_point() else torch.float32
        grey = rgb_to_grayscale(img) if img.shape[-3] == 3 else img
        return blended(img, grey.to(kind).mean(dim=(-3, -2, -1), keepdim=True), factor)
    return ImageEnhance.Contrast(picture(img)).enhance(factor)


def saturation(img: Any, factor: float) -> Any:
    """Nearer to grey, or further."""
    if isinstance(img, Tensor):
        return img if img.shape[-3] == 1 else blended(img, rgb_to_grayscale(img), factor)
    return ImageEnhance.Color(picture(img)).enhance(factor)


def hue(img: Any, factor: float) -> Any:
    """Other colours; a grey image has none."""
    if isinstance(img, Tensor):
        if img.shape[-3] == 1:
            return img
        raise NotImplementedError("the hue of a tensor is not changed here")
    if picture(img).mode in ("L", "1", "I", "F"):
        return img
    h, s, v = img.convert("HSV").split()
    turned = np.asarray(h, dtype=np.uint8) + np.array(factor * 255).astype(np.int32).astype(np.uint8)
    return Image.merge("HSV", (Image.fromarray(turned.astype(np.uint8)), s, v)).convert(img.mode)


CHANGES: tuple[Callable[[Any, float], Any], ...] = (brightness, contrast, saturation, hue)


class ColorJitter(nn.Module):
    """Each of the four by a random factor, in random order."""

    def __init__(self, brightness: Range = 0, contrast: Range = 0, saturation: Range = 0, hue: Range = 0) -> None:
        """Keep the ranges of the factors."""
        super().__init__()
        ones = [_range(value, 1.0) for value in (brightness, contrast, saturation)]
        self.ranges = [*ones, _range(hue, 0.0)]

    def forward(self, img: Any) -> Any:
        """The changed image."""
        order = torch.randperm(4)
        factors = [None if one is None else float(torch.empty(1).uniform_(*one)) for one in self.ranges]
        for place in order.tolist():
            factor = factors[place]
            if factor is not None:
                img = CHANGES[place](img, factor)
        return img


def _range(value: Range, centre: float) -> tuple[float, float] | None:
    if isinstance(value, int | float):
        low, high = centre - float(value), centre + float(value)
        low = max(low, 0.0) if centre else low
    else:
        low, high = float(value[0]), float(value[1])
    return None if low == high == centre else (low, high)


class RandomErasing(nn.Module):
    """A part of a tensor is blotted out, perhaps."""

    def __init__(
        self,
        p: float = 0.5,
        scale: Sequence[float] = (0.02, 0.33),
        ratio: Sequence[float] = (0.3, 3.3),
        value: float = 0,
        inplace: bool = False,
    ) -> None:
        """Keep what the draws come from."""
        super().__init__()
        self.p, self.scale, self.ratio, self.value = p, scale, ratio, value

    def forward(self, img: Tensor) -> Tensor:
        """The tensor, perhaps with a hole."""
        if torch.rand(1) >= self.p:
            return img
        height, width = img.shape[-2:]
        shapes = torch.log(torch.tensor(self.ratio))
        for _ in range(10):
            area = height * width * torch.empty(1).uniform_(self.scale[0], self.scale[1]).item()
            shape = torch.exp(torch.empty(1).uniform_(float(shapes[0]), float(shapes[1]))).item()
            h, w = round(math.sqrt(area * shape)), round(math.sqrt(area / shape))
            if h < height and w < width:
                top = int(torch.randint(0, height - h + 1, size=(1,)).item())
                left = int(torch.randint(0, width - w + 1, size=(1,)).item())
                changed = img.clone()
                changed[..., top : top + h, left : left + w] = self.value
                return changed
        return img


def to_float(img: Tensor) -> Tensor:
    """From 0 to 1."""
    return convert_image_dtype(img, torch.float32)
