"""Many images in one."""

from __future__ import annotations

import math
from typing import Any

import torch
from PIL import Image
from torch import Tensor


def make_grid(
    tensor: Any,
    nrow: int = 8,
    padding: int = 2,
    normalize: bool = False,
    value_range: tuple[float, float] | None = None,
    scale_each: bool = False,
    pad_value: float = 0.0,
) -> Tensor:
    """Images of one size beside each other, `nrow` in a row."""
    if not isinstance(tensor, Tensor | list):
        raise TypeError(f"tensor or list of tensors expected, got {type(tensor)}")
    found = _batch(torch.stack(tensor) if isinstance(tensor, list) else tensor.detach())
    if normalize:
        found = _scaled(found, value_range, scale_each)
    if len(found) == 1:
        return found.squeeze(0)
    across = min(nrow, len(found))
    down = math.ceil(len(found) / across)
    height, width = found.shape[2] + padding, found.shape[3] + padding
    grid = found.new_full((found.shape[1], height * down + padding, width * across + padding), pad_value)
    for place, image in enumerate(found):
        top, left = place // across * height + padding, place % across * width + padding
        grid[:, top : top + image.shape[1], left : left + image.shape[2]] = image
    return grid


def _batch(images: Tensor) -> Tensor:
    """(n, channels, H, W) with three channels where there was one."""
    if images.dim() == 2:
        images = images.unsqueeze(0)
    if images.dim() == 3:
        images = images.unsqueeze(0)
    return torch.cat([images] * 3, 1) if images.shape[1] == 1 else images


def _scaled(images: Tensor, range: tuple[float, float] | None, each: bool) -> Tensor:
    if each:
        return torch.stack([_scaled(one, range, each=False) for one in images])
    low, high = range if range is not None else (float(images.min()), float(images.max()))
    return images.clamp(low, high).sub(low).div(max(high - low, 1e-5))


def save_image(tensor: Any, fp: Any, format: str | None = None, **how: Any) -> None:
    """The grid as a picture in a file."""
    grid = make_grid(tensor, **how)
    values = grid.mul(255).add(0.5).clamp(0, 255).permute(1, 2, 0).to("cpu", torch.uint8).numpy()
    Image.fromarray(values).save(fp, format=format)
