"""The suite that the other files declare their criteria on, and the data they share."""

from __future__ import annotations

import csv
import io
import wave
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graders.observe.files import SETS, WrittenFiles
from graders.suite.loading import published
from graders.suite.suite import Suite

suite = Suite("ue73-tp2")
data = published("ue73-tp2", "data")

FILES = WrittenFiles("prepare", "data", seconds=60)

Arrays = tuple[NDArray[np.float32], NDArray[np.int64]]


@cache
def given(seed: int) -> Mapping[str, Arrays]:
    """The spectrograms (n, freq, time) and labels (n,) of each set that lay in the student's working directory."""
    content = data.given(seed)
    return {name: _set(content, f"data/{name}/") for name in SETS}


def _set(content: Mapping[str, bytes], folder: str) -> Arrays:
    rows = list(csv.DictReader(io.StringIO(content[f"{folder}labels.csv"].decode())))
    signals = np.stack([_signal(content[folder + row["file"]]) for row in rows])
    return data.spectrogram(signals), np.array([int(row["label"]) for row in rows])


def _signal(content: bytes) -> NDArray[np.float64]:
    with wave.open(io.BytesIO(content)) as clip:
        return np.frombuffer(clip.readframes(clip.getnframes()), "<i2") / 32768


def standardized(x: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.float32]:
    """x by the mean and deviation of the reference: the inputs of ours that later questions are asked on."""
    return ((x - reference.mean()) / reference.std()).astype(np.float32)


def listed(words: Iterable[object]) -> str:
    """Words for a sentence."""
    return ", ".join(str(word) for word in words)
