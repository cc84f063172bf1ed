"""Question 1.4: the datasets hold what the files hold, the loaders give each example once, train shuffled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from graders.language import say
from graders.laws.failure import verdict_of
from graders.observe.datasets import Dataset, Datasets, Dtypes, Loaders, LoadersProbe
from graders.observe.files import SETS, Written
from graders.observe.observation import Failure
from graders.observe.probe import Optional
from graders.probes.wire import Array, Value
from graders.verdict import Status, Verdict, failed, passed

from .declared import FILES, suite

SHAPE = (9, 7)
BATCH = 8


def pair(rng: np.random.Generator, size: int = 23) -> tuple[Array, Array]:
    """x (n, freq, time), exact in single precision, and labels y (n,)."""
    return rng.standard_normal((size, *SHAPE)).astype(np.float32), rng.permutation(np.arange(size) % 3 == 0).astype(
        np.int64
    )


def three(rng: np.random.Generator) -> Mapping[str, tuple[Array, Array]]:
    """Sets of different sizes, none a multiple of the batch size."""
    return {name: pair(rng, size) for name, size in zip(SETS, (85, 43, 61), strict=True)}


DATASET = Datasets("load_dataset", pair)
DATASET_OR_NONE = Optional(DATASET)
LOADERS = LoadersProbe("make_loaders", three, BATCH)


@suite.criterion("data.load_dataset", observe=(DATASET, Optional(FILES)))
def load_dataset(asked: Mapping[Dtypes, Dataset | Failure], written: tuple[Written | Failure]) -> Verdict:
    """A TensorDataset of float32 x and y with the values of the files."""
    seen = asked[_own_dtypes(written[0])]
    return verdict_of(seen) if isinstance(seen, Failure) else _loaded(seen)


def _own_dtypes(written: Written | Failure) -> Dtypes:
    """The dtypes of the student's own files; where there are none, those that need both conversions."""
    if isinstance(written, Failure):
        return "float64", "int64"
    x, y = (written.arrays.get(f"train/{name}") for name in ("x", "y"))
    return (
        "float32" if isinstance(x, np.ndarray) and x.dtype == np.float32 else "float64",
        "float32" if isinstance(y, np.ndarray) and y.dtype == np.float32 else "int64",
    )


def _loaded(seen: Dataset) -> Verdict:
    if seen.kind != "TensorDataset":
        return failed("not-a-tensordataset", say("It returns a {kind}, not a TensorDataset.", kind=seen.kind))
    if len(seen.tensors) != 2:
        return failed("wrong-shape", say("The dataset holds {count} tensors, not x and y.", count=len(seen.tensors)))
    x, y = (np.asarray(one["values"]) for one in seen.tensors)
    dtypes = [str(one["dtype"]).removeprefix("torch.") for one in seen.tensors]
    return _modified(seen) or _swapped(seen, x, y) or _values(seen, x, y) or _dtypes(*dtypes) or passed()


def _modified(seen: Dataset) -> Verdict | None:
    same = all(
        isinstance(after, np.ndarray) and np.array_equal(before, after)
        for before, after in ((seen.x, seen.x_after), (seen.y, seen.y_after))
    )
    return None if same else failed("files-modified", say("Loading the files changed them on disk."))


def _swapped(seen: Dataset, x: Array, y: Array) -> Verdict | None:
    swapped = x.size == seen.y.size and y.size == seen.x.size
    return failed("swapped", say("x and y are swapped.")) if swapped else None


def _values(seen: Dataset, x: Array, y: Array) -> Verdict | None:
    size = len(seen.y)
    if x.size != seen.x.size or len(x) != size or y.shape not in ((size,), (size, 1)):
        return failed("wrong-shape", say("x has the shape {x} and y the shape {y}.", x=str(x.shape), y=str(y.shape)))
    mine, ours = x.reshape(size, -1).astype(float), seen.x.reshape(size, -1)
    if np.allclose(mine, ours, atol=1e-5) and np.allclose(y.reshape(-1).astype(float), seen.y):
        return None
    if np.allclose(np.sort(mine, axis=0), np.sort(ours, axis=0), atol=1e-5):
        return failed("order-lost", say("The examples are no longer in the order of the files."))
    return failed("values-changed", say("The values are not those of the files."))


def _dtypes(x: str, y: str) -> Verdict | None:
    if x != "float32":
        return failed("float64", say("x is {dtype}; the network's weights are float32.", dtype=x))
    if y != "float32":
        return failed("labels-not-float", say("y is {dtype}; BCEWithLogitsLoss wants float32.", dtype=y))
    return None


