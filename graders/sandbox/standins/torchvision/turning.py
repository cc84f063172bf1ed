"""Rotations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from graders.sandbox.standins.torchvision.geometry import PILLOW, filled, of_floats
from graders.sandbox.standins.torchvision.images import InterpolationMode, get_dimensions, interpolated, picture


def rotate(
    img: Any,
    angle: float,
    interpolation: Any = InterpolationMode.NEAREST,
    expand: bool = False,
    center: Any = None,
    fill: Any = None,
) -> Any:
    """The image turned against the clock, in degrees."""
    mode = interpolated(interpolation)
    if not isinstance(img, Tensor):
        return picture(img).rotate(
            angle, Image.Resampling(PILLOW[mode.value]), expand, tuple(center) if center else None, **filled(fill, img)
        )
    if expand:
        raise NotImplementedError("expand=True of a tensor is not done here")
    _, height, width = get_dimensions(img)
    floats, back = of_floats(img)
    grid = _turned(angle, height, width, center).to(floats.dtype).expand(len(floats), -1, -1, -1)
    return back(_sampled(floats, grid, mode, fill))


def _sampled(floats: Tensor, grid: Tensor, mode: InterpolationMode, fill: Any) -> Tensor:
    """The values at these places; outside of the image the filling, by the share of it that is outside."""
    mask = torch.ones_like(floats[:, :1])
    turned = functional.grid_sample(torch.cat([floats, mask], 1), grid, mode=mode.value, align_corners=False)
    found, mask = turned[:, :-1], turned[:, -1:]
    if fill is None:
        return found
    values = fill if isinstance(fill, list | tuple) else [float(fill)]
    share = (mask >= 0.5).to(found.dtype) if mode is InterpolationMode.NEAREST else mask
    return found * share + (1 - share) * torch.tensor(values, dtype=found.dtype).view(1, -1, 1, 1)


def _turned(angle: float, height: int, width: int, center: Sequence[float] | None) -> Tensor:
    """Where each pixel of the turned image comes from, in the units of grid_sample: (1, H, W, 2)."""
    turn = math.radians(-angle)
    cos, sin = math.cos(turn), math.sin(turn)
    x0, y0 = (c - 0.5 * s for c, s in zip(center, (width, height), strict=True)) if center else (0.0, 0.0)
    matrix = [[cos, sin, x0 - cos * x0 - sin * y0], [-sin, cos, y0 + sin * x0 - cos * y0]]
    xs = torch.linspace(-width * 0.5 + 0.5, width * 0.5 - 0.5, width)
    ys = torch.linspace(-height * 0.5 + 0.5, height * 0.5 - 0.5, height)
    y, x = torch.meshgrid(ys, xs, indexing="ij")
    base = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3)
    theta = torch.tensor([matrix]).transpose(1, 2) / torch.tensor([0.5 * width, 0.5 * height])
    return base.bmm(theta).view(1, height, width, 2)
