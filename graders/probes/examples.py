"""Examples and their labels as a plan gives them to student code, an augmentation that remembers, and what a loader gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import TensorDataset

from graders.probes.wire import Array

MOST_BATCHES, MOST_CALLS = 4_000, 200


class Labelled(TensorDataset):
    """A dataset whose x and y stand under every name that is looked for."""

    def __init__(self, x: Array, y: Array) -> None:
        """Tensors of their own."""
        first, second = torch.from_numpy(np.array(x)), torch.from_numpy(np.array(y))
        super().__init__(first, second)
        self.x = self.X = self.data = self.features = first
        self.y = self.Y = self.labels = self.targets = self.target = second


def labelled(x: Array, y: Array) -> Labelled:
    """Such a dataset."""
    return Labelled(x, y)


class Augmentation:
    """Adds the number of its call to x, so that no two calls give the same; whatever else it is given stays."""

    def __init__(self) -> None:
        """Nothing was augmented yet."""
        self.calls, self.given = 0, list[Any]()

    def __call__(self, x: Any, *others: Any) -> Any:
        """A new x; a pair where a pair was given."""
        if isinstance(x, tuple | list) and len(x) == 2:  # (x, y)
            return self(*x)
        self.calls += 1
        if len(self.given) < MOST_CALLS:
            self.given.append(x.detach().clone() if isinstance(x, Tensor) else np.array(x))
        return (x + self.calls, *others) if others else x + self.calls


def augmentation() -> Augmentation:
    """Such an augmentation."""
    return Augmentation()


def items(dataset: Any, most: int) -> list[Any]:
    """What a for loop over a dataset gives, at most so many."""
    return list(islice(iter(dataset), most))


def epochs(loader: Iterable[Any], count: int) -> list[list[Any]]:
    """The batches of several epochs, each as (x, y)."""
    return [[_pair(batch) for batch in islice(iter(loader), MOST_BATCHES)] for _ in range(count)]


def _pair(batch: Any) -> list[Any]:
    parts = list(batch.values()) if isinstance(batch, Mapping) else batch
    return [torch.as_tensor(one) for one in parts]
