"""What a network is made of, read from its traced passes: linear maps, and what stands between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.laws.operations import CannotReplayError
from graders.laws.replay import values
from graders.laws.trace import Leaf, Pass, Step

LINEAR = frozenset("linear matmul __matmul__ __rmatmul__ mm addmm einsum bilinear".split())
DROPOUTS = frozenset("dropout dropout_ alpha_dropout feature_alpha_dropout dropout1d dropout2d feature_dropout".split())
HANDMADE = frozenset("bernoulli bernoulli_ rand rand_like".split())
ACTIVATIONS = frozenset(
    "sigmoid tanh leaky_relu gelu elu selu celu silu mish softplus softsign softmax log_softmax hardtanh relu6 prelu rrelu "
    "logsigmoid hardswish hardsigmoid sin".split()
)
RELUS = frozenset("relu relu_".split())


@dataclass(frozen=True, eq=False)
class Layer:
    """A linear map: its weight as (fan_out, fan_in) with its name, its bias, and the operations up to the next one."""

    weight: NDArray[np.floating]
    name: str | None
    storage: int
    transposed: bool
    bias: Leaf | None
    after: tuple[Step, ...]
    makes: int


def layers(traced: Pass) -> list[Layer]:
    """The linear maps that the output depends on, in order."""
    steps = traced.contributing()
    flowing = _flowing(traced)
    places = [place for place, step in enumerate(steps) if _is_linear(step, flowing, traced)]
    ends = [*places[1:], len(steps)]
    return [
        _layer(traced, steps[place], tuple(steps[place + 1 : end])) for place, end in zip(places, ends, strict=True)
    ]


def _flowing(traced: Pass) -> frozenset[int]:
    """The tensors that depend on the input."""
    flowing = {traced.start}
    for step in traced.steps:
        if flowing & set(step.inputs):
            flowing |= set(step.makes)
    return frozenset(flowing)


def _is_linear(step: Step, flowing: frozenset[int], traced: Pass) -> bool:
    inputs = step.inputs
    return step.op in LINEAR and bool(flowing & set(inputs)) and _weight(traced, step, flowing) is not None


def _weight(traced: Pass, step: Step, flowing: frozenset[int]) -> tuple[int, Leaf, bool] | None:
    """The two-axis operand that does not depend on the input: its number, its leaf, whether it was transposed."""
    for number in step.inputs:
        origin, transposed = _origin(traced, number)
        leaf = traced.leaves.get(origin)
        if number not in flowing and leaf is not None and leaf.array.ndim == 2:
            return number, leaf, transposed
    return None


def _origin(traced: Pass, number: int) -> tuple[int, bool]:
    """The leaf that a tensor is a view or a function of, and whether it was transposed on the way."""
    made = traced.makers
    transposed = False
    while number in made and made[number].inputs:
        transposed ^= made[number].op in ("t", "T", "mT", "transpose", "permute")
        number = made[number].inputs[0]
    return number, transposed


def _layer(traced: Pass, step: Step, after: tuple[Step, ...]) -> Layer:
    found = _weight(traced, step, _flowing(traced))
    assert found is not None, "only linear maps come here"
    _, leaf, transposed = found
    upright = transposed or step.op == "linear"
    weight = leaf.array if upright else leaf.array.T
    return Layer(
        weight, leaf.name, leaf.storage, not upright, _bias(traced, step, after, len(weight)), after, step.makes[0]
    )


def _bias(traced: Pass, step: Step, after: Sequence[Step], width: int) -> Leaf | None:
    """A vector of the layer's width that the map takes, or that is added right after it."""
    following = after[:1] if after and after[0].op.strip("_") in ("add", "iadd", "radd") else ()
    origins = [_origin(traced, number)[0] for one in (step, *following) for number in one.inputs]
    leaves = [traced.leaves[origin] for origin in origins if origin in traced.leaves]
    return next((leaf for leaf in leaves if leaf.array.size == width and leaf.array.ndim in (1, 2)), None)


def activation(traced: Pass, layer: Layer) -> str | None:
    """What follows a layer: "relu" however it is written, the name of another activation, or None."""
    names = [step.op.removesuffix("_") for step in layer.after]
    if any(name in RELUS for name in names) or _acts_as_relu(traced, layer):
        return "relu"
    return next((name for name in names if name in ACTIVATIONS), None)


def _acts_as_relu(traced: Pass, layer: Layer) -> bool:
    """Whether some tensor after the layer is the positive part of an earlier one: clamp(min=0), x·(x>0), maximum, …"""
    try:
        known = values(traced)
    except CannotReplayError:
        return any(step.op.startswith("clamp") and step.argument(1, "min") == 0 for step in layer.after)
    numbers = [layer.makes, *(step.makes[0] for step in layer.after)]
    return any(
        _positive_part(known, before, after) for place, after in enumerate(numbers) for before in numbers[:place]
    )


def _positive_part(known: Mapping[int, NDArray[np.float64]], before: int, after: int) -> bool:
    one, other = known[before], known[after]
    return bool(one.shape == other.shape and (one < 0).any() and np.allclose(other, np.maximum(one, 0)))


@dataclass(frozen=True)
class Dropout:
    """A dropout that was called: its rate (None where the submission draws its own mask), and whether it was on."""

    rate: float | None
    on: bool


def dropouts(layer: Layer) -> list[Dropout]:
    """The dropouts between a layer and the next."""
    return [_dropout(step) for step in layer.after if step.op in DROPOUTS | HANDMADE]


def _dropout(step: Step) -> Dropout:
    if step.op in HANDMADE:
        return Dropout(None, True)
    rate, on = step.argument(1, "p", 0.5), step.argument(2, "training", True)
    return Dropout(float(rate) if isinstance(rate, int | float) else None, bool(on))


def unused(names: Sequence[str], used: Sequence[Layer]) -> list[str]:
    """Weights among `names` that no linear map of the pass reads."""
    return [name for name in names if name not in {layer.name for layer in used}]
