"""What a convolutional network is made of, read from its traced pass: stages, each with the size of what it gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.laws.images import max_pool2d, two
from graders.laws.linear import bias, linear_map
from graders.laws.pointwise import shown
from graders.laws.replay import plain_name, values
from graders.laws.trace import Pass, Step

POOLS = {
    "max_pool2d": "max_pool",
    "max_pool2d_with_indices": "max_pool",
    "avg_pool2d": "avg_pool",
    "adaptive_avg_pool2d": "adaptive_pool",
    "adaptive_max_pool2d": "adaptive_pool",
}
# What gives the largest values of windows that were laid apart before: x.unfold(2, 2, 2).unfold(3, 2, 2).amax((-1, -2)).
LARGEST = frozenset(("amax", "max"))
ACTIVATIONS = frozenset("relu softmax log_softmax sigmoid tanh leaky_relu gelu elu selu silu softplus".split())
NOTED = {
    "batch_norm": "norm",
    "layer_norm": "norm",
    "dropout": "dropout",
    "dropout2d": "dropout",
    "feature_dropout": "dropout",
}


@dataclass(frozen=True)
class Stage:
    """`kind`: conv, linear, a pool, norm, dropout, or the name of an activation. `numbers`: of a convolution (in, out, kernel,
    stride, padding), of a linear map (in, out), of a pool (kernel, stride, padding). `shape` is what it gives to one example."""

    kind: str
    numbers: tuple[int, ...]
    shape: tuple[int, ...]
    bias: bool = True


def stages(traced: Pass) -> list[Stage]:
    """What the input goes through, in order; what only gives it another shape is no stage."""
    known, steps = values(traced), traced.contributing
    return [
        stage
        for place, step in enumerate(steps)
        if traced.flowing & {*step.inputs}
        for stage in _stage(traced, step, known, steps[place + 1 :])
    ]


def _stage(
    traced: Pass, step: Step, known: Mapping[int, NDArray[np.float64]], after: Sequence[Step]
) -> Iterator[Stage]:
    name, made = plain_name(step.op), known.get(step.makes[0])
    shape = made.shape[1:] if made is not None else ()
    if name == "conv2d":
        yield Stage("conv", _of_convolution(traced, step), shape, bias=step.argument(2, "bias") is not None)
    elif name in POOLS:
        yield Stage(POOLS[name], _of_pool(name, step), shape)
    elif name in LARGEST and (side := _window(traced, step, known)):
        yield Stage("max_pool", (side, side, 0), shape)
    elif (found := linear_map(traced, step)) is not None:
        has_bias = bias(traced, found, after) is not None
        yield Stage("linear", (found.weight.shape[1], found.weight.shape[0]), shape, bias=has_bias)
    elif name in NOTED:
        yield Stage(NOTED[name], (), shape)
    elif activation := _activation(name, step, known):
        yield Stage(activation, (), shape)


def _of_convolution(traced: Pass, step: Step) -> tuple[int, ...]:
    number = step.inputs[1]
    weight = traced.leaves[number].array if number in traced.leaves else np.zeros((0, 0, 0, 0))
    padding = step.argument(4, "padding", 0)
    size = weight.shape[-1]
    border = {"same": size // 2, "valid": 0}.get(padding, -1) if isinstance(padding, str) else _one(padding)
    return (weight.shape[1], weight.shape[0], size, _one(step.argument(3, "stride", 1)), border)


def _of_pool(name: str, step: Step) -> tuple[int, ...]:
    kernel = step.argument(1, "kernel_size", 0)
    if name.startswith("adaptive"):
        return ()
    stride = step.argument(2, "stride") or kernel
    return _one(kernel), _one(stride), _one(step.argument(3, "padding", 0))


def _window(traced: Pass, step: Step, known: Mapping[int, NDArray[np.float64]]) -> int | None:
    """The side of the windows, side by side, of an earlier image of which these are the largest values."""
    made = known.get(step.makes[0])
    makers = traced.behind(step.makes[0])[:-1]
    images = [image for one in makers if (image := known.get(one.makes[0])) is not None and image.ndim == 4]
    if made is None or made.ndim != 4 or 0 in made.shape:
        return None
    sides = ((image, image.shape[-1] // made.shape[-1]) for image in reversed(images))
    return next((side for image, side in sides if side > 1 and _same(max_pool2d(image, side), made)), None)


def _same(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return one.shape == other.shape and np.allclose(one, other, atol=1e-5)


def _one(sizes: object) -> int:
    """One number where both are the same; -1 where they differ."""
    pair = two(sizes) if isinstance(sizes, int | Sequence) else (-1, -1)
    return int(pair[0]) if pair[0] == pair[1] else -1


def _activation(name: str, step: Step, known: Mapping[int, NDArray[np.float64]]) -> str | None:
    if name in ACTIVATIONS:
        return name
    before, after = known.get(step.inputs[0]), known.get(step.makes[0])
    if before is None or after is None or before.shape != after.shape or np.array_equal(before, after):
        return None
    return shown(before.reshape(-1), after.reshape(-1))
