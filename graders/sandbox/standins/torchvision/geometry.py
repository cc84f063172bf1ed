"""Where pixels go: resizing, cropping, padding, flips, rotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from PIL import Image, ImageOps
from torch import Tensor
from torch.nn import functional

from graders.sandbox.standins.torchvision.images import (
    InterpolationMode,
    get_dimensions,
    interpolated,
    is_picture,
    picture,
)

PILLOW = {"nearest": 0, "nearest-exact": 0, "bilinear": 2, "bicubic": 3, "box": 4, "hamming": 5, "lanczos": 1}
SMOOTH = ("bilinear", "bicubic")
Size = int | Sequence[int]


def two(size: Size) -> tuple[int, int]:
    """Height and width: one number is both."""
    if isinstance(size, int):
        return size, size
    return (size[0], size[0]) if len(size) == 1 else (size[0], size[1])


def _resized(size: Size, height: int, width: int, most: int | None) -> tuple[int, int]:
    """Height and width; one number is the shorter edge."""
    if not isinstance(size, int) and len(size) == 2:
        return size[0], size[1]
    short, long = sorted((height, width))
    wanted = size if isinstance(size, int) else size[0]
    other = int(wanted * long / short)
    if most is not None and other > most:
        wanted, other = int(most * wanted / other), most
    return (other, wanted) if width <= height else (wanted, other)


def resize(
    img: Any,
    size: Size,
    interpolation: Any = InterpolationMode.BILINEAR,
    max_size: int | None = None,
    antialias: bool | None = True,
) -> Any:
    """The image in another size."""
    mode = interpolated(interpolation)
    if not isinstance(size, int) and len(size) not in (1, 2):
        raise ValueError(f"Size must be an int or a 1 or 2 element tuple/list, not a {len(size)} element tuple/list")
    _, height, width = get_dimensions(img)
    wanted = _resized(size, height, width, max_size)
    if wanted == (height, width):
        return img
    if is_picture(img):
        return img.resize(wanted[::-1], PILLOW[mode.value])
    smooth = mode.value in SMOOTH
    floats, back = of_floats(img)
    found = functional.interpolate(
        floats, wanted, mode=mode.value, align_corners=False if smooth else None, antialias=bool(antialias) and smooth
    )
    if mode is InterpolationMode.BICUBIC and img.dtype == torch.uint8:
        found = found.clamp(0, 255)
    return back(found)


def of_floats(image: Tensor) -> tuple[Tensor, Any]:
    """A batch of floats, and what makes of its like an image of the same kind."""
    alone, kind = image.ndim < 4, image.dtype
    batch = image.unsqueeze(0) if alone else image
    floats = batch if kind in (torch.float32, torch.float64) else batch.to(torch.float32)

    def back(found: Tensor) -> Tensor:
        one = found.squeeze(0) if alone else found
        return (one if kind.is_floating_point else one.round()).to(kind)

    return floats, back


def pad(img: Any, padding: Size, fill: Any = 0, padding_mode: str = "constant") -> Any:
    """The image with a border: all sides, (left and right, top and bottom), or (left, top, right, bottom)."""
    get_dimensions(img)
    sides = [padding] * 4 if isinstance(padding, int) else [*padding] * (4 // len(padding))
    left, top, right, bottom = sides
    if isinstance(img, Tensor):
        mode = {"edge": "replicate", "symmetric": "reflect"}.get(padding_mode, padding_mode)
        value = {"value": float(fill)} if mode == "constant" else {}
        floats, back = of_floats(img)
        return back(functional.pad(floats, (left, right, top, bottom), mode=mode, **value))
    if padding_mode != "constant":
        raise NotImplementedError(f"padding_mode={padding_mode!r} of a picture is not done here")
    return ImageOps.expand(picture(img), border=(left, top, right, bottom), **filled(fill, img, "fill"))


def filled(fill: Any, img: Image.Image, name: str = "fillcolor") -> dict[str, Any]:
    """The colour of what is empty, as Pillow takes it."""
    channels = len(img.getbands())
    colour = 0 if fill is None else fill
    if isinstance(colour, list | tuple):
        colour = tuple(colour) * (channels if len(colour) == 1 else 1)
        return {name: tuple(int(one) for one in colour) if img.mode != "F" else colour}
    if channels > 1:
        return {name: (int(colour),) * channels}
    return {name: colour if img.mode == "F" else int(colour)}


def crop(img: Any, top: int, left: int, height: int, width: int) -> Any:
    """A part of the image; zeros where it leads out of it."""
    if is_picture(img):
        return img.crop((left, top, left + width, top + height))
    _, h, w = get_dimensions(img)
    right, bottom = left + width, top + height
    if left < 0 or top < 0 or right > w or bottom > h:
        inside = img[..., max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        border = [
            max(min(right, 0) - left, 0),
            max(right - max(w, left), 0),
            max(min(bottom, 0) - top, 0),
            max(bottom - max(h, top), 0),
        ]
        return functional.pad(inside, border)
    return img[..., top:bottom, left:right]


def center_crop(img: Any, output_size: Size) -> Any:
    """The middle; an image that is too small gets a border of zeros."""
    height, width = two(output_size)
    _, h, w = get_dimensions(img)
    if width > w or height > h:
        border = [
            max((width - w) // 2, 0),
            max((height - h) // 2, 0),
            max((width - w + 1) // 2, 0),
            max((height - h + 1) // 2, 0),
        ]
        img = pad(img, border, fill=0)
        _, h, w = get_dimensions(img)
        if (height, width) == (h, w):
            return img
    return crop(img, round((h - height) / 2), round((w - width) / 2), height, width)


def resized_crop(
    img: Any,
    top: int,
    left: int,
    height: int,
    width: int,
    size: Size,
    interpolation: Any = InterpolationMode.BILINEAR,
    antialias: bool | None = True,
) -> Any:
    """A part of the image in another size."""
    return resize(crop(img, top, left, height, width), size, interpolation, antialias=antialias)


def hflip(img: Any) -> Any:
    """Left is right."""
    get_dimensions(img)
    return img.flip(-1) if isinstance(img, Tensor) else picture(img).transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def vflip(img: Any) -> Any:
    """Top is bottom."""
    get_dimensions(img)
    return img.flip(-2) if isinstance(img, Tensor) else picture(img).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