@suite.criterion("data.loaders", observe=(LOADERS, DATASET_OR_NONE))
def loaders(seen: Loaders, asked: tuple[Mapping[Dtypes, Dataset | Failure] | Failure]) -> Verdict:
    """Train is shuffled, validation and test come in order, every example once an epoch."""
    if seen.epochs.keys() < set(SETS):
        return failed("examples-lost", say("There are {count} loaders, not three.", count=len(seen.epochs)))
    dataset = asked[0] if isinstance(asked[0], Failure) else asked[0]["float32", "int64"]
    if not isinstance(dataset, Failure) and _loaded(dataset).status is not Status.PASS:
        seen = _as_loaded(seen)
    for name in SETS:
        if problem := _set(seen, name):
            return problem
    orders = {name: [_rows(seen, name, epoch) for epoch in seen.epochs[name]] for name in SETS}
    ordered = {name: all(order == sorted(order) for order in orders[name]) for name in SETS}
    if ordered["train"]:
        return failed("train-not-shuffled", say("The train loader gives the examples in the order of the file."))
    if not ordered["valid"] or not ordered["test"]:
        return passed(say("The validation or test loader is shuffled, which is of no use."))
    return passed()


def _as_loaded(seen: Loaders) -> Loaders:
    """The loaders beside their own datasets, an example being its x and its y: what load_dataset did is paid there."""
    own = {name: _joined(one) for name, one in seen.own.items() if one and "rows" in one}
    if any(len(own.get(name, ())) != len(seen.sets[name][1]) for name in SETS):
        return seen
    sets = {name: (rows, np.zeros(len(rows), np.int64)) for name, rows in own.items()}
    epochs = {name: [[_relabelled(batch) for batch in epoch] for epoch in two] for name, two in seen.epochs.items()}
    return replace(seen, sets=sets, epochs=epochs)


def _joined(batch: Mapping[str, Value]) -> Array:
    rows, labels = (_array(batch.get(key)).astype(np.float32) for key in ("rows", "labels"))
    return np.concatenate([rows.reshape(len(rows), -1), labels.reshape(len(labels), -1)], axis=1)


def _relabelled(batch: Mapping[str, Value]) -> dict[str, Value]:
    joined = _joined(batch) if "rows" in batch else np.zeros((0, 2))
    return {**batch, "rows": joined, "labels": np.zeros(len(joined))}


def _set(seen: Loaders, name: str) -> Verdict | None:
    for epoch in seen.epochs[name]:
        if any("size" not in batch for batch in epoch):
            return failed("wrong-set", say("The {set} loader does not give pairs (x, y).", set=name))
        rows = _rows(seen, name, epoch)
        if -1 in rows:
            return failed("wrong-set", say("The {set} loader gives examples of another set.", set=name))
        if problem := _batches(seen, name, [int(str(batch["size"])) for batch in epoch], rows):
            return problem
        if not _labelled(seen, name, epoch, rows):
            return failed("wrong-set", say("The {set} loader gives labels of other examples.", set=name))
    return None


def _batches(seen: Loaders, name: str, sizes: Sequence[int], rows: Sequence[int]) -> Verdict | None:
    total, batch = len(seen.sets[name][1]), seen.batch_size
    dropped = name == "train" and len(rows) == total - total % batch
    if name != "train":
        # Nothing is learned from these: twice the size, or the whole set at once, is as good, and faster.
        batch = max(batch, *sizes[:1])
    if any(size != batch for size in sizes[:-1]) or (sizes and sizes[-1] > batch):
        return failed(
            "batch-size-ignored",
            say(
                "Batches of {size} were asked for; the {set} loader gives {sizes}.",
                size=batch,
                set=name,
                sizes=str(sorted(set(sizes))),
            ),
        )
    if len(set(rows)) < len(rows) or (len(rows) < total and not dropped):
        return failed(
            "examples-lost",
            say(
                "In an epoch the {set} loader gives {seen} different examples of {all}.",
                set=name,
                seen=len(set(rows)),
                all=total,
            ),
        )
    return None


def _rows(seen: Loaders, name: str, epoch: Sequence[Mapping[str, Value]]) -> list[int]:
    """The index of each example in the file of its set, -1 for one of another set."""
    given = [np.asarray(row, np.float32) for batch in epoch for row in _array(batch.get("rows"))]
    width = len(given[0]) if given else 1
    ours = seen.sets[name][0].reshape(len(seen.sets[name][1]), -1)[:, :width]
    known = {row.astype(np.float32).tobytes(): index for index, row in enumerate(ours)}
    return [known.get(row.tobytes(), -1) for row in given]


def _labelled(seen: Loaders, name: str, epoch: Sequence[Mapping[str, Value]], rows: Sequence[int]) -> bool:
    labels = np.concatenate([_first(batch) for batch in epoch])
    return len(labels) == len(rows) and bool((labels == seen.sets[name][1][list(rows)]).all())


def _array(value: Value) -> NDArray[np.generic]:
    return value if isinstance(value, np.ndarray) else np.asarray(value if isinstance(value, list) else [])


def _first(batch: Mapping[str, Value]) -> NDArray[np.float64]:
    """One label an example, even where something larger stands in its place."""
    labels = _array(batch.get("labels"))
    return labels.reshape(len(labels), -1)[:, 0].astype(float) if labels.size else np.zeros(0)
