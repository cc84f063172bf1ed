"""Transforms: objects that change an image when they are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from graders.sandbox.standins.torchvision import geometry, images
from graders.sandbox.standins.torchvision.geometry import Size, two
from graders.sandbox.standins.torchvision.images import InterpolationMode

Image = Any
Transform = Callable[[Image], Image]


class Compose:
    """One after another."""

    def __init__(self, transforms: Sequence[Transform]) -> None:
        """Keep them."""
        self.transforms = transforms

    def __call__(self, img: Image) -> Image:
        """The image after all of them."""
        for transform in self.transforms:
            img = transform(img)
        return img

    def __repr__(self) -> str:
        """One a line."""
        return "\n".join([f"{type(self).__name__}(", *(f"    {one}" for one in self.transforms), ")"])


class ToTensor:
    """A picture or an array as a tensor; see `images.to_tensor`."""

    def __call__(self, pic: Image) -> Tensor:
        """The tensor."""
        return images.to_tensor(pic)

    def __repr__(self) -> str:
        """The name."""
        return f"{type(self).__name__}()"


class PILToTensor(ToTensor):
    """A picture as a tensor of its own values."""

    def __call__(self, pic: Image) -> Tensor:
        """The tensor."""
        return images.pil_to_tensor(pic)


class ConvertImageDtype(nn.Module):
    """The same picture in another type."""

    def __init__(self, dtype: torch.dtype) -> None:
        """Convert to this type."""
        super().__init__()
        self.dtype = dtype

    def forward(self, image: Tensor) -> Tensor:
        """The tensor in this type."""
        return images.convert_image_dtype(image, self.dtype)


class ToPILImage:
    """A tensor or an array as a picture."""

    def __init__(self, mode: str | None = None) -> None:
        """Make a picture of this mode."""
        self.mode = mode

    def __call__(self, pic: Image) -> Image:
        """The picture."""
        return images.to_pil_image(pic, self.mode)


class Normalize(nn.Module):
    """(x - mean) / std, channel by channel."""

    def __init__(self, mean: Sequence[float], std: Sequence[float], inplace: bool = False) -> None:
        """Keep both."""
        super().__init__()
        self.mean, self.std, self.inplace = mean, std, inplace

    def forward(self, tensor: Tensor) -> Tensor:
        """The normalised tensor."""
        return images.normalize(tensor, self.mean, self.std, self.inplace)

    def __repr__(self) -> str:
        """With both."""
        return f"{type(self).__name__}(mean={self.mean}, std={self.std})"


class Resize(nn.Module):
    """Another size."""

    def __init__(
        self,
        size: Size,
        interpolation: Any = InterpolationMode.BILINEAR,
        max_size: int | None = None,
        antialias: bool | None = True,
    ) -> None:
        """Keep it."""
        super().__init__()
        if not isinstance(size, int | Sequence):
            raise TypeError(f"Size should be int or sequence. Got {type(size)}")
        self.size, self.interpolation, self.max_size, self.antialias = size, interpolation, max_size, antialias

    def forward(self, img: Image) -> Image:
        """The image in that size."""
        return geometry.resize(img, self.size, self.interpolation, self.max_size, self.antialias)


class Grayscale(nn.Module):
    """Without colours."""

    def __init__(self, num_output_channels: int = 1) -> None:
        """Keep one channel, or three equal ones."""
        super().__init__()
        self.num_output_channels = num_output_channels

    def forward(self, img: Image) -> Image:
        """The grey image."""
        return images.rgb_to_grayscale(img, self.num_output_channels)


class CenterCrop(nn.Module):
    """The middle."""

    def __init__(self, size: Size) -> None:
        """Keep the size."""
        super().__init__()
        self.size = two(size)

    def forward(self, img: Image) -> Image:
        """The middle of the image."""
        return geometry.center_crop(img, self.size)


class Pad(nn.Module):
    """A border."""

    def __init__(self, padding: Size, fill: Any = 0, padding_mode: str = "constant") -> None:
        """Keep it."""
        super().__init__()
        self.padding, self.fill, self.padding_mode = padding, fill, padding_mode

    def forward(self, img: Image) -> Image:
        """The image with its border."""
        return geometry.pad(img, self.padding, self.fill, self.padding_mode)


class Lambda:
    """A function as a transform."""

    def __init__(self, lambd: Transform) -> None:
        """Keep it."""
        if not callable(lambd):
            raise TypeError(f"Argument lambd should be callable, got {type(lambd).__name__!r}")
        self.lambd = lambd

    def __call__(self, img: Image) -> Image:
        """What the function makes of it."""
        return self.lambd(img)
