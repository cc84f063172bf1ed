"""The data of the lab, made from a seed: digits in the files of MNIST, and photographs of walls with and without cracks.

The digits are the plain ones of scikit-learn (8×8, Alpaydin and Kaynak, 1998), enlarged to 24×24 within 28×28 as MNIST's are,
and turned a little; those of the working directory are drawn from the true MNIST where its four files lie in `data/` beside
this file, compressed or not. A wall is grey noise of several sizes under uneven light, with stains; a crack is a dark random
walk that crosses it. Light and stains differ more than cracks do: how dark a picture is, in all or at a place, tells
next to nothing.
"""

from __future__ import annotations

import gzip
import io
import struct
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from sklearn.datasets import load_digits
from sklearn.neighbors import NearestNeighbors

SIDE = 227
TRAINING, TESTING, WALLS = 480, 160, 40
RAW = "data/MNIST/raw"
GZIP = b"\x1f\x8b"
TRUE = Path(__file__).with_name("data")


def given(seed: int) -> dict[str, bytes]:
    """Everything that lies in the working directory: the four files of MNIST, and WALLS pictures of either kind."""
    rng = np.random.default_rng([seed, 4])
    files: dict[str, bytes] = {}
    sets = true_digits(rng, TRAINING, TESTING) or digit_sets(rng, TRAINING, TESTING)
    for kind, (images, labels) in zip(("train", "t10k"), sets, strict=True):
        for part, values in (("images-idx3", images), ("labels-idx1", labels.astype(np.uint8))):
            # A download leaves both: some read the one, some the other.
            files[f"{RAW}/{kind}-{part}-ubyte"] = idx(values)
            files[f"{RAW}/{kind}-{part}-ubyte.gz"] = gzip.compress(idx(values), mtime=0)
    for folder, cracked in (("Positive", True), ("Negative", False)):
        for number in range(1, WALLS + 1):
            files[f"{folder}/{number:05d}.jpg"] = jpeg(wall(rng, cracked=cracked))
    return files


def idx(values: np.ndarray) -> bytes:
    """An array of bytes as the files of MNIST hold it."""
    return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}i", *values.shape) + values.tobytes()


