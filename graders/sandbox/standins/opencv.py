"""cv2, as far as pictures are read, made grey, brought to a size and written: by Pillow and torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from PIL import Image
from torch.nn import functional

from graders.sandbox.standins.made import package

UNCHANGED, GRAYSCALE, COLOR = -1, 0, 1
NEAREST, LINEAR, CUBIC, AREA = 0, 1, 2, 3
CODES = {"BGR2GRAY": 6, "RGB2GRAY": 7, "BGR2RGB": 4, "GRAY2BGR": 8}
WEIGHTS = np.array([0.299, 0.587, 0.114])


def imread(filename: Any, flags: int = COLOR) -> np.ndarray | None:
    """(H, W, 3) in the order blue, green, red, or (H, W); None where there is no such file."""
    try:
        with Image.open(filename) as image:
            if flags == GRAYSCALE or (flags == UNCHANGED and image.mode == "L"):
                return np.array(image.convert("L"))
            return np.ascontiguousarray(np.array(image.convert("RGB"))[:, :, ::-1])
    except OSError:
        return None


def imwrite(filename: Any, img: np.ndarray, *_: object) -> bool:
    """Write such an array."""
    Image.fromarray(img if img.ndim == 2 else np.ascontiguousarray(img[:, :, ::-1])).save(filename)
    return True


def cvtColor(src: np.ndarray, code: int, *_: object) -> np.ndarray:
    """The array in other colours."""
    if code == CODES["BGR2RGB"]:
        return np.ascontiguousarray(src[:, :, ::-1])
    if code == CODES["GRAY2BGR"]:
        return np.repeat(src[:, :, None], 3, 2)
    if code not in (CODES["BGR2GRAY"], CODES["RGB2GRAY"]):
        raise NotImplementedError(f"cvtColor with the code {code} is not done here")
    grey = src @ (WEIGHTS[::-1] if code == CODES["BGR2GRAY"] else WEIGHTS)
    return np.asarray((grey + 0.5).astype(src.dtype) if src.dtype == np.uint8 else grey.astype(src.dtype))


def resize(
    src: np.ndarray, dsize: tuple[int, int], *_: object, interpolation: int = LINEAR, **__: object
) -> np.ndarray:
    """The array in another size: (width, height)."""
    width, height = dsize
    values = torch.from_numpy(np.ascontiguousarray(src if src.ndim == 3 else src[:, :, None])).permute(2, 0, 1)[None]
    mode = {NEAREST: "nearest", CUBIC: "bicubic", AREA: "area"}.get(interpolation, "bilinear")
    how = {"align_corners": False} if mode in ("bilinear", "bicubic") else {}
    found = functional.interpolate(values.double(), (int(height), int(width)), mode=mode, **how)[0].permute(1, 2, 0)
    made: np.ndarray = found.numpy().reshape((int(height), int(width), *src.shape[2:]))
    made = made.round().clip(0, 255) if src.dtype == np.uint8 else made
    return np.asarray(made, src.dtype)


def flip(src: np.ndarray, flipCode: int) -> np.ndarray:
    """0: top is bottom, 1: left is right, -1: both."""
    axes = {0: (0,), 1: (1,)}.get(flipCode, (0, 1))
    return np.ascontiguousarray(np.flip(src, axes))


_NUMBERS = {
    **{
        f"IMREAD_{name}": value
        for name, value in (("UNCHANGED", UNCHANGED), ("GRAYSCALE", GRAYSCALE), ("COLOR", COLOR))
    },
    **{
        f"INTER_{name}": value
        for name, value in (("NEAREST", NEAREST), ("LINEAR", LINEAR), ("CUBIC", CUBIC), ("AREA", AREA))
    },
    **{f"COLOR_{name}": value for name, value in CODES.items()},
    "COLOR_RGB2BGR": CODES["BGR2RGB"],
    "COLOR_GRAY2RGB": CODES["GRAY2BGR"],
}
MODULES = package("cv2", imread=imread, imwrite=imwrite, cvtColor=cvtColor, resize=resize, flip=flip, **_NUMBERS)
