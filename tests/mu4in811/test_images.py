"""Whoever has the files of MNIST puts them beside the data: what is asked and what is given comes from them then."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from graders.suite.loading import published

data = published("mu4in811", "data")


@pytest.fixture
def images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of images."""
    monkeypatch.setattr(data, "IMAGES", tmp_path)
    data.known.cache_clear()
    yield tmp_path
    data.known.cache_clear()


def put(folder: Path, kind: str, size: int, ending: str = "", mark: str = "-") -> None:
    """A set of so many images, each of one grey that is its own."""
    greys = np.arange(size, dtype=np.uint8) + (100 if kind == "t10k" else 0)
    for part, values in ((f"images{mark}idx3", np.tile(greys[:, None, None], (28, 28))), (f"labels{mark}idx1", greys)):
        content = gzip.compress(data.idx(values)) if ending == ".gz" else data.idx(values)
        (folder / f"{kind}-{part}-ubyte{ending}").write_bytes(content)


@pytest.mark.parametrize(("ending", "mark"), [("", "-"), (".gz", "-"), ("", ".")])
def test_images_are_read_with_their_labels(images: Path, ending: str, mark: str) -> None:
    put(images, "train", 60, ending, mark)
    put(images, "t10k", 30, ending, mark)
    found, labels = data.known()
    assert found.shape == (90, 28, 28)
    assert (found[:, 0, 0] == labels).all()


def test_the_same_set_twice_is_read_once(images: Path) -> None:
    put(images, "train", 60)
    put(images, "train", 60, ".gz")
    assert len(data.known()[1]) == 60


def test_what_is_given_comes_from_them(images: Path) -> None:
    put(images, "train", 90)
    put(images, "t10k", 90)
    (one, _), (other, _) = data.sets(np.random.default_rng(1), 50, 20)
    assert not set(one[:, 0, 0]) & set(other[:, 0, 0])
    assert data.halved(one).shape == (50, 196)


def test_images_without_labels_are_told_with_the_file_that_is_missing(images: Path) -> None:
    put(images, "train", 5)
    (images / "train-labels-idx1-ubyte").unlink()
    with pytest.raises(FileNotFoundError, match="train-labels-idx1-ubyte"):
        data.known()
