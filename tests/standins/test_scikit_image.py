"""What stands in for skimage reads, makes grey and brings to a size what the real one does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from graders.sandbox.standins import scikit_image

RED = np.tile(np.array([255, 0, 0], np.uint8), (4, 6, 1))


def test_a_picture_is_an_array_of_bytes(tmp_path: Path) -> None:
    Image.fromarray(RED).save(tmp_path / "red.png")
    assert np.array_equal(scikit_image.imread(tmp_path / "red.png"), RED)


def test_grey_is_between_0_and_1(tmp_path: Path) -> None:
    Image.fromarray(RED).save(tmp_path / "red.png")
    assert np.allclose(scikit_image.imread(tmp_path / "red.png", as_gray=True), 0.2125)


def test_a_size_is_rows_and_columns() -> None:
    made = scikit_image.resize(RED, (2, 3))
    assert made.shape == (2, 3, 3)
    assert np.allclose(made[..., 0], 1)
