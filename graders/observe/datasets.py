"""Ask for datasets: what a submission's load_dataset and make_loaders make of files of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from pydantic import BaseModel, ConfigDict

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.wire import Array, Value


@dataclass(frozen=True, eq=False)
class Dataset:
    """What a load_dataset made of x and y: its kind, its tensors, and the two files afterwards."""

    x: Array
    y: Array
    kind: str
    tensors: Sequence[Mapping[str, Value]]
    x_after: Value
    y_after: Value


Dtypes = tuple[str, str]
DTYPES: tuple[Dtypes, ...] = (
    ("float32", "int64"),
    ("float32", "float32"),
    ("float64", "int64"),
    ("float64", "float32"),
)


@dataclass(frozen=True, eq=False)
class Datasets:
    """A probe: load_dataset on folders of ours with the same (x, y), drawn by `on`, in each of DTYPES.

    Whether a conversion is needed depends on what the student's own files hold, so all are asked.
    """

    name: str
    on: Callable[[np.random.Generator], tuple[Array, Array]]
    group: str = "datasets"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request for each pair of dtypes."""
        bound = context.bound(self.name)
        if seen or bound is None:
            return ()
        return [
            Request("dataset", {"subject": cast("Value", bound.subject), "x": x, "y": y}, self.group)
            for x, y in self._files(context)
        ]

    def _files(self, context: Context) -> list[tuple[Array, Array]]:
        x, y = context.once(self.name, self.on)
        return [(x.astype(first), y.astype(second)) for first, second in DTYPES]

    def read(self, context: Context, seen: Sequence[Observation]) -> dict[Dtypes, Dataset | Failure] | Failure:
        """Each dataset beside what its files held, by the dtypes of the files."""
        if missing := context.missing(self.name):
            return missing
        return {
            dtypes: _dataset(files, one) for dtypes, files, one in zip(DTYPES, self._files(context), seen, strict=True)
        }


def _dataset(files: tuple[Array, Array], seen: Observation) -> Dataset | Failure:
    told = _DATASET.read(seen)
    return told if isinstance(told, Failure) else Dataset(*files, **told.model_dump())


class _ToldDataset(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    kind: str
    tensors: list[dict[str, object]]
    x_after: object
    y_after: object


_DATASET = Reader(_ToldDataset)


@dataclass(frozen=True, eq=False)
class Loaders:
    """What make_loaders gave for files of ours: for train, valid and test, epochs of batches, and the loader's dataset."""

    sets: Mapping[str, tuple[Array, Array]]
    batch_size: int
    epochs: Mapping[str, list[list[dict[str, Value]]]]
    own: Mapping[str, dict[str, Value] | None]


@dataclass(frozen=True, eq=False)
class LoadersProbe:
    """A probe: make_loaders on a folder of ours, and two epochs of each loader."""

    name: str
    on: Callable[[np.random.Generator], Mapping[str, tuple[Array, Array]]]
    batch_size: int
    group: str = "datasets"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request."""
        bound = context.bound(self.name)
        if seen or bound is None:
            return ()
        sets = {name: {"x": x, "y": y} for name, (x, y) in context.once(self.name, self.on).items()}
        arguments: dict[str, Value] = {
            "subject": cast("Value", bound.subject),
            "sets": sets,
            "batch_size": self.batch_size,
            "seed": 1,
        }
        return (Request("loaders", arguments, self.group),)

    def read(self, context: Context, seen: Sequence[Observation]) -> Loaders | Failure:
        """The batches beside what the files held."""
        if missing := context.missing(self.name):
            return missing
        told = _LOADERS.read(seen[0])
        if isinstance(told, Failure):
            return told
        epochs = {name: cast("list[list[dict[str, Value]]]", one.epochs) for name, one in told.items()}
        own = {name: cast("dict[str, Value] | None", one.own) for name, one in told.items()}
        return Loaders(context.once(self.name, self.on), self.batch_size, epochs, own)


class _Loader(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    epochs: list[list[dict[str, object]]]
    own: dict[str, object] | None


_LOADERS = Reader(dict[str, _Loader])
