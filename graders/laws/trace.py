"""A forward pass as a probe wrote it down: operations on numbered tensors. It is a claim until it was computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Step(_Part):
    """One operation. In `args` and `kwargs` a tensor is {"tensor": number}; `makes` are the numbers of its results."""

    op: str
    args: list[object]
    kwargs: dict[str, object]
    makes: list[int]

    @cached_property
    def inputs(self) -> tuple[int, ...]:
        """The numbers of the tensors that go in, in order."""
        return tuple(_numbers([self.args, list(self.kwargs.values())]))

    def argument(self, place: int, name: str, default: object = None) -> object:
        """An argument given by place or by name."""
        return self.args[place] if len(self.args) > place else self.kwargs.get(name, default)


def _numbers(value: object) -> Iterator[int]:
    if isinstance(value, Mapping) and isinstance(value.get("tensor"), int):
        yield value["tensor"]
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(item)


class Leaf(_Part):
    """A tensor that no operation made: a weight (with its name) or a constant."""

    name: str | None
    value: np.ndarray | float | int | bool
    storage: int

    @property
    def array(self) -> np.ndarray:
        """Its values."""
        return np.asarray(self.value)


class Pass(_Part):
    """One forward pass: its input, every operation, the tensors it took, its output and that tensor's number."""

    input: np.ndarray
    start: int
    steps: list[Step]
    leaves: dict[int, Leaf]
    output: object
    end: int | None

    @cached_property
    def makers(self) -> dict[int, Step]:
        """The operation that made each tensor."""
        return {result: step for step in self.steps for result in step.makes}

    @cached_property
    def contributing(self) -> list[Step]:
        """The operations that the output depends on, in order: what is computed and dropped does not count."""
        return [] if self.end is None else self.behind(self.end)

    def behind(self, number: int) -> list[Step]:
        """The operations that a tensor depends on, in order."""
        wanted = {number}
        kept: list[Step] = []
        for step in reversed(self.steps):
            if wanted & set(step.makes):
                wanted |= set(step.inputs)
                kept.append(step)
        return kept[::-1]

    @cached_property
    def flowing(self) -> frozenset[int]:
        """The tensors that depend on the input."""
        flowing = {self.start}
        for step in self.steps:
            if flowing & set(step.inputs):
                flowing |= set(step.makes)
        return frozenset(flowing)


class NamedShape(_Part):
    """A parameter of the network."""

    name: str
    shape: list[int]


class Network(_Part):
    """What was seen of a network: its parameters, a pass in training mode and one in evaluation mode."""

    parameters: list[NamedShape]
    training: Pass
    evaluating: Pass
