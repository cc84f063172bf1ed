"""A plan of steps in the making: what a suite says to student objects, one step a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from graders.observe.context import Context
from graders.probes.wire import Array, Value

Heard = Mapping[str, object]
Names = str | Sequence[str]


@dataclass(frozen=True)
class Ref:
    """The result of a step, or another part of what was seen at it: it may stand wherever a value may."""

    number: int
    part: str = "value"

    @property
    def events(self) -> Ref:
        """What the watched training did; see `graders.probes.recorder`."""
        return Ref(self.number, "events")

    @property
    def printed(self) -> Ref:
        """What was printed."""
        return Ref(self.number, "printed")

    @property
    def figures(self) -> Ref:
        """What was drawn; `graders.observe.figures` reads it."""
        return Ref(self.number, "figures")

    @property
    def held(self) -> Ref:
        """What the object holds whose method was called."""
        return Ref(self.number, "held")

    @property
    def seconds(self) -> Ref:
        """How long it took."""
        return Ref(self.number, "seconds")

    @property
    def gpu(self) -> Ref:
        """What was done on a pretended graphics card; see `graders.probes.accelerator`."""
        return Ref(self.number, "gpu")

    @property
    def learning(self) -> Ref:
        """Which optimizers were made, and what they learned by; `graders.observe.learning` reads it."""
        return Ref(self.number, "learning")

    @property
    def operations(self) -> Ref:
        """What was called; see `graders.probes.operations`."""
        return Ref(self.number, "operations")


class Talk:
    """A plan in the making. Each method adds a step, and gives the reference of its result."""

    def __init__(self, context: Context, rng: np.random.Generator) -> None:
        """Begin with no step; `rng` is what inputs are drawn from."""
        self.context, self.rng = context, rng
        self.steps: list[dict[str, Value]] = []
        self.missing: list[str] = []
        self._count = [0]

    def normal(self, *shape: int) -> Array:
        """Standard normal float64 values."""
        return self.rng.standard_normal(shape)

    def knows(self, name: str) -> bool:
        """Whether the submission defines this expected name."""
        return self.context.bound(name) is not None

    def call(self, name: str, /, *, how: How | None = None, **values: object) -> Ref:
        """Call what is bound to an expected name, with the value of each expected parameter; a class builds an object."""
        bound = self.context.bound(name)
        if bound is None:
            self.missing.append(name)
        about = self.context.bound(how.about) if how else None
        subject = cast("Value", bound.about(about).subject) if bound else None
        return self.add({"do": "call", "subject": subject, "values": self._values(values)}, how)

    def method(self, of: object, names: Names, /, *args: object, how: How | None = None, **named: object) -> Ref:
        """Call the first of these methods that the object has; "" is the object itself."""
        given: dict[str, Value] = {"args": [value_of(one) for one in args], "named": self._values(named)}
        return self.add({"do": "method", "of": value_of(of), "names": listed(names), **given}, how)

    def get(self, of: object, *names: str, how: How | None = None) -> Ref:
        """The first of these attributes or keys that exists: "weight", "layers.0.W"."""
        return self.add({"do": "get", "of": value_of(of), "names": list(names)}, how)

    def set(self, of: object, value: object, *names: str) -> Ref:
        """Give the first of these attributes or keys that exists another value."""
        return self.add({"do": "set", "of": value_of(of), "names": list(names), "value": value_of(value)})

    def keep(self, value: object, *, tell: bool = False) -> Ref:
        """An object of ours, made once and used wherever the reference stands; told where that is wanted."""
        return self.add({"do": "keep", "value": value_of(value)}, How(quiet=not tell))

    def parameters(self, of: object) -> Ref:
        """The tensors of a network by name."""
        return self.add({"do": "parameters", "of": value_of(of)})

    def trace(self, of: object, x: Array | Ref, *, training: bool = False) -> Ref:
        """One forward pass of a network, as `graders.laws.trace.Pass` reads it."""
        return self.add({"do": "trace", "of": value_of(of), "args": [value_of(x)], "training": training})

    def make(self, kind: str, /, **values: object) -> Ref:
        """An object of ours that several steps speak of; see `given`."""
        return self.add({"do": "make", "value": self.given(kind, **values)}, How(quiet=True))

    def network(self, of: object) -> Ref:
        """The network in what a training returned."""
        return self.add({"do": "network", "of": value_of(of)}, How(quiet=True))

    def gradients(self, of: object, by: object, weights: Array) -> Ref:
        """The derivatives of a weighted sum of a tensor by the parameters of a network."""
        return self.add({"do": "gradients", "of": value_of(of), "by": value_of(by), "weights": weights})

    def replace(self, name: str, by: str, usual: Mapping[str, float]) -> Ref:
        """Put an "operator" of ours, a "network" or a "nudged" one, wherever the submission names its own; see
        `graders.probes.differential`."""
        bound = self.context.bound(name)
        if bound is None:
            self.missing.append(name)
        subject = cast("Value", bound.subject if bound else None)
        return self.add({"do": "replace", "subject": subject, "by": by, "usual": dict(usual)})

    def given(self, kind: str, /, **values: object) -> Value:
        """An object of ours; see `graders.probes.given`: given("loader", x=x, y=y, batch_size=16)."""
        return {"given": kind, **self._values(values)}

    def first(self, *ways: Callable[[Talk], object]) -> Ref:
        """The result of the first way that raises nothing: each is a function that adds its own steps."""
        return self.add({"do": "first", "ways": [self.inside(way) for way in ways]})

    def inside(self, way: Callable[[Talk], object]) -> Value:
        """The steps that a function adds, as a part of another step."""
        inside = Talk(self.context, self.rng)
        inside._count, inside.missing = self._count, self.missing
        way(inside)
        return cast("Value", inside.steps)

    def _values(self, values: Mapping[str, object]) -> dict[str, Value]:
        return {name: value_of(one) for name, one in values.items()}

    def add(self, step: dict[str, Value], how: How | None = None) -> Ref:
        """Add a step as it is sent; the methods above and `graders.observe.speech` make them."""
        self._count[0] += 1
        self.steps.append({**step, "number": self._count[0], **(how.told() if how else {})})
        return Ref(self._count[0])


@dataclass(frozen=True)
class How:
    """How a step is carried out: with arrays in the first of `forms` that raises nothing ("numpy", "torch", "floats",
    "list"), `observe`d ("printed", "operations", "events" of the network `watch`), under a `seed` of its own, `quiet`,
    with the gradients of autograd `scaled` by a factor, with L-BFGS going on so many times `longer`; what the grader has nothing
    to say for is said as the program says it `about` what an expected name makes."""

    forms: Sequence[str] = ()
    observe: Sequence[str] = ()
    watch: Ref | None = None
    seed: int | None = None
    quiet: bool = False
    scaled: float | None = None
    held: bool = False
    longer: int | None = None
    about: str = ""

    def told(self) -> dict[str, Value]:
        """What it adds to a step."""
        observe = [*self.observe, *(["events"] if self.watch else [])]
        said: dict[str, Value] = {
            "forms": list(self.forms),
            "observe": observe,
            "watch": value_of(self.watch),
            "seed": self.seed,
            "quiet": self.quiet,
            "scaled": self.scaled,
            "longer": self.longer,
            "held": self.held,
        }
        return {name: value for name, value in said.items() if value not in ([], None, False)}


def listed(names: Names) -> list[Value]:
    """One name or several, as they are sent."""
    return [names] if isinstance(names, str) else list(names)


def value_of(value: object) -> Value:
    """A value of the plan as it is sent."""
    if isinstance(value, Ref):
        return {"ref": value.number}
    if isinstance(value, Mapping):
        return {name: value_of(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [value_of(one) for one in value]
    return value.item() if isinstance(value, np.generic) else cast("Value", value)
