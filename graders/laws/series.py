"""Series of numbers in what a training returned: one value an epoch, with the keys that lead to it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.laws.naming import metric_of, set_of

LOSS = re.compile(r"loss|perte|cout|cost|(?<![a-z])err|entropie|entropy")


@dataclass(frozen=True)
class Series:
    """Values, and the keys and places that lead to them: "train_loss", "train.loss", "" where nothing names them."""

    name: str
    values: tuple[float, ...]

    @property
    def measure(self) -> str | None:
        """ "loss", "accuracy" or what else its name says."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return "loss" if LOSS.search(plain) else metric_of(self.name)

    @property
    def kind(self) -> str | None:
        """ "train" or "valid", where its name says it."""
        return set_of(self.name)


def series(value: object, name: str = "", depth: int = 4) -> Iterator[Series]:
    """Every list of numbers, dicts of lists, lists of dicts or of rows, nested in any order."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu":
        value = value.tolist()
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from series(item, f"{name}.{key}" if name else str(key), depth - 1)
    elif isinstance(value, list) and value and depth > 0:
        yield from _of_list(value, name, depth)


def _of_list(value: Sequence[object], name: str, depth: int) -> Iterator[Series]:
    if all(isinstance(one, int | float) for one in value):
        yield Series(name, tuple(float(one) for one in value))  # type: ignore[arg-type]
    elif all(isinstance(one, Mapping) for one in value):
        keys = dict.fromkeys(key for one in value if isinstance(one, Mapping) for key in one)
        for key in keys:
            yield from series(
                [one.get(key) for one in value if isinstance(one, Mapping)],
                f"{name}.{key}" if name else str(key),
                depth - 1,
            )
    else:
        yield from _of_rows(value, name, depth)


def _of_rows(value: Sequence[object], name: str, depth: int) -> Iterator[Series]:
    """Several series side by side, or one row of a few numbers an epoch."""
    rows = [one for one in value if isinstance(one, list) and all(isinstance(x, int | float) for x in one)]
    if len(rows) == len(value) and len(rows) > len(rows[0]) and len({len(one) for one in rows}) == 1:
        for place, column in enumerate(zip(*rows, strict=True)):
            yield Series(f"{name}.{place}" if name else str(place), tuple(map(float, column)))
        return
    for place, one in enumerate(value):
        yield from series(one, f"{name}.{place}" if name else str(place), depth - 1)
