"""skimage, as far as pictures are read, made grey, brought to a size and written: by Pillow and torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from graders.sandbox.standins import imageio
from graders.sandbox.standins.made import module, package

# What skimage takes for the brightness of red, green and blue.
WEIGHTS = np.array([0.2125, 0.7154, 0.0721])


def imread(fname: Any, as_gray: bool = False, **_: object) -> np.ndarray:
    """(H, W, 3) or (H, W) of bytes; grey, where that is asked for, between 0 and 1."""
    image = imageio.imread(fname)
    return rgb2gray(image) if as_gray and image.ndim > 2 else image  # with colours


def imsave(fname: Any, arr: np.ndarray, **_: object) -> None:
    """Write an array as a picture."""
    Image.fromarray(img_as_ubyte(arr)).save(fname)


def img_as_float(image: np.ndarray, *_: object) -> np.ndarray:
    """Bytes become values between 0 and 1."""
    image = np.asarray(image)
    return image / 255 if image.dtype == np.uint8 else image.astype(float)


def img_as_ubyte(image: np.ndarray, *_: object) -> np.ndarray:
    """Values between 0 and 1 become bytes."""
    image = np.asarray(image)
    return image if image.dtype == np.uint8 else (image * 255).round().clip(0, 255).astype(np.uint8)


def rgb2gray(rgb: np.ndarray, **_: object) -> np.ndarray:
    """(H, W) between 0 and 1."""
    return np.asarray(img_as_float(rgb)[..., :3] @ WEIGHTS)


def gray2rgb(image: np.ndarray, **_: object) -> np.ndarray:
    """The same three times."""
    return np.stack([image] * 3, -1)


def resize(image: np.ndarray, output_shape: Sequence[int], *_: object, **__: object) -> np.ndarray:
    """The picture in another size, (rows, columns), between 0 and 1."""
    height, width = (int(one) for one in tuple(output_shape)[:2])
    values = img_as_float(image)
    flat = torch.from_numpy(np.ascontiguousarray(values.reshape(*values.shape[:2], -1))).permute(2, 0, 1)[None]
    made = functional.interpolate(flat, (height, width), mode="bilinear", align_corners=False, antialias=True)
    return np.asarray(made[0].permute(1, 2, 0).numpy().reshape(height, width, *values.shape[2:]))


_WHOLE = {"img_as_float": img_as_float, "img_as_ubyte": img_as_ubyte}
MODULES = package(
    "skimage",
    module("skimage.io", imread=imread, imsave=imsave),
    module("skimage.color", rgb2gray=rgb2gray, gray2rgb=gray2rgb),
    module("skimage.transform", resize=resize),
    module("skimage.util", **_WHOLE),
    **_WHOLE,
)
