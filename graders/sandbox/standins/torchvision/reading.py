"""torchvision.io: a picture of a file as a tensor."""

from __future__ import annotations

from enum import Enum
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor


class ImageReadMode(Enum):
    """Which channels are wanted."""

    UNCHANGED = None
    GRAY = "L"
    GRAY_ALPHA = "LA"
    RGB = "RGB"
    RGB_ALPHA = "RGBA"


def read_image(path: Any, mode: Any = ImageReadMode.UNCHANGED, **_: object) -> Tensor:
    """(channels, H, W) of bytes."""
    wanted = ImageReadMode[mode] if isinstance(mode, str) else mode
    with Image.open(path) as image:
        values = np.array(image.convert(wanted.value) if wanted.value else image)
    return torch.from_numpy(values[None] if values.ndim == 2 else values.transpose(2, 0, 1).copy())
