"""Metrics in what a training returned or printed: which metric, of which set, at which epoch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from graders.laws.naming import KINDS, METRICS, metric_of, set_of
from graders.laws.printed import Named, named_values

Found = dict[tuple[str, str], list[float]]
NUMBERS = (int, float, np.generic)


class Series(NamedTuple):
    """Numbers that stand together, with the keys and the places that lead to them."""

    path: tuple[str | int, ...]
    values: Sequence[float]

    @property
    def name(self) -> str:
        """Its keys."""
        return "_".join(part for part in self.path if isinstance(part, str))


def from_history(history: object) -> Found:
    """{(set, metric): one value an epoch} from lists of dicts, dicts of lists, nested in any order.

    Where nothing names the sets, two parts are those of train and of validation.
    """
    series = [one for one in _series(history, ()) if metric_of(one.name)]
    kinds = [set_of(one.name) for one in series]
    parts = list(dict.fromkeys(one.path[0] for one in series))
    if not any(kinds) and len(parts) == len(KINDS):
        kinds = ["train" if one.path[0] == parts[0] else "valid" for one in series]
    return _gathered(
        Named(kind, str(metric_of(one.name)), value)
        for kind, one in zip(kinds, series, strict=True)
        for value in one.values
    )


def _series(value: object, path: tuple[str | int, ...]) -> Iterator[Series]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _series(item, (*path, str(key)))
    elif isinstance(value, np.ndarray):
        yield Series(path, value.astype(float).ravel().tolist())
    elif isinstance(value, NUMBERS):
        yield Series(path, [float(value)])
    elif isinstance(value, list | tuple):
        yield from _listed(value, path)


def _listed(values: Sequence[object], path: tuple[str | int, ...]) -> Iterator[Series]:
    """Numbers alone are one series: there may be one for each of thousands of batches."""
    numbers = [float(value) for value in values if isinstance(value, NUMBERS)]
    if len(numbers) == len(values):
        yield Series(path, numbers)
    else:
        for place, item in enumerate(values):
            yield from _series(item, (*path, place))


def from_text(text: str) -> Found:
    """The same from printed lines."""
    return _gathered(named_values(text))


def _gathered(values: Iterable[Named]) -> Found:
    """One list for each set and metric. What is there with the name of one set and without is of both: Keras writes
    accuracy and val_accuracy."""
    found: dict[tuple[str | None, str], list[float]] = {}
    for one in values:
        found.setdefault((one.kind, one.metric), []).append(one.value)
    for metric in METRICS:
        absent = [kind for kind in KINDS if (kind, metric) not in found]
        if len(absent) == 1 and (None, metric) in found:
            found[absent[0], metric] = found[None, metric]
    return {(kind, metric): some for (kind, metric), some in found.items() if kind}


def unnamed(history: object, text: str) -> bool:
    """Whether there are metrics, and nothing says of which set: then which set lacks one is not known."""
    returned = [set_of(one.name) for one in _series(history, ()) if metric_of(one.name)]
    kinds = [*returned, *(one.kind for one in named_values(text))]
    return bool(kinds) and not any(kinds)


def words(absent: Sequence[tuple[str, str]], *, alone: bool) -> list[str]:
    """What is missing; the metric `alone` where its set is not known, or where both sets lack it."""
    both = {metric for _, metric in absent if all((one, metric) in absent for one in KINDS)}
    said = (metric if alone or metric in both else f"{kind} {metric}" for kind, metric in absent)
    return list(dict.fromkeys(said))


def missing(found: Found, epochs: int) -> Sequence[tuple[str, str]]:
    """(set, metric) of what does not stand there at every epoch."""
    return [(kind, metric) for kind in KINDS for metric in METRICS if len(found.get((kind, metric), ())) < epochs]
