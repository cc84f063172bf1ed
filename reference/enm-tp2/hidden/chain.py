"""The maps of a traced network, convolutions and linear layers however they are written, and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.laws.linear import linear_map, origins
from graders.laws.replay import plain_name, values
from graders.laws.trace import Pass, Step
from graders.probes.wire import Array

CONVOLUTIONS = frozenset("conv1d conv2d conv3d conv_transpose2d convolution".split())
# What keeps a sum of maps a map: everything else counts as non-linear.
LINEAR = frozenset(
    "getitem setitem view reshape flatten unflatten ravel permute transpose t T mT squeeze unsqueeze contiguous clone to float "
    "double type cat stack concat hstack vstack narrow select chunk split unbind unfold fold im2col pad roll flip add sub "
    "neg sum mean avg_pool2d adaptive_avg_pool2d adaptive_avg_pool1d batch_norm dropout dropout2d feature_dropout expand "
    "repeat swapaxes movedim interpolate upsample diagonal detach requires_grad zeros_like new_zeros index_select "
    "alpha_dropout mT einsum matmul mm bmm linear addmm tensordot pixel_shuffle as_strided copy broadcast_to".split()
)
SCALING = frozenset("mul div truediv rmul rtruediv multiply divide".split())
# What gives an image: a window that is cut out of one is none.
IMAGES = CONVOLUTIONS | frozenset(
    "max_pool2d max_pool2d_with_indices avg_pool2d adaptive_avg_pool2d adaptive_max_pool2d relu batch_norm setitem view "
    "reshape stack unflatten fold amax max clamp leaky_relu gelu elu tanh sigmoid dropout interpolate lp_pool2d "
    "fractional_max_pool2d boolean_dispatch".split()
)
POOLS = frozenset(
    "max_pool2d max_pool2d_with_indices avg_pool2d adaptive_avg_pool2d adaptive_max_pool2d lp_pool2d boolean_dispatch "
    "fractional_max_pool2d".split()
)


@dataclass(frozen=True)
class Layer:
    """A convolution or a linear layer: the storage of its weight, the tensors that its steps make, the first step."""

    kind: str
    storage: int
    makes: frozenset[int]
    step: Step


def layers(traced: Pass) -> list[Layer]:
    """In the order of their first step; steps with one weight are one layer, as in a loop over places."""
    found: dict[int, Layer] = {}
    for step in traced.contributing:
        for kind, storage in _weights(traced, step):
            before = found.get(storage)
            makes = frozenset(step.makes) | (before.makes if before else frozenset())
            found[storage] = Layer(kind, storage, makes, before.step if before else step)
            break
    return [*found.values()]


def _weights(traced: Pass, step: Step) -> Iterator[tuple[str, int]]:
    """(kind, storage of the weight) of a step that is a map of what flows."""
    if not traced.flowing & {*step.inputs}:
        return
    name = plain_name(step.op)
    if name in CONVOLUTIONS:
        yield "conv", _storage(traced, step.inputs[1]) if len(step.inputs) > 1 else step.makes[0]
        return
    planes = [
        one.leaf
        for number in step.inputs
        if number not in traced.flowing
        for one in origins(traced, number)
        if one.leaf.array.ndim == 4 and one.leaf.name is not None
    ]
    if planes and (name in SCALING or name in LINEAR):
        yield "conv", planes[0].storage
    elif (found := linear_map(traced, step)) is not None:
        yield ("conv" if _unfolded(traced, step) else "linear"), found.leaf.storage


def _storage(traced: Pass, number: int) -> int:
    leaves = [one.leaf for one in origins(traced, number)]
    return leaves[0].storage if leaves else number


def _unfolded(traced: Pass, step: Step) -> bool:
    """Whether windows were cut out of what a linear map takes, since the last map."""
    waiting, seen = [*step.inputs], set[int]()
    while waiting:
        number = waiting.pop()
        maker = traced.makers.get(number)
        if maker is None or number in seen or number not in traced.flowing:
            continue
        seen.add(number)
        if plain_name(maker.op) in ("unfold", "im2col", "as_strided"):
            return True
        if plain_name(maker.op) in LINEAR - {"linear", "matmul", "einsum", "mm", "addmm"}:
            waiting += maker.inputs
    return False


def linear_gaps(traced: Pass, found: Sequence[Layer]) -> list[tuple[Layer, Layer]]:
    """Pairs of layers of which the second takes what the first gives without anything non-linear between."""
    owners = {number: layer for layer in found for number in layer.makes}
    return [(before, layer) for layer in found for before in _before(traced, layer, owners) if before != layer]


def _before(traced: Pass, layer: Layer, owners: Mapping[int, Layer]) -> list[Layer]:
    steps = {id(traced.makers[number]): traced.makers[number] for number in layer.makes}
    waiting = [number for step in steps.values() for number in step.inputs]
    seen, found = set[int](), dict[int, Layer]()
    while waiting:
        number = waiting.pop()
        if number in seen or number not in traced.flowing:
            continue
        seen.add(number)
        if (owner := owners.get(number)) is not None and owner != layer:
            found[owner.storage] = owner
        elif (maker := traced.makers.get(number)) is not None and _keeps_linear(traced, maker):
            waiting += maker.inputs
    return [*found.values()]


def _keeps_linear(traced: Pass, step: Step) -> bool:
    name = plain_name(step.op)
    if name in SCALING:
        return len(traced.flowing & {*step.inputs}) < 2
    return name in LINEAR | CONVOLUTIONS


def shrinks(traced: Pass, side: int) -> bool:
    """Whether an image becomes half as large or smaller in one step, or one number for each channel; a convolution without
    a border, which takes some pixels off, does not count."""
    known, size = values(traced), side
    for step in traced.contributing:
        name, made = plain_name(step.op), known.get(step.makes[0])
        if name in POOLS or (name in CONVOLUTIONS and _moves(step)) or _reduced(known, step):
            return True
        if made is not None and made.ndim == 4 and name in IMAGES and traced.flowing & {*step.makes}:
            if name not in CONVOLUTIONS and max(made.shape[2:]) <= (size + 1) // 2:
                return True
            size = max(made.shape[2:])
    return False


def _moves(step: Step) -> bool:
    """Whether a convolution of torch has a stride."""
    stride = step.argument(3, "stride", 1)
    return max(stride) > 1 if isinstance(stride, list) else stride != 1


def _reduced(known: Mapping[int, Array], step: Step) -> bool:
    """Whether a step leaves one number of each channel."""
    before, made = known.get(step.inputs[0]) if step.inputs else None, known.get(step.makes[0])
    if before is None or made is None or plain_name(step.op) not in ("mean", "amax", "max", "sum"):
        return False
    return before.ndim in (3, 4) and made.ndim == 2 and len(made) == len(before)


def strided(traced: Pass) -> bool:
    """Whether a convolution moves by more than one, and nothing pools."""
    names = [plain_name(step.op) for step in traced.contributing]
    wide = any(plain_name(step.op) == "conv2d" and _moves(step) for step in traced.contributing)
    return wide and not POOLS & {*names}


def ends_dense(traced: Pass, found: Sequence[Layer]) -> str | None:
    """What gives the scores: "linear", "conv" where a convolution does that sees one place or all; None otherwise."""
    if not found:
        return None
    if found[-1].kind == "linear":
        return "linear"
    known = values(traced)
    made = known.get(max(found[-1].makes))
    weight = [
        one
        for number in found[-1].step.inputs
        if number in traced.leaves and (one := traced.leaves[number].array).ndim == 4
    ]
    single = made is not None and made.ndim == 4 and made[0, 0].size == 1
    pointwise = bool(weight) and weight[0][0, 0].size == 1
    return "conv" if single or pointwise else None


__all__ = ["Layer", "ends_dense", "layers", "linear_gaps", "shrinks", "strided"]
