"""Ask a network: what a pass goes through, what it answers, how its weights start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import cast

import numpy as np
from pydantic import ConfigDict

from graders.laws.trace import Network
from graders.observe.context import Context
from graders.observe.initialiser import elsewhere, initialiser
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.wire import Array, Value

Shape = tuple[int, int]
Sizes = tuple[tuple[str, int], ...]
SECONDS = 30


def recipe(context: Context, name: str, shape: Shape, sizes: Sizes = ()) -> Value:
    """How the student's network is built for inputs of (freq, time), with these sizes by the names of its parameters."""
    bound = context.bound(name)
    assert bound is not None, "asked only where the name is bound"
    freq, time = shape
    ours: dict[str, Value] = {"input_size": freq * time, "n_freq": freq, "n_time": time, "input_shape": [freq, time]}
    values: Mapping[str, Value] = dict(sizes) or ours
    afterwards = context.remembered(("initialiser", name), lambda: initialiser(context.binding, bound))
    return {"subject": cast("Value", bound.subject), "values": dict(values), "initialiser": afterwards}


def inputs(rng: np.random.Generator, size: int, shape: Shape) -> Array:
    """Standard normal inputs (size, freq, time) float32."""
    return rng.standard_normal((size, *shape)).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Forward:
    """A probe: one pass in each mode, traced."""

    name: str
    shape: Shape
    size: int
    group: str = "network"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request."""
        if seen or context.missing(self.name):
            return ()
        x = inputs(context.rng(f"forward {self.name}"), self.size, self.shape)
        return (Request("forward", {"recipe": recipe(context, self.name, self.shape), "x": x}, self.group, SECONDS),)

    def read(self, context: Context, seen: Sequence[Observation]) -> Network | Failure:
        """The network as the trace shows it; its input is our own copy."""
        if missing := context.missing(self.name):
            return missing
        network = _NETWORK.read(seen[0])
        if isinstance(network, Failure):
            return network
        x = inputs(context.rng(f"forward {self.name}"), self.size, self.shape)
        passes = {mode: getattr(network, mode) for mode in ("training", "evaluating")}
        ours = {
            mode: one.model_copy(update={"input": x.reshape(one.input.shape)})
            for mode, one in passes.items()
            if one.input.size == x.size
        }
        return network.model_copy(update=ours)


_NETWORK = Reader(Network)


@dataclass(frozen=True, eq=False)
class Answer:
    """A batch of inputs, and what the network answered: an array, or another value."""

    size: int
    shape: Shape
    answered: Value


@dataclass(frozen=True, eq=False)
class Answers:
    """A probe: networks of several input sizes, each asked about batches of several sizes, in evaluation mode."""

    name: str
    shapes: tuple[Shape, ...]
    batches: tuple[int, ...]
    group: str = "network"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request."""
        if seen or context.missing(self.name):
            return ()
        rng = context.rng(f"answers {self.name}")
        recipes = [recipe(context, self.name, shape) for shape in self.shapes]
        asked = [[inputs(rng, size, shape) for size in self.batches] for shape in self.shapes]
        return (Request("answers", {"recipes": recipes, "inputs": asked}, self.group, SECONDS),)

    def read(self, context: Context, seen: Sequence[Observation]) -> list[Answer] | Failure:
        """The answers, in the order of shapes and batches."""
        if missing := context.missing(self.name):
            return missing
        told = _ANSWERS.read(seen[0])
        if isinstance(told, Failure):
            return told
        return [
            Answer(size, shape, cast("Value", answered))
            for shape, row in zip(self.shapes, told, strict=False)
            for size, answered in zip(self.batches, row, strict=False)
        ]


_ANSWERS = Reader(list[list[object]])


@dataclass(frozen=True, eq=False)
class Drawn:
    """A parameter at many seeds: its shape, its values (seeds, values) in row-major order, its extremes over all."""

    __pydantic_config__ = ConfigDict(arbitrary_types_allowed=True)

    shape: tuple[int, ...]
    values: Array
    low: float
    high: float

    @property
    def fits(self) -> bool:
        """Whether these are values of such a parameter."""
        return self.values.ndim == 2 and self.values.dtype.kind in "biuf" and self.values.shape[1] <= prod(self.shape)


@dataclass(frozen=True, eq=False)
class Weights:
    """Every parameter at many seeds, and what the source says of functions that initialise and are never called, and of
    initial values that are drawn where they cannot be looked at apart."""

    parameters: Mapping[str, Drawn]
    never_called: tuple[str, ...]
    elsewhere: bool = False


@dataclass(frozen=True, eq=False)
class InitialWeights:
    """A probe: the parameters of `seeds` networks that were just built."""

    name: str
    shape: Shape
    seeds: int
    group: str = "network"
    sizes: Sizes = ()

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One request."""
        if seen or context.missing(self.name):
            return ()
        rng = context.rng(f"weights {self.name}")
        seeds = [int(seed) for seed in rng.integers(1, 2**31, self.seeds)]
        arguments: dict[str, Value] = {
            "recipe": recipe(context, self.name, self.shape, self.sizes),
            "seeds": seeds,
            "x": inputs(rng, 2, self.shape),
        }
        return (Request("initial_weights", arguments, self.group, SECONDS),)

    def read(self, context: Context, seen: Sequence[Observation]) -> Weights | Failure:
        """The parameters by name."""
        if missing := context.missing(self.name):
            return missing
        told, bound = _WEIGHTS.read(seen[0]), context.bound(self.name)
        if isinstance(told, Failure) or bound is None:
            return told if isinstance(told, Failure) else Failure("missing")
        if odd := [name for name, one in told.items() if not one.fits]:
            return Failure("unreadable", message=odd[0][:80])
        return Weights(told, context.binding.never_called, elsewhere(context.binding, bound))


_WEIGHTS = Reader(dict[str, Drawn])
