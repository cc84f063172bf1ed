"""Question 1.2: the six files, and that no example is in two sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from graders.language import Message, say
from graders.laws import invariance, splits
from graders.laws.failure import verdict_of
from graders.observe.files import SETS, SIX, Written
from graders.probes.wire import Array, Value
from graders.report.pictures import Images
from graders.verdict import Verdict, failed, passed

from .declared import FILES, examples, given, listed, origins, pooled, suite

PAIRS = (("train", "valid"), ("train", "test"), ("valid", "test"))


@suite.criterion("splits.files", observe=FILES)
def six_files(written: Written) -> Verdict:
    """Each set has its x.npy and y.npy, which belong together."""
    missing = sorted(SIX - written.arrays.keys())
    if missing:
        return (
            verdict_of(written.ended_by)
            if written.ended_by
            else failed(
                "files-missing",
                say("These files are missing: {files}.", files=listed(f"{name}.npy" for name in missing)),
            )
        )
    problem = next((found for name in SETS if (found := _problem(written, name))), None)
    return problem or passed(*_notes(written))


def _problem(written: Written, name: str) -> Verdict | None:
    x, y = written.arrays[f"{name}/x"], written.arrays[f"{name}/y"]
    for file, value in (("x", x), ("y", y)):
        if not isinstance(value, np.ndarray):
            return _unreadable(f"{name}/{file}.npy", value)
    assert isinstance(x, np.ndarray), "just seen"
    assert isinstance(y, np.ndarray), "just seen"
    return _wrong_x(name, x) or _wrong_y(name, x, y) or _misaligned(written, name, x, y)


def _unreadable(file: str, value: Value) -> Verdict:
    if isinstance(value, Mapping) and value.get("unreadable") == "damaged":
        return failed("files-missing", say("{file} cannot be read as an array.", file=file))
    return failed("object-array", say("{file} holds Python objects, not numbers: np.load refuses it.", file=file))


def _wrong_x(name: str, x: Array) -> Verdict | None:
    if x.dtype.kind != "f":
        return failed("not-float", say("{file} holds {dtype}, not floats.", file=f"{name}/x.npy", dtype=x.dtype.name))
    if not np.isfinite(x).all():
        return failed("not-finite", say("{file} holds NaN or infinity.", file=f"{name}/x.npy"))
    if x.ndim < 2 or not x.size:
        return failed(
            "files-missing",
            say(
                "{file} has the shape {shape}: no examples can be told apart.", file=f"{name}/x.npy", shape=str(x.shape)
            ),
        )
    return None


def _wrong_y(name: str, x: Array, y: Array) -> Verdict | None:
    if y.shape not in ((len(x),), (len(x), 1)):
        return failed(
            "lengths-differ", say("In {set}, x has {x} rows and y the shape {y}.", set=name, x=len(x), y=str(y.shape))
        )
    values = np.unique(y)
    if y.dtype.kind in "fiub" and (np.isin(values, (0, 1)).all() or _affine(y, values)):
        return None
    return failed("labels-not-binary", say("{file} holds other values than 0 and 1.", file=f"{name}/y.npy"))


def _affine(y: Array, values: Array) -> bool:
    """Standardized labels: paid at the formula, not here."""
    return y.dtype.kind == "f" and len(values) == 2 and bool(values[0] < 0 < values[1])


def _misaligned(written: Written, name: str, x: Array, y: Array) -> Verdict | None:
    """Match rows, not order: a set may be shuffled or oversampled, x and y together."""
    _, labels = pooled(written.seed)
    origin = origins(written).get(name, np.empty(0, np.intp))
    known = origin >= 0
    if len(origin) != len(x):
        return None
    positive = y.reshape(-1)[known].astype(float) > 0
    if known.any() and (positive != labels[origin[known]]).mean() > 0:
        return failed("labels-shuffled", say("In {set}, rows of x stand beside the labels of other rows.", set=name))
    return None


def _notes(written: Written) -> Sequence[Message]:
    sizes = {name: len(np.asarray(written.arrays[f"{name}/x"])) for name in SETS}
    expected = {name: len(x) for name, (x, _) in given(written.seed).items()}
    if sizes == expected:
        return ()
    return (
        say(
            "The sets have other sizes than the folders: {sizes}.",
            sizes=listed(f"{name} {size}" for name, size in sizes.items()),
        ),
    )


@suite.criterion("splits.disjoint", observe=FILES)
def disjoint(written: Written) -> Verdict:
    """No example is in two sets, however each set was standardized."""
    sets = examples(written)
    if len(sets) < 2:
        return (
            verdict_of(written.ended_by)
            if written.ended_by
            else failed("files-missing", say("Whether the sets are disjoint cannot be seen: files are missing."))
        )
    shared = in_both(written)
    worst = max(shared, key=lambda pair: len(shared[pair]))
    if not len(shared[worst]):
        return passed(*_resplit(written))
    return _overlap(written, sets, worst, shared[worst])


@lru_cache(maxsize=4)
def in_both(written: Written) -> Mapping[tuple[str, str], Array]:
    """For each pair of sets, the pairs of rows (k, 2) that are one example."""
    sets = {name: invariance.Examples(x) for name, x in examples(written).items()}
    return {(a, b): splits.in_both(sets[a], sets[b]) for a, b in PAIRS if a in sets and b in sets}


def _overlap(written: Written, sets: Mapping[str, Array], pair: tuple[str, str], rows: Array) -> Verdict:
    first, second = pair
    count = len(np.unique(rows[:, 1]))
    if pair == ("valid", "test") and count == len(sets["test"]):
        return failed("test-is-valid", say("The test set is the validation set."))
    told = say("{count} examples of {second} are in {first} as well.", count=count, first=first, second=second)
    if _is_resplit(written):
        return failed("resplit-overlaps", say("The pooled data was split again, and the new sets overlap."), told)
    return failed("rows-copied", told)


def _is_resplit(written: Written) -> bool:
    """Whether every set draws from the folders of the others."""
    folder = np.repeat(np.arange(len(SETS)), [len(x) for x, _ in given(written.seed).values()])
    return all(len(np.unique(folder[origin[origin >= 0]])) > 1 for origin in origins(written).values())


def _resplit(written: Written) -> Sequence[Message]:
    if _is_resplit(written):
        return (say("The data of the three folders was pooled and split again, without overlap."),)
    return ()


@suite.picture("splits.disjoint", observe=FILES)
def shown(written: Written) -> Sequence[Images]:
    """One example that is in two sets, as it stands in each."""
    sets = examples(written)
    for (first, second), rows in in_both(written).items():
        if len(rows):
            i, j = rows[0]
            return [
                Images(
                    say("One example that is in two sets"),
                    (
                        (say("{set}, row {row}", set=first, row=int(i)), sets[first][i]),
                        (say("{set}, row {row}", set=second, row=int(j)), sets[second][j]),
                    ),
                )
            ]
    return ()
