"""Every DataLoader that student code makes, wherever it makes it: what it gives, and the files behind it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, RandomSampler, SequentialSampler, Subset

from graders.probes.plain import plain
from graders.probes.rerun import rerun
from graders.probes.subject import called
from graders.probes.wire import Value
from graders.probes.work import Subject, Work

MOST, MOST_FILES, HEAD = 24, 20_000, 4
ENDINGS = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".npy", ".csv", ".wav")
made: list[DataLoader[Any]] = []


def install() -> None:
    """Remember them from now on."""
    DataLoader.__init__ = _remembering(DataLoader.__init__)  # type: ignore[method-assign]  # what this is for


def _remembering(real: Callable[..., None]) -> Callable[..., None]:
    @wraps(real)
    def init(loader: DataLoader[Any], *args: Any, **kwargs: Any) -> None:
        real(loader, *args, **kwargs)
        if len(made) < MOST:
            made.append(loader)

    return init


def made_loaders(
    work: Work, *, file: str | None, subject: Subject | None, values: Mapping[str, Value], epochs: int = 0
) -> Value:
    """{"loaders", "printed", "held"}: those that the program made when it was read; or when `file` is run again; or that a
    function gives; what was printed then, and the sets of files in variables. Of each loader, which examples come in so many
    epochs."""
    before, printed, spaces = 0, [one.printed for one in work.journal], [*work.namespaces.values()]
    if subject is not None:
        return {"loaders": [_told(one, epochs) for one in _loaders(called(subject, work, values))], "printed": ""}
    if file is not None:
        before = len(made)
        left = cast("Any", rerun(work, file=file, wanted=[], watched=[], given=[]))
        printed, spaces = [one["printed"] for one in left["journal"]], [vars(sys.modules["__main__"])]
    held = [list[Value](one) for space in spaces for one in _held(space)]
    loaders = [_told(one, epochs) for one in made[before:]]
    return {"loaders": loaders, "printed": "\n".join(printed), "held": held[:MOST]}


def _held(space: Mapping[str, object]) -> Iterator[list[str]]:
    """The files of every dataset, and every list of files, that a variable holds."""
    for name, value in space.items():
        files = _sources(value)[0] if isinstance(value, Dataset) else _paths(value)
        if files and not name.startswith("_"):
            yield files[:MOST_FILES]


def _loaders(value: object) -> Iterator[DataLoader[Any]]:
    """In a tuple, a list, a dict, in order; of a dataset one that goes through it."""
    if isinstance(value, DataLoader):
        yield value
    elif isinstance(value, Dataset):
        yield DataLoader(value)
    elif isinstance(value, Mapping):
        yield from (one for part in value.values() for one in _loaders(part))
    elif isinstance(value, tuple | list):
        yield from (one for part in value for one in _loaders(part))


def _told(loader: DataLoader[Any], epochs: int) -> Value:
    files, labels = _sources(loader.dataset)
    told: dict[str, Value] = {
        "batch_size": loader.batch_size or 0,
        "shuffled": not isinstance(loader.sampler, SequentialSampler),
        "plainly": isinstance(loader.sampler, RandomSampler | SequentialSampler),
        "drop_last": bool(loader.drop_last),
        "size": 0,
        "files": list[Value](files),
        "labels": list[Value](labels),
        "head": None,
        "problem": None,
        "drawn": [],
        "classes": [],
    }
    try:
        told["size"] = len(loader.dataset)  # type: ignore[arg-type]  # what has no length raises
        told["head"] = None if files else _head(loader)
        if epochs and len(loader.dataset) <= MOST_FILES:  # type: ignore[arg-type]  # as above
            told["drawn"] = [list[Value](_drawn(loader)) for _ in range(epochs)]
            told["classes"] = [int(loader.dataset[one][1]) for one in range(len(loader.dataset))]  # type: ignore[arg-type]  # as above
    except Exception as problem:  # noqa: BLE001  # whatever a student's dataset raises is what was seen
        told["problem"] = type(problem).__name__
    return told


def _drawn(loader: DataLoader[Any]) -> list[int]:
    """The places of the examples that come in one epoch."""
    batches = loader.batch_sampler
    return [*map(int, loader.sampler if batches is None else (one for batch in batches for one in batch))]


def _head(loader: DataLoader[Any]) -> Value:
    """The first batch: its shape, type and extremes, and its first images."""
    torch.manual_seed(0)
    batch = next(islice(loader, 1), None)
    if not isinstance(batch, tuple | list) or len(batch) < 2 or not isinstance(batch[0], Tensor):
        return None
    x, y = batch[0], torch.as_tensor(batch[1])
    return {
        "shape": list[Value](x.shape),
        "type": str(x.dtype),
        "low": float(x.min()),
        "high": float(x.max()),
        "images": plain(x[:HEAD].float()),
        "labels": [int(one) for one in y[:HEAD].reshape(-1)],
    }


def _sources(dataset: Any) -> tuple[list[str], list[int]]:
    """The files that a dataset reads, and their labels where it holds them: through the parts of others."""
    if isinstance(dataset, Subset):
        files, labels = _sources(dataset.dataset)
        chosen = [int(one) for one in dataset.indices]
        return [files[one] for one in chosen] if files else [], [labels[one] for one in chosen] if labels else []
    held = getattr(dataset, "__dict__", {})
    files = next((paths for value in held.values() if (paths := _paths(value))), [])
    labels = next((found for value in held.values() if (found := _labels(value, len(files)))), []) if files else []
    return files[:MOST_FILES], labels[:MOST_FILES]


def _paths(value: object) -> list[str]:
    if isinstance(value, np.ndarray) and value.dtype.kind not in "UO":
        return []
    if isinstance(value, np.ndarray | list | tuple) and len(value):
        first = [one[0] if isinstance(one, tuple) else one for one in value]
        if all(isinstance(one, str | Path) and str(one).lower().endswith(ENDINGS) for one in first):
            return ["/".join(Path(str(one)).parts[-2:])[:200] for one in first]
    return []


def _labels(value: object, size: int) -> list[int]:
    with suppress(Exception):
        if isinstance(value, Sequence) and value and isinstance(value[0], tuple):
            value = [one[1] for one in value]
        numbers = np.asarray(value, float)
        if numbers.shape in ((size,), (size, 1)) and set(np.unique(numbers)) <= {0.0, 1.0}:
            return [int(one) for one in numbers.reshape(-1)]
    return []
