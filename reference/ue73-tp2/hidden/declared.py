"""The suite that the other files declare their criteria on, and the data they share."""

from __future__ import annotations

import csv
import io
import wave
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from graders.laws import matching
from graders.laws.invariance import Examples
from graders.observe.files import SETS, Written, WrittenFiles
from graders.probes.wire import Value
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


@lru_cache(maxsize=4)
def pooled(seed: int) -> Arrays:
    """All given spectrograms and their labels, set after set."""
    sets = given(seed).values()
    return np.concatenate([x for x, _ in sets]), np.concatenate([y for _, y in sets])


@lru_cache(maxsize=4)
def _pool(seed: int) -> Examples:
    return Examples(pooled(seed)[0])


@lru_cache(maxsize=4)
def origins(written: Written) -> Mapping[str, NDArray[np.intp]]:
    """For each set that was written, the index in the pool of the example that each row comes from, -1 where none."""
    sets = examples(written)
    if not sets:
        return {}
    found = matching.origins(np.concatenate(list(sets.values())), _pool(written.seed))
    ends = np.cumsum([len(x) for x in sets.values()])[:-1]
    return dict(zip(sets, np.split(found, ends), strict=True))


@lru_cache(maxsize=4)
def examples(written: Written) -> Mapping[str, NDArray[np.float64]]:
    """The sets that were written as (n, freq, time), where they have that many values; NaN as 0.

    That numbers were saved as Python objects is paid with the files: they are the examples all the same.
    """
    shape = given(written.seed)["train"][0].shape[1:]
    arrays = {name: _numbers(written.arrays.get(f"{name}/x")) for name in SETS}
    return {
        name: np.nan_to_num(x.astype(np.float64)).reshape(-1, *shape)
        for name, x in arrays.items()
        if isinstance(x, np.ndarray) and x.dtype.kind in "fiu" and x.size and x.size % np.prod(shape) == 0
    }


def _numbers(value: Value) -> Value:
    return value.get("numbers") if isinstance(value, Mapping) else value


def standardized(x: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.float32]:
    """x by the mean and deviation of the reference: the inputs of ours that later questions are asked on."""
    return ((x - reference.mean()) / reference.std()).astype(np.float32)


def listed(words: Iterable[object]) -> str:
    """Words for a sentence."""
    return ", ".join(str(word) for word in words)
