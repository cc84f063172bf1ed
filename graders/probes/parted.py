"""A part of what is given: the examples, or the labels, of a loader, for a program that cuts batches out of these by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import torch
from torch.utils.data import default_collate


def is_in(values: Mapping[str, object], expected: str) -> bool:
    """Whether there is a value for this, or for that of which it is a part."""
    return expected.partition(".")[0] in values


def part_of(values: Mapping[str, object], expected: str) -> object:
    """The value of `loader`; of loader.0 and loader.1 all its examples and all its labels."""
    whole, _, place = expected.partition(".")
    return values[expected] if expected in values else _tensors(values[whole])[int(place)]


def arrays(order: Sequence[tuple[str, str]], values: Mapping[str, object]) -> dict[str, object]:
    """The parts of what is given as arrays, for who cuts batches out of arrays; nothing where no parts are taken."""
    parts = [expected for _, expected in order if "." in expected and is_in(values, expected)]
    return {expected: cast("torch.Tensor", part_of(values, expected)).numpy() for expected in parts}


def _tensors(loader: object) -> list[torch.Tensor]:
    dataset: Any = cast("Any", loader).dataset
    held = getattr(dataset, "tensors", None) or default_collate([dataset[place] for place in range(len(dataset))])
    return [one.clone() for one in held]