def true_digits(rng: np.random.Generator, *sizes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Some of the true MNIST's images and labels, of its training and its test set; nothing where its files are not."""
    names = [
        f"{kind}-{part}?idx{axes}-ubyte" for kind in ("train", "t10k") for part, axes in (("images", 3), ("labels", 1))
    ]
    places = [next(iter([*TRUE.rglob(name), *TRUE.rglob(f"{name}.gz")]), None) for name in names]
    if None in places:
        return []
    values = [read_idx(place.read_bytes()) for place in places if place]
    chosen = [rng.choice(len(labels), size) for labels, size in zip(values[1::2], sizes, strict=True)]
    return [(values[2 * one][which], values[2 * one + 1][which]) for one, which in enumerate(chosen)]


def read_idx(content: bytes) -> np.ndarray:
    """The array of bytes in a file of MNIST, compressed or not."""
    content = gzip.decompress(content) if content.startswith(GZIP) else content
    axes = content[3]
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(struct.unpack_from(f">{axes}i", content, 4))


def jpeg(image: np.ndarray) -> bytes:
    """A picture (H, W, 3) of bytes as a JPEG file."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, "JPEG", quality=88)
    return file.getvalue()


def digit_sets(rng: np.random.Generator, *sizes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Sets of (images (n, 28, 28) of bytes, labels (n,)), no digit of one in another."""
    images, labels = plain_digits()
    order = rng.permutation(len(labels))
    bounds = np.cumsum([0, *sizes]) / sum(sizes) * len(order)
    found = []
    for size, start, end in zip(sizes, bounds, bounds[1:], strict=False):
        pool = order[int(start) : int(end)]
        # Each once as long as there are enough: what is learned from then holds every manner of writing.
        chosen = rng.choice(pool, size, replace=size > len(pool))
        found.append((np.stack([digit(images[one].reshape(8, 8) / 16, rng) for one in chosen]), labels[chosen]))
    return found


@cache
def plain_digits() -> tuple[np.ndarray, np.ndarray]:
    """Scikit-learn's digits that nobody would take for another: their nearest twenty are of the same class."""
    images, labels = load_digits(return_X_y=True)
    _, nearest = NearestNeighbors(n_neighbors=21).fit(images).kneighbors(images)
    plain = (labels[nearest] == labels[:, None]).all(1)
    return images[plain], labels[plain]


def digit(small: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A digit of 8×8 in 28×28, turned by three degrees at most."""
    large = np.clip(2 * ndimage.zoom(small, 3, order=3) - 0.4, 0, 1)
    turned = ndimage.rotate(large, rng.uniform(-3, 3), reshape=False, order=1)
    return np.pad(255 * turned, 2).astype(np.uint8)


def walls(rng: np.random.Generator, size: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Pictures, half of them cracked, in any order, and their labels."""
    labels = rng.permutation(np.arange(size) % 2)
    return [wall(rng, cracked=bool(label)) for label in labels], labels


def wall(rng: np.random.Generator, *, cracked: bool) -> np.ndarray:
    """A picture (SIDE, SIDE, 3) of bytes."""
    grey = 0.62 + rng.uniform(-0.16, 0.16) + _light(rng) + _grain(rng)
    for _ in range(rng.integers(0, 4)):
        grey -= rng.uniform(0.1, 0.35) * _stain(rng)
    if cracked:
        grey -= rng.uniform(0.45, 0.6) * _crack(rng)
    tint = 1 + rng.uniform(-0.04, 0.04, 3)
    return (255 * np.clip(grey[:, :, None] * tint, 0, 1)).astype(np.uint8)


def _light(rng: np.random.Generator) -> np.ndarray:
    """Light that comes from one side."""
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    return rng.uniform(-0.08, 0.08) * x + rng.uniform(-0.08, 0.08) * y


def _grain(rng: np.random.Generator) -> np.ndarray:
    """Roughness of three sizes."""
    total = 0.015 * rng.standard_normal((SIDE, SIDE))
    for cells, depth in ((60, 0.01), (14, 0.015)):
        coarse = ndimage.zoom(rng.standard_normal((cells, cells)), SIDE / cells + 0.1, order=1)
        total += depth * coarse[:SIDE, :SIDE]
    return total


def _stain(rng: np.random.Generator) -> np.ndarray:
    """A round dark place with soft edges, from 0 to 1."""
    y, x = np.mgrid[:SIDE, :SIDE]
    centre, radius = rng.uniform(0, SIDE, 2), rng.uniform(25, 60, 2)
    return np.exp(-((((y - centre[0]) / radius[0]) ** 2 + ((x - centre[1]) / radius[1]) ** 2) ** 2))


def _crack(rng: np.random.Generator) -> np.ndarray:
    """A walk across the picture, from 0 to 1, of changing width, from one edge to another."""
    angle, steps = rng.uniform(0, np.pi), 2 * SIDE
    turns = ndimage.gaussian_filter1d(rng.standard_normal(steps), 12) * 1.6
    direction = angle + turns - turns.mean()
    walk = np.cumsum(np.stack([np.sin(direction), np.cos(direction)]), axis=1)
    middle = rng.uniform(0.3, 0.7, 2) * SIDE
    y, x = walk - walk[:, steps // 2, None] + middle[:, None]
    inside = (y >= 0) & (y < SIDE) & (x >= 0) & (x < SIDE)
    line = np.zeros((SIDE, SIDE))
    line[y[inside].astype(int), x[inside].astype(int)] = 1
    blurred = ndimage.gaussian_filter(line, rng.uniform(1.8, 2.6))
    return np.clip(blurred / (0.4 * blurred.max()), 0, 1)
