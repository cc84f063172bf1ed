"""Pictures and tensors, and what becomes of their values."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import Enum
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

WIDE = "I;16" if sys.byteorder == "little" else "I;16B"
KINDS = {"I": np.int32, WIDE: np.int16, "F": np.float32}
MODES = {"uint8": "L", "int16": WIDE, "int32": "I", "float32": "F"}
SEVERAL = {2: ("LA",), 3: ("RGB", "YCbCr", "HSV"), 4: ("RGBA", "CMYK", "RGBX")}


class InterpolationMode(Enum):
    """How values between pixels are found."""

    NEAREST = "nearest"
    NEAREST_EXACT = "nearest-exact"
    BILINEAR = "bilinear"
    BICUBIC = "bicubic"
    BOX = "box"
    HAMMING = "hamming"
    LANCZOS = "lanczos"


_OF_PILLOW = {0: "NEAREST", 1: "LANCZOS", 2: "BILINEAR", 3: "BICUBIC", 4: "BOX", 5: "HAMMING"}


def interpolated(mode: Any) -> InterpolationMode:
    """The mode, which may be given as Pillow numbers it."""
    if isinstance(mode, int):
        return InterpolationMode[_OF_PILLOW[mode]]
    if not isinstance(mode, InterpolationMode):
        raise TypeError(
            "Argument interpolation should be a InterpolationMode or a corresponding Pillow integer constant"
        )
    return mode


def is_picture(image: Any) -> bool:
    """Whether it is one of Pillow's."""
    return isinstance(image, Image.Image)


def picture(image: Any) -> Image.Image:
    """The image, which must be one of Pillow's."""
    if not isinstance(image, Image.Image):
        raise TypeError(f"img should be PIL Image. Got {type(image)}")
    return image


def get_dimensions(image: Any) -> list[int]:
    """Channels, height, width."""
    if isinstance(image, Tensor):
        if image.ndim < 2:
            raise TypeError("Tensor is not a torch image.")
        return [1 if image.ndim == 2 else image.shape[-3], *image.shape[-2:]]
    if not is_picture(image):
        raise TypeError(f"Unexpected type {type(image)}")
    return [len(image.getbands()), image.height, image.width]


def get_image_size(image: Any) -> list[int]:
    """Width, height."""
    return get_dimensions(image)[:0:-1]


def get_image_num_channels(image: Any) -> int:
    """How many channels."""
    return get_dimensions(image)[0]


def to_tensor(pic: Any) -> Tensor:
    """(channels, H, W); bytes become floats from 0 to 1."""
    if not isinstance(pic, Image.Image | np.ndarray):
        raise TypeError(f"pic should be PIL Image or ndarray. Got {type(pic)}")
    if isinstance(pic, np.ndarray):
        if pic.ndim not in (2, 3):
            raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
        channels = pic[:, :, None] if pic.ndim == 2 else pic
        tensor = torch.from_numpy(channels.transpose((2, 0, 1))).contiguous()
    else:
        values = torch.from_numpy(np.array(pic, KINDS.get(pic.mode, np.uint8), copy=True))
        values = 255 * values if pic.mode == "1" else values
        tensor = values.view(pic.height, pic.width, len(pic.getbands())).permute((2, 0, 1)).contiguous()
    return tensor.to(torch.get_default_dtype()).div(255) if tensor.dtype == torch.uint8 else tensor


def pil_to_tensor(pic: Any) -> Tensor:
    """(channels, H, W) of the picture's own values."""
    if not isinstance(pic, Image.Image):
        raise TypeError(f"pic should be PIL Image. Got {type(pic)}")
    values = torch.as_tensor(np.array(pic, copy=True))
    return values.view(pic.height, pic.width, len(pic.getbands())).permute((2, 0, 1))


def to_pil_image(pic: Any, mode: str | None = None) -> Image.Image:
    """A picture of a tensor (C, H, W) or an array (H, W, C)."""
    if isinstance(pic, Tensor):
        pic = (pic.permute((1, 2, 0)) if pic.ndim == 3 else pic).numpy(force=True)
    elif not isinstance(pic, np.ndarray):
        raise TypeError(f"pic should be Tensor or ndarray. Got {type(pic)}.")
    if pic.ndim not in (2, 3):
        raise ValueError(f"pic should be 2/3 dimensional. Got {pic.ndim} dimensions.")
    values = pic[:, :, None] if pic.ndim == 2 else pic
    if values.shape[-1] > 4:
        raise ValueError(f"pic should not have > 4 channels. Got {values.shape[-1]} channels.")
    if np.issubdtype(values.dtype, np.floating) and mode != "F":
        values = (values * 255).astype(np.uint8)
    one = values.shape[2] == 1
    return _pictured(values[:, :, 0] if one else values, mode, 1 if one else values.shape[2])


