"""Ask for datasets: what a submission's load_dataset and make_loaders make of files of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard, cast

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
        if bound.scope is not None:
            variables = {meaning.removesuffix("_loader"): variable for variable, meaning in bound.order}
            told: dict[str, Value] = {"subject": cast("Value", bound.subject), "variables": variables}
            return (Request("program_loaders", told, self.group),)
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
        bound = context.bound(self.name)
        if bound is not None and bound.scope is not None:
            return _of_program(seen[0])
        told = _LOADERS.read(seen[0])
        return told if isinstance(told, Failure) else _read(told, context.once(self.name, self.on), self.batch_size)


class _Loader(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    epochs: list[list[dict[str, object]]]
    own: dict[str, object] | None


class _Program(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    sets: dict[str, dict[str, object]]
    loaders: dict[str, _Loader]


_LOADERS, _PROGRAM = Reader(dict[str, _Loader]), Reader(_Program)


def _read(told: Mapping[str, _Loader], sets: Mapping[str, tuple[Array, Array]], batch_size: int) -> Loaders:
    epochs = {name: cast("list[list[dict[str, Value]]]", one.epochs) for name, one in told.items()}
    own = {name: cast("dict[str, Value] | None", one.own) for name, one in told.items()}
    return Loaders(sets, batch_size, epochs, own)


def _of_program(observation: Observation) -> Loaders | Failure:
    """The loaders beside the program's own files, and its own size of batches: that of train."""
    told = _PROGRAM.read(observation)
    if isinstance(told, Failure):
        return told
    sets = {name: (one.get("x"), one.get("y")) for name, one in told.sets.items()}
    whole = {name: (x, y.reshape(-1)) for name, (x, y) in sets.items() if _array(x) and _array(y)}
    if whole.keys() < told.loaders.keys() or not told.loaders:
        return Failure("missing", type="x.npy", message="x.npy, y.npy")
    first = (told.loaders.get("train") or next(iter(told.loaders.values()))).epochs
    sizes = [one.get("size") for one in cast("list[list[dict[str, Value]]]", first)[0]]
    return _read(told.loaders, whole, max((one for one in sizes if isinstance(one, int)), default=0))


def _array(value: object) -> TypeGuard[Array]:
    return isinstance(value, np.ndarray) and value.ndim > 0
