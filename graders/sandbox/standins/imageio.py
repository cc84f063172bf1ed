"""imageio, by Pillow: pictures are read as it reads them, an array (H, W) or (H, W, channels) of bytes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageSequence

from graders.sandbox.standins.made import module, package


def imread(uri: Any, *_: object, mode: str | None = None, index: int | None = None, **__: object) -> np.ndarray:
    """The picture; a palette becomes its colours."""
    with Image.open(uri) as image:
        if index:
            image.seek(index)
        return np.asarray(_plain(image).convert(mode) if mode else _plain(image))


def _plain(image: Image.Image) -> Image.Image:
    if image.mode == "P":
        return image.convert("RGBA" if "transparency" in image.info else "RGB")
    return image.convert("L") if image.mode == "1" else image.copy()


def imwrite(uri: Any, image: Any, *_: object, **__: object) -> None:
    """Write an array as a picture."""
    Image.fromarray(np.asarray(image).squeeze()).save(uri)


def mimread(uri: Any, *_: object, **__: object) -> list[np.ndarray]:
    """Every frame."""
    return list(imiter(uri))


def imiter(uri: Any, *_: object, **__: object) -> Iterator[np.ndarray]:
    """Frame after frame."""
    with Image.open(uri) as image:
        for frame in ImageSequence.Iterator(image):
            yield np.asarray(_plain(frame))


def mimwrite(uri: Any, images: Any, *_: object, **__: object) -> None:
    """Write the frames, by the first where the format takes one only."""
    first, *others = [Image.fromarray(np.asarray(one)) for one in images]
    if Path(str(uri)).suffix.lower() in (".gif", ".tiff", ".png", ".webp"):
        first.save(uri, save_all=True, append_images=others)
    else:
        first.save(uri)


_CONTENT = {"imread": imread, "imwrite": imwrite, "imsave": imwrite, "imiter": imiter, "mimread": mimread,
            "mimwrite": mimwrite, "mimsave": mimwrite}  # fmt: skip
_PARTS = ("v2", "v3", "core")
MODULES = package("imageio", *(module(f"imageio.{part}", **_CONTENT) for part in _PARTS), **_CONTENT)