def _pictured(values: np.ndarray, mode: str | None, channels: int) -> Image.Image:
    own = MODES.get(values.dtype.name) if channels == 1 else SEVERAL[channels][0] if values.dtype == np.uint8 else None
    allowed = (own,) if channels == 1 else SEVERAL[channels]
    if mode is not None and mode not in allowed:
        raise ValueError(f"Incorrect mode ({mode}) supplied for input type {values.dtype}. Should be {own}")
    chosen = mode or own
    if chosen is None:
        raise TypeError(f"Input type {values.dtype} is not supported")
    image = Image.fromarray(np.ascontiguousarray(values))
    return (
        image if image.mode == chosen else Image.frombytes(chosen, image.size, np.ascontiguousarray(values).tobytes())
    )


def _most(dtype: torch.dtype) -> int:
    return 1 if dtype.is_floating_point or dtype == torch.bool else torch.iinfo(dtype).max


def convert_image_dtype(image: Tensor, dtype: torch.dtype = torch.float) -> Tensor:
    """The same picture in another type: whole numbers span their range, floats go from 0 to 1."""
    if not isinstance(image, Tensor):
        raise TypeError("Input img should be Tensor Image")
    if image.dtype == dtype or (image.is_floating_point() and dtype.is_floating_point):
        return image.to(dtype)
    if image.is_floating_point():
        if dtype == torch.int64 or (image.dtype == torch.float32 and dtype == torch.int32):
            raise RuntimeError(f"The cast from {image.dtype} to {dtype} cannot be performed safely.")
        return image.mul(float(_most(dtype)) + 1.0 - 1e-3).to(dtype)
    if dtype.is_floating_point:
        return image.to(dtype) / float(_most(image.dtype))
    narrow, wide = sorted((_most(image.dtype) + 1, _most(dtype) + 1))
    if _most(image.dtype) > _most(dtype):
        return torch.div(image, wide // narrow, rounding_mode="floor").to(dtype)
    return image.to(dtype) * (wide // narrow)


def normalize(tensor: Tensor, mean: Sequence[float], std: Sequence[float], inplace: bool = False) -> Tensor:
    """(x - mean) / std, channel by channel; of a float tensor only."""
    if not isinstance(tensor, Tensor):
        raise TypeError(f"img should be Tensor Image. Got {type(tensor)}")
    if not tensor.is_floating_point():
        raise TypeError(f"Input tensor should be a float tensor. Got {tensor.dtype}.")
    get_dimensions(tensor)
    if tensor.ndim < 3:
        raise ValueError(
            f"Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = {tensor.size()}"
        )
    centre, spread = (torch.as_tensor(one, dtype=tensor.dtype, device=tensor.device) for one in (mean, std))
    if (spread == 0).any():
        raise ValueError(f"std evaluated to zero after conversion to {tensor.dtype}, leading to division by zero.")
    centre, spread = (one.view(-1, 1, 1) if one.ndim == 1 else one for one in (centre, spread))
    return (tensor if inplace else tensor.clone()).sub_(centre).div_(spread)


def to_grayscale(img: Any, num_output_channels: int = 1) -> Image.Image:
    """A picture without colours, of one channel or of three equal ones."""
    if num_output_channels not in (1, 3):
        raise ValueError("num_output_channels should be either 1 or 3")
    grey = picture(img).convert("L")
    return grey if num_output_channels == 1 else Image.merge("RGB", [grey] * 3)


def rgb_to_grayscale(img: Any, num_output_channels: int = 1) -> Any:
    """The same of a tensor as well."""
    if not isinstance(img, Tensor):
        return to_grayscale(img, num_output_channels)
    if img.ndim < 3:
        raise TypeError(f"Input image tensor should have at least 3 dimensions, but found {img.ndim}")
    if img.shape[-3] not in (1, 3):
        raise TypeError(f"Input image tensor permitted channel values are [1, 3], but found {img.shape[-3]}")
    if num_output_channels not in (1, 3):
        raise ValueError("num_output_channels should be either 1 or 3")
    grey = img.clone()
    if img.shape[-3] == 3:
        red, green, blue = img.unbind(dim=-3)
        grey = (0.2989 * red + 0.587 * green + 0.114 * blue).to(img.dtype).unsqueeze(dim=-3)
    return grey if num_output_channels == 1 else grey.expand(img.shape)


def invert(img: Any) -> Any:
    """Light becomes dark."""
    if isinstance(img, Tensor):
        return _most(img.dtype) - img
    from PIL import ImageOps

    return ImageOps.invert(picture(img))
