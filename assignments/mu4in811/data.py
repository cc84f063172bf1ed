"""The images of the lab: real handwritten digits, in the files that MNIST and FashionMNIST come in.

Without anything else they are scikit-learn's digits (8×8, written by 43 people; Alpaydin and Kaynak, 1998), enlarged to
20×20 within 28×28. Whoever has MNIST, or FashionMNIST, puts the four IDX files into the folder `images` beside this one: then
they are what students get, and what hidden images are drawn from.
"""

from __future__ import annotations

import gzip
import struct
from functools import cache
from pathlib import Path

import numpy as np
from scipy import ndimage
from sklearn.datasets import load_digits

IMAGES = Path(__file__).parent / "images"
TRAINING, TESTING, SIDE = 600, 200, 28


def given(seed: int) -> dict[str, bytes]:
    """Everything that lies in the working directory: four IDX files, of images that are in one of the sets alone."""
    rng = np.random.default_rng([seed, 811])
    files: dict[str, bytes] = {}
    for kind, (images, labels) in zip(("train", "t10k"), sets(rng, TRAINING, TESTING), strict=True):
        files[f"data/{kind}-images-idx3-ubyte"] = idx(images)
        files[f"data/{kind}-labels-idx1-ubyte"] = idx(labels)
    return files


def sets(rng: np.random.Generator, *sizes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Sets of (images (n, 28, 28), labels (n,)), both of bytes; no image is in two of them."""
    images, labels = known()
    order = rng.permutation(len(labels))[: sum(sizes)]
    return [(images[part], labels[part]) for part in np.split(order, np.cumsum(sizes)[:-1])]


def halved(images: np.ndarray) -> np.ndarray:
    """Images (n, 14·14) of numbers from 0 to 1: the mean of four pixels each."""
    small = images.reshape(len(images), SIDE // 2, 2, SIDE // 2, 2).mean(axis=(2, 4))
    return np.asarray(small.reshape(len(images), -1) / 255)


@cache
def known() -> tuple[np.ndarray, np.ndarray]:
    """All images there are, and their labels."""
    kinds = sorted({path.name.split("-")[0] for path in IMAGES.glob("*-images*idx3-ubyte*")})
    if not kinds:
        return enlarged()
    images, labels = ([read(file(kind, part)) for kind in kinds] for part in ("images?idx3", "labels?idx1"))
    return np.concatenate(images), np.concatenate(labels)


def file(kind: str, part: str) -> Path:
    """The file of this set, once: as it is, else compressed."""
    found = sorted(IMAGES.glob(f"{kind}-{part}-ubyte")) or sorted(IMAGES.glob(f"{kind}-{part}-ubyte.gz"))
    if not found:
        raise FileNotFoundError(f"{IMAGES} holds no {kind}-{part.replace('?', '-')}-ubyte, nor the same with .gz")
    return found[0]


def enlarged() -> tuple[np.ndarray, np.ndarray]:
    """Scikit-learn's digits, 20×20 in the middle of 28×28."""
    images, labels = load_digits(return_X_y=True)
    large = ndimage.zoom(images.reshape(-1, 8, 8) / 16, (1, 2.5, 2.5), order=1)
    return np.pad(255 * large, ((0, 0), (4, 4), (4, 4))).astype(np.uint8), labels.astype(np.uint8)


def idx(values: np.ndarray) -> bytes:
    """An array of bytes as an IDX file."""
    return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}i", *values.shape) + values.tobytes()


def read(path: Path) -> np.ndarray:
    """The array of bytes in an IDX file, compressed or not."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    axes = content[3]
    shape = struct.unpack(f">{axes}i", content[4 : 4 + 4 * axes])
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)
