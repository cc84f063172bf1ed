"""The linear maps of a traced pass, however they are written: their weight as (fan_out, fan_in), and their bias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graders.laws.replay import constant, plain_name
from graders.laws.trace import Leaf, Pass, Step

PRODUCTS = frozenset("matmul rmatmul mm bmm mv dot addmm linalg_multi_dot".split())
LINEAR = PRODUCTS | {"linear", "einsum", "inner", "tensordot"}
TRANSPOSITIONS = frozenset("t T mT H transpose swapaxes swapdims permute".split())
RESHAPING = frozenset("squeeze unsqueeze view reshape flatten ravel getitem contiguous".split()) | TRANSPOSITIONS
CUTTING = frozenset("getitem narrow split chunk tensor_split unbind index_select select".split())
# Where each normalisation takes its bias.
NORMALISATIONS = {"batch_norm": 4, "layer_norm": 3, "group_norm": 3, "instance_norm": 4}


class Origin(NamedTuple):
    """The leaf that a tensor was made from, and whether it was transposed on the way."""

    leaf: Leaf
    transposed: bool


@dataclass(frozen=True, eq=False)
class Map:
    """A linear map: the step that computes it, its weight (fan_out, fan_in) and the leaf that the weight is made from."""

    step: Step
    weight: NDArray[np.floating]
    leaf: Leaf

    @property
    def number(self) -> int:
        """The tensor that it makes."""
        return self.step.makes[0]


def linear_map(traced: Pass, step: Step) -> Map | None:
    """What a step computes, if it is a linear map of something that depends on the input."""
    if plain_name(step.op) not in LINEAR or not traced.flowing & set(step.inputs):
        return None
    found = [
        (number, origin)
        for number in _operands(step)
        if number not in traced.flowing and (origin := _matrix(traced, number)) is not None
    ]
    if not found:
        return None
    number, (leaf, transposed) = found[0]
    part = _part(traced, number)
    if part is not None and part.ndim == 2:
        return Map(step, part if _contracts_last(step, number) else part.T, leaf)
    matrix = leaf.array if leaf.array.ndim == 2 else leaf.array[None]
    upright = leaf.array.ndim == 1 or _contracts_last(step, number) ^ transposed
    return Map(step, matrix if upright else matrix.T, leaf)


def _part(traced: Pass, number: int) -> NDArray[np.float64] | None:
    """What was cut out of a leaf that holds more: the bias may be a row of the same matrix."""
    cut = any(plain_name(step.op) in CUTTING for step in traced.behind(number)) if number in traced.makers else False
    return constant(traced, number) if cut else None


def _operands(step: Step) -> Sequence[int]:
    """The factors of a product; what is added to it is none."""
    return step.inputs[1:3] if plain_name(step.op) == "addmm" else step.inputs[:2]


def _matrix(traced: Pass, number: int) -> Origin | None:
    """The largest leaf of one or two axes that a weight is made from: not what scales it."""
    leaves = [one for one in origins(traced, number) if one.leaf.array.ndim in (1, 2)]
    return max(leaves, key=lambda one: one.leaf.array.size, default=None)


def origins(traced: Pass, number: int, transposed: bool = False) -> Iterator[Origin]:
    """The leaves that a tensor which does not depend on the input is made from."""
    if number in traced.leaves:
        yield Origin(traced.leaves[number], transposed)
    elif number in traced.makers and number not in traced.flowing:
        step = traced.makers[number]
        for one in step.inputs:
            yield from origins(traced, one, transposed ^ (step.op in TRANSPOSITIONS))


def _contracts_last(step: Step, number: int) -> bool:
    """Whether a product sums over the last axis of this operand, so that the other one is the layer's width."""
    name, place = plain_name(step.op), list(_operands(step)).index(number)
    if name in PRODUCTS:
        return place == (1 if name == "rmatmul" else 0)
    if name == "einsum":
        return _contracted_by_einsum(step, place)
    if name == "tensordot":
        dims = step.argument(2, "dims", 2)
        return dims[place] in ([1], [-1]) if isinstance(dims, list) else place == 0
    return True


def _contracted_by_einsum(step: Step, place: int) -> bool:
    taken, _, made = str(step.args[0]).replace(" ", "").partition("->")
    return taken.split(",")[place][-1] not in made


def bias(traced: Pass, found: Map, after: Sequence[Step]) -> Leaf | None:
    """A vector of the layer's width: one that the map takes, that is added to its result, or that normalising it adds."""
    width = len(found.weight)
    adding = next((step for step in after if plain_name(step.op) not in RESHAPING), None)
    numbers = [number for number in found.step.inputs if number not in _operands(found.step)]
    numbers += _added(adding) if adding else ()
    candidates = [leaf for number in numbers for leaf in _held(traced, number)]
    return next((leaf for leaf in candidates if leaf.array.size == width and leaf is not found.leaf), None)


def _held(traced: Pass, number: int) -> Iterator[Leaf]:
    """The leaves behind a tensor; of one that was cut out, as much as was cut."""
    part = _part(traced, number)
    for leaf, _ in origins(traced, number):
        yield leaf if part is None else leaf.model_copy(update={"value": part})


def _added(step: Step) -> Sequence[int]:
    """What a step adds."""
    name = plain_name(step.op)
    if name in NORMALISATIONS:
        return Step(op=name, args=[step.argument(NORMALISATIONS[name], "bias")], kwargs={}, makes=[]).inputs
    return step.inputs if name == "add" else ()
