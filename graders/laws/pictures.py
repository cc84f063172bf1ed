"""Image files that student code wrote: whether they open, and whether anything is on them. Read as what anybody may have sent.

What a file says of itself is checked before anything is decoded: its size in pixels bounds the memory that decoding takes. Only
PNG and JPEG are decoded; of other formats the first bytes are looked at.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MOST_PIXELS = 25_000_000
MOST_CHUNKS = 20_000
SMALL = 200
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
VECTORS = (b"%PDF-", b"%!PS", b"<svg", b"<?xml", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
FRAMES = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB))
State = Literal["drawn", "blank", "damaged", "unknown"]


def state(content: NDArray[np.uint8] | None) -> State:
    """What an image file is; "unknown" for one that is too large, or of a format that is not decoded."""
    if content is None:
        return "unknown"
    data = content.tobytes()
    if data.startswith((PNG, JPEG)):
        pixels = decoded(data)
        return "damaged" if pixels is None else "drawn" if _has_content(pixels) else "blank"
    return "unknown" if data.startswith(VECTORS) and len(data) > SMALL else "damaged"


def _has_content(pixels: NDArray[np.uint8]) -> bool:
    """Whether a picture is more than one colour with a few specks in it."""
    background = np.median(pixels.reshape(-1, 3), axis=0)
    far = np.abs(pixels.astype(int) - background).max(axis=2) > 24
    return bool(far.mean() > 1e-3)


def decoded(data: bytes) -> NDArray[np.uint8] | None:
    """A small copy of a PNG or JPEG, (height, width, 3); None where it cannot be opened, or is larger than it may be."""
    size = _png_size(data) if data.startswith(PNG) else _jpeg_size(data)
    if size is None or not 0 < size[0] * size[1] <= MOST_PIXELS:
        return None
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            if image.size != size:
                return None
            image.draft("RGB", (SMALL, SMALL))
            seen = image.convert("RGBA")
            white = Image.new("RGBA", seen.size, "white")
            white.alpha_composite(seen)
            white.thumbnail((SMALL, SMALL))
            return np.asarray(white.convert("RGB"))
    except Exception:  # noqa: BLE001  # whatever a damaged file makes of the decoder
        return None


def _png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a whole PNG: every chunk with its checksum, the header first, the end last."""
    chunks = list(_chunks(data))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or len(chunks[0][1]) != 13:
        return None
    width, height = struct.unpack(">II", chunks[0][1][:8])
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of a PNG up to the first that is not whole."""
    place = len(PNG)
    for _ in range(MOST_CHUNKS):
        if place + 12 > len(data):
            return
        (length,) = struct.unpack(">I", data[place : place + 4])
        end = place + 8 + length
        if end + 4 > len(data) or zlib.crc32(data[place + 4 : end]) != struct.unpack(">I", data[end : end + 4])[0]:
            return
        yield data[place + 4 : place + 8], data[place + 8 : end]
        place = end + 4


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as the frame header of a JPEG says them."""
    place = 2
    for _ in range(MOST_CHUNKS):
        if place + 9 > len(data) or data[place] != 0xFF:
            return None
        kind, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if kind in FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + length
    return None
