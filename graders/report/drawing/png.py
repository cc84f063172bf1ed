"""Pixels as a PNG: a heat map with one byte a pixel into a table of colours, a picture with three."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

LEVELS = 64
BROKEN = LEVELS
ANCHORS = "440154 482878 3e4989 31688e 26828e 1f9e89 35b779 6ece58 b5de2b fde725"
NOT_FINITE = bytes.fromhex("ff3860")
UP = 2
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def heat(pixels: NDArray[np.uint8]) -> str:
    """A data URI of levels 0 to LEVELS - 1, dark to bright, the first row on top; BROKEN is red."""
    height, width = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    rows = np.hstack([np.zeros((height, 1), np.uint8), pixels])
    return _uri((b"IHDR", header), (b"PLTE", PALETTE), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))


def photo(pixels: NDArray[np.uint8]) -> str:
    """A data URI of red, green and blue, (height, width, 3); each row is written as its difference from the one above."""
    height, width, _ = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    flat = np.ascontiguousarray(pixels).reshape(height, -1)
    above = np.vstack([np.zeros((1, flat.shape[1]), np.uint8), flat[:-1]])
    rows = np.hstack([np.full((height, 1), UP, np.uint8), flat - above])
    return _uri((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))


def _uri(*chunks: tuple[bytes, bytes]) -> str:
    image = SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)
    return "data:image/png;base64," + base64.b64encode(image).decode("ascii")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _palette() -> bytes:
    """Viridis, drawn straight between ten of its colours."""
    anchors = np.array([list(bytes.fromhex(colour)) for colour in ANCHORS.split()])
    levels = np.linspace(0, len(anchors) - 1, LEVELS)
    channels = [np.interp(levels, np.arange(len(anchors)), channel) for channel in anchors.T]
    return np.stack(channels, axis=1).round().astype(np.uint8).tobytes() + NOT_FINITE


PALETTE = _palette()
