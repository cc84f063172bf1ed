"""Datasets and loaders on files of ours: what they hold, in which order they give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from torch import Tensor
from torch.utils.data import TensorDataset

from graders.probes.files import written
from graders.probes.plain import opaque, plain
from graders.probes.program import reached
from graders.probes.seeds import seed_everything
from graders.probes.subject import called
from graders.probes.training import dataset_values
from graders.probes.wire import Array, Value
from graders.probes.work import Subject, Work

MOST_BATCHES = 2_000
FEATURES = 4
SETS = ("train", "valid", "test")


def dataset(work: Work, *, subject: Subject, x: Array, y: Array) -> Value:
    """{"kind", "tensors", "x_after", "y_after"}: the dataset of a folder with these x.npy and y.npy, and the files after."""
    with TemporaryDirectory() as parent:
        folder = Path(parent, "train")
        _written(folder, {"x": x, "y": y})
        made = called(subject, work, dataset_values(folder))
        tensors = made.tensors if isinstance(made, TensorDataset) else made if isinstance(made, tuple | list) else ()
        return {
            "kind": "TensorDataset" if isinstance(made, TensorDataset) else type(made).__name__[:100],
            "tensors": [{"dtype": str(getattr(value, "dtype", "")), "values": plain(value)} for value in tensors],
            "x_after": _read(folder / "x.npy"),
            "y_after": _read(folder / "y.npy"),
        }


def _written(folder: Path, arrays: Mapping[str, Array]) -> None:
    folder.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", np.array(array))


def _read(path: Path) -> Value:
    return plain(np.load(path, allow_pickle=False)) if path.exists() else None


def loaders(
    work: Work, *, subject: Subject, sets: Mapping[str, Mapping[str, Array]], batch_size: int, seed: int
) -> Value:
    """For train, valid and test: {"epochs": two lists of batches {"size", "rows" (n, ≤ 4), "labels" (n, ≤ 4)}, "own": its
    whole dataset as one such batch, in its own order}."""
    with TemporaryDirectory() as root:
        for name in SETS:
            _written(Path(root, name), sets[name])
        seed_everything(seed)
        values = {"root": root, "folder": root, "batch_size": batch_size}
        made = called(subject, work, values)
        three = dict(zip(SETS, _three(made), strict=False))
        return {
            name: {"epochs": [_epoch(loader) for _ in range(2)], "own": _own(loader)} for name, loader in three.items()
        }


def program_loaders(work: Work, *, subject: Subject, variables: Mapping[str, str]) -> Value:
    """The same for the loaders that a program makes where it runs, as {"loaders"}, beside the files that it wrote: {"sets":
    {set: {"x" (n, ≤ 4), "y"}}}."""
    made = reached(work, subject["file"], subject.get("scope") or "", list(variables.values()))
    kept = {name: made[variable] for name, variable in variables.items() if variable in made}
    files = written(work)
    return {
        "sets": {name: {array: _few(files.get(f"{name}/{array}")) for array in ("x", "y")} for name in SETS},
        "loaders": {
            name: {"epochs": [_epoch(loader) for _ in range(2)], "own": _own(loader)}  # type: ignore[arg-type]
            for name, loader in kept.items()
        },
    }


def _few(array: Value) -> Value:
    return array.reshape(len(array), -1)[:, :FEATURES] if isinstance(array, np.ndarray) and array.ndim else None


def _three(made: object) -> Sequence[Iterable[object]]:
    """The three loaders, from a tuple, a list, or a dict in which each is named."""
    if not isinstance(made, Mapping):
        return made  # type: ignore[return-value]  # whether it can be unpacked is found by unpacking it
    keys = {str(key).lower(): value for key, value in made.items()}
    named = [next((value for key, value in keys.items() if name[:3] in key), None) for name in SETS]
    return [value for value in named if value is not None] if None not in named else list(made.values())


def _epoch(loader: Iterable[object]) -> Value:
    return [_batch(batch) for batch in islice(loader, MOST_BATCHES)]


def _own(loader: Iterable[object]) -> Value:
    dataset = getattr(loader, "dataset", None)
    tensors = getattr(dataset, "tensors", None)
    return _batch(tensors) if tensors is not None else None


def _batch(batch: object) -> Value:
    if not isinstance(batch, tuple | list) or len(batch) < 2 or not all(isinstance(part, Tensor) for part in batch):
        return opaque(batch)
    x, y = batch[:2]
    rows, labels = (part.reshape(len(part), -1)[:, :FEATURES] for part in (x, y))
    return {"size": len(x), "rows": plain(rows), "labels": plain(labels)}
