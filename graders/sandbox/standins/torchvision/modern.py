"""torchvision.transforms.v2, where it differs."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from PIL.Image import Image as Picture
from torch import Tensor, nn

from graders.sandbox.standins.torchvision import images

Image = Tensor


class ToImage(nn.Module):
    """Any image as a tensor of its own values."""

    def forward(self, img: Any) -> Tensor:
        """(channels, H, W)."""
        if isinstance(img, Tensor) and img.ndim < 2:
            raise ValueError("this is no image")
        if isinstance(img, np.ndarray):
            values = torch.from_numpy(np.array(img))
            return values[None] if img.ndim == 2 else values.permute(2, 0, 1).contiguous()
        return images.pil_to_tensor(img) if isinstance(img, Picture) else img


class ToDtype(nn.Module):
    """Another type, scaled or as it is."""

    def __init__(self, dtype: torch.dtype, scale: bool = False) -> None:
        """Keep the type."""
        super().__init__()
        self.dtype, self.scale = dtype, scale

    def forward(self, img: Any) -> Any:
        """The tensor in this type."""
        if not isinstance(img, Tensor):
            return img
        return images.convert_image_dtype(img, self.dtype) if self.scale else img.to(self.dtype)


class ConvertImageDtype(ToDtype):
    """Another type, scaled."""

    def __init__(self, dtype: torch.dtype = torch.float32) -> None:
        """Keep the type."""
        super().__init__(dtype, scale=True)


class Identity(nn.Module):
    """Nothing."""

    def forward(self, img: Any) -> Any:
        """The image as it is."""
        return img


CLASSES: dict[str, object] = {"ToImage": ToImage, "ToDtype": ToDtype, "Identity": Identity, "ToPureTensor": Identity,
                              "ConvertImageDtype": ConvertImageDtype}  # fmt: skip
FUNCTIONS: dict[str, object] = {"to_image": ToImage(), "to_dtype": images.convert_image_dtype}
