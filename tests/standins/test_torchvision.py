"""Our torchvision gives what the real one gives, where there is a real one to ask.

`GRADERS_TORCHVISION` names a Python that has torch and torchvision (installed with --no-deps beside the CPU build of torch).
"""

from __future__ import annotations

import os
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from graders.sandbox.standins.torchvision import MODULES
from tests.standins.cases import results

ORACLE = os.environ.get("GRADERS_TORCHVISION", "/work/oracle/tv/bin/python")
HERE = Path(__file__).parent


def idx(values: np.ndarray) -> bytes:
    """An array of bytes as MNIST's files hold it."""
    return bytes([0, 0, 8, values.ndim]) + struct.pack(f">{values.ndim}i", *values.shape) + values.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few digits and pictures."""
    rng = np.random.default_rng(5)
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for kind, size in (("train", 12), ("t10k", 5)):
        (raw / f"{kind}-images-idx3-ubyte").write_bytes(idx(rng.integers(0, 256, (size, 28, 28), dtype=np.uint8)))
        (raw / f"{kind}-labels-idx1-ubyte").write_bytes(idx(rng.integers(0, 10, size, dtype=np.uint8)))
    for name in ("Positive", "Negative"):
        (tmp_path / "pictures" / name / "below").mkdir(parents=True)
        for number in range(3):
            place = tmp_path / "pictures" / name / ("below" if number else "") / f"{number}.png"
            Image.fromarray(rng.integers(0, 256, (8, 9), dtype=np.uint8)).save(place)
    return tmp_path


def ours(folder: Path) -> dict[str, np.ndarray]:
    """What the stand-in gives."""
    parts = ("torchvision.transforms", "torchvision.transforms.v2", "torchvision.utils", "torchvision.datasets")
    return results(*(MODULES[name] for name in parts), folder)


def test_the_same_results(folder: Path, tmp_path: Path) -> None:
    if not Path(ORACLE).exists():
        pytest.skip("no interpreter with the real torchvision: set GRADERS_TORCHVISION")
    path = tmp_path / "real.npz"
    done = subprocess.run(
        [ORACLE, str(HERE / "oracle.py"), str(folder), str(path)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with np.load(path) as real:
        expected = dict(real)
    found = ours(folder)
    assert found.keys() == expected.keys()
    different = [name for name, value in expected.items() if not _same(found[name], value)]
    assert not different, {name: (_short(found[name]), _short(expected[name])) for name in different[:60]}


def _same(ours: np.ndarray, real: np.ndarray) -> bool:
    if ours.dtype.kind == "U" or real.dtype.kind == "U":
        return np.array_equal(ours, real) or (str(ours).startswith("raised") and str(real).startswith("raised"))
    return ours.shape == real.shape and np.allclose(ours.astype(float), real.astype(float), rtol=1e-6, atol=1e-6)


def _short(value: np.ndarray) -> str:
    return str(value) if value.ndim == 0 else str(value.shape)


def test_alone(folder: Path) -> None:
    found = ours(folder)
    assert found["MNIST True"].shape == (784 + 2 + 12,)
    assert found["wrong-order of grey 0"] == "raised TypeError"
    assert found["right-order of colour 0"].shape == (1, 44, 27)
    assert str(found["ImageFolder classes"][0]) == "{'Negative': 0, 'Positive': 1}"
