"""What a network is made of, read from its traced passes: linear maps, and what stands between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graders.laws.linear import Map, bias, linear_map, origins
from graders.laws.pointwise import shown
from graders.laws.replay import constant, plain_name, values
from graders.laws.trace import Leaf, Pass, Step

DROPOUTS = frozenset("dropout alpha_dropout feature_alpha_dropout dropout1d dropout2d feature_dropout".split())
HANDMADE = frozenset("bernoulli rand rand_like uniform randint binomial".split())
ACTIVATIONS = frozenset(
    "sigmoid special_expit tanh leaky_relu gelu elu selu celu silu mish softplus softsign softmax log_softmax hardtanh "
    "relu6 prelu rrelu log_sigmoid logsigmoid hardswish hardsigmoid sin".split()
)


@dataclass(frozen=True, eq=False)
class Layer:
    """A linear map: its weight as (fan_out, fan_in) with its name, its bias, and the operations up to the next one."""

    weight: NDArray[np.floating]
    name: str | None
    storage: int
    bias: Leaf | None
    after: tuple[Step, ...]
    makes: int


def layers(traced: Pass) -> list[Layer]:
    """The linear maps that the output depends on, in order; one that each row of the batch goes through by itself is one."""
    maps = [found for step in traced.contributing if (found := linear_map(traced, step))]
    again = _again(traced, maps)
    maps = [one for one in maps if one.number not in again]
    steps = _without(traced, again, {one.number for one in maps})
    regions = _regions(traced, steps, maps)
    return [
        _layer(traced, one, tuple(step for step in steps if regions.get(step.makes[0]) == place))
        for place, one in enumerate(maps)
    ]


def _again(traced: Pass, maps: Sequence[Map]) -> set[int]:
    """The maps by a weight that maps something else already, neither resting on the other."""
    first: dict[tuple[int, bytes], int] = {}
    again: set[int] = set()
    for one in maps:
        known = first.setdefault((one.leaf.storage, one.weight.tobytes()), one.number)
        if known != one.number and all(known not in step.makes for step in traced.behind(one.number)):
            again.add(one.number)
    return again


def _without(traced: Pass, again: set[int], maps: set[int]) -> list[Step]:
    """The steps that the output depends on, but for those that rest on nothing but what is done again."""
    resting, on_first = set(again), set(maps)
    kept: list[Step] = []
    for step in traced.contributing:
        if resting & {*step.inputs, *step.makes}:
            resting |= {*step.makes}
        if on_first & {*step.inputs, *step.makes}:
            on_first |= {*step.makes}
        if not resting & {*step.makes} or on_first & {*step.makes}:
            kept.append(step)
    return kept


def _regions(traced: Pass, steps: Sequence[Step], maps: Sequence[Map]) -> Mapping[int, int]:
    """For what each operation makes, the place of the linear map before it; not for the maps themselves.

    What does not depend on the input, such as a mask, stands where it first meets what does; a weight stands nowhere.
    """
    places = {one.number: place for place, one in enumerate(maps)}
    regions: dict[int, int] = {}
    last = -1
    for step in steps:
        last = places.get(step.makes[0], last)
        if traced.flowing & set(step.makes) and step.makes[0] not in places:
            regions[step.makes[0]] = last
    for step in reversed(steps):
        if step.makes[0] in regions:
            for number in set(step.inputs) - traced.flowing:
                regions[number] = min(regions[step.makes[0]], regions.get(number, len(maps)))
    return regions


def _layer(traced: Pass, found: Map, after: tuple[Step, ...]) -> Layer:
    return Layer(found.weight, found.leaf.name, found.leaf.storage, bias(traced, found, after), after, found.number)


def activations(traced: Pass) -> list[str | None]:
    """What follows each layer: "relu" however it is written, the name of another activation, or None."""
    known = values(traced)
    return [_activation(layer, known) for layer in layers(traced)]


def _activation(layer: Layer, known: Mapping[int, NDArray[np.float64]]) -> str | None:
    names = [plain_name(step.op) for step in layer.after]
    if "relu" in names:
        return "relu"
    numbers = [layer.makes, *(step.makes[0] for step in layer.after)]
    seen = {
        shown(known[before], known[after])
        for place, after in enumerate(numbers)
        for before in numbers[:place]
        if before in known and after in known
    }
    named = next((name for name in names if name in ACTIVATIONS), None)
    if named or seen - {None}:
        return named or ("relu" if "relu" in seen else next(iter(sorted(str(one) for one in seen if one))))
    return "relu" if any(_clamped(step) for step in layer.after) else None


def _clamped(step: Step) -> bool:
    """Where nothing could be computed, clamp(min=0) is a ReLU by its name."""
    return (
        plain_name(step.op) in ("clamp", "clip", "clamp_min")
        and step.argument(1, "min") == 0
        and not step.argument(2, "max")
    )


def ending(traced: Pass) -> str | None:
    """What is applied to the last layer's logits besides a ReLU: the name of a function, "threshold" for a decision."""
    last = layers(traced)[-1:]
    known = values(traced)
    for layer in last:
        named = [name for step in layer.after if (name := plain_name(step.op)) in ACTIVATIONS]
        if named:
            return named[-1]
        flowing = [number for number in (layer.makes, *(step.makes[0] for step in layer.after)) if number in known]
        found = (_between(known[number], known.get(traced.end or 0)) for number in flowing)
        return next((one for one in found if one), None)
    return None


def _between(before: NDArray[np.float64], after: NDArray[np.float64] | None) -> str | None:
    if after is None or before.size != after.size:
        return None
    if set(np.unique(after)) == {0, 1}:
        return "threshold"
    name = shown(before.reshape(-1).astype(float), after.reshape(-1).astype(float))
    return None if name == "relu" else name


@dataclass(frozen=True)
class Dropout:
    """A dropout that was called: its rate (None where the submission draws its own mask), and whether it was on."""

    rate: float | None
    on: bool


def dropouts(traced: Pass, layer: Layer) -> list[Dropout]:
    """The dropouts between a layer and the next."""
    called = [_dropout(step) for step in layer.after if plain_name(step.op) in DROPOUTS | HANDMADE]
    return called or [Dropout(None, True) for step in layer.after if _masks(traced, step)]


def _dropout(step: Step) -> Dropout:
    if plain_name(step.op) in HANDMADE:
        return Dropout(None, True)
    rate, on = step.argument(1, "p", 0.5), step.argument(2, "training", step.kwargs.get("train", True))
    return Dropout(float(rate) if isinstance(rate, int | float) else None, bool(on))


def _masks(traced: Pass, step: Step) -> bool:
    """Whether a step takes a constant of zeros and one other value that is no parameter: a mask drawn outside torch."""
    outside = [number for number in step.inputs if number not in traced.flowing]
    return any(
        _is_mask(constant(traced, number))
        for number in outside
        if all(one.leaf.name is None for one in origins(traced, number))
    )


def _is_mask(value: NDArray[np.float64] | None) -> bool:
    return value is not None and value.ndim > 1 and len(found := np.unique(value)) == 2 and 0 in found
