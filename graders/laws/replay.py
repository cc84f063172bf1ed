"""Compute a traced forward pass again, in NumPy and double precision: the proof behind a claimed structure.

Whoever owns the process owns what it says, so a trace may be invented. It is believed only if computing it again from its
own weights gives the outputs that the network gave on inputs of ours: then lying costs as much as solving.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graders.laws.images import IMAGES, MOST_VALUES
from graders.laws.operations import TABLE, CannotReplayError
from graders.laws.trace import Leaf, Pass, Step

Array = NDArray[np.float64]
TOLERANCE = 2e-3
OPERATIONS = {**TABLE, **IMAGES}


def values(traced: Pass) -> dict[int, Array]:
    """Every tensor of the pass that can be computed from its input and its leaves."""
    known = {traced.start: np.asarray(traced.input, float)}
    return _computed(traced, traced.contributing, known)


def constant(traced: Pass, number: int) -> Array | None:
    """The value of a tensor that does not depend on the input; None where it cannot be computed."""
    return _computed(traced, traced.behind(number), {}).get(number)


def _computed(traced: Pass, steps: Iterable[Step], known: dict[int, Array]) -> dict[int, Array]:
    known |= {number: _exact(leaf) for number, leaf in traced.leaves.items()}
    for step in steps:
        try:
            results = _results(step, known)
        except CannotReplayError:
            continue
        known |= dict(zip(step.makes, results, strict=False))
    return known


def _exact(leaf: Leaf) -> Array:
    return leaf.array.astype(float) if leaf.array.dtype.kind == "f" else leaf.array


def _results(step: Step, known: Mapping[int, Array]) -> list[Array]:
    operation = OPERATIONS.get(plain_name(step.op))
    if operation is None or not all(number in known for number in step.inputs):
        raise CannotReplayError(step.op)
    if not _fits([known[number].shape for number in step.inputs]):
        raise CannotReplayError("an array that is too large")
    try:
        with np.errstate(all="ignore"):
            made = operation(
                *(_given(one, known) for one in step.args),
                **{key: _given(one, known) for key, one in step.kwargs.items() if key != "out"},
            )
            several = made if isinstance(made, list) else [made]
            return [np.asarray(one) for one in several]
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, MemoryError) as error:
        raise CannotReplayError(step.op) from error


def _fits(shapes: Sequence[tuple[int, ...]]) -> bool:
    """Whether what broadcasting makes of these shapes, or a product of matrices, is no larger than a network needs."""
    try:
        largest = math.prod(np.broadcast_shapes(*shapes))
    except ValueError:
        largest = math.prod(shapes[0][:-1]) * max(max(shape, default=1) for shape in shapes[1:])
    return largest <= MOST_VALUES


def plain_name(op: str) -> str:
    """The name of an operation without the underscores of operators and of what works in place: __iadd__ and add_ are add."""
    inner = op.strip("_")
    return inner.removeprefix("i") if op.startswith("__i") and inner.removeprefix("i") in TABLE else inner


def _given(value: object, known: Mapping[int, Array]) -> object:
    if isinstance(value, dict) and "tensor" in value:
        return known[value["tensor"]]
    return [_given(item, known) for item in value] if isinstance(value, list) else value


def proof(traced: Pass) -> Literal["proven", "refuted", "unknown"]:
    """Whether the traced operations and weights give the outputs that were seen."""
    again = values(traced).get(traced.end) if traced.end is not None else None
    if again is None:
        reachable = traced.end == traced.start or traced.end in traced.makers
        return "unknown" if reachable else "refuted"
    seen = np.asarray(traced.output, float)
    scale = 1 + np.abs(again).max(initial=0)
    alike = seen.shape == again.shape and np.allclose(seen, again, atol=TOLERANCE * scale, equal_nan=True)
    return "proven" if alike else "refuted"
