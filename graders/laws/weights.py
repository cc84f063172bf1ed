"""Which law explains the initial values of every layer of a network together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from graders.laws.distributions import Floats
from graders.laws.initialization import Law, Shape

# Under one in a million over all the layers of a network.
ALPHA = 5e-7

# Fewer shared numbers may be a coincidence; 8 agree by chance about once in (1e5)⁷ pairs.
FEWEST_SHARED = 8


class Layer(NamedTuple):
    """A layer's shape (fan_out, fan_in) and values (n,) of its weight or bias, pooled over many initialisations."""

    shape: Shape
    values: Floats


def pool(shape: Shape, draws: Sequence[Floats], *, most: int = 2000) -> Layer:
    """One layer from several draws of it, each of any shape: about `most` values, taken evenly over every draw.

    A draw that repeats another one is left out: who reseeds draws one network again and again, and a sample whose
    values are not independent would be refused under the law that is right.
    """
    flat = [np.ravel(draw) for draw in draws]
    different = {draw.tobytes(): draw for draw in flat if draw.size}.values()
    share = -(-most // max(len(different), 1))
    return Layer(shape, np.concatenate([np.empty(0), *(_evenly(draw, share) for draw in different)]))


def follows(values: Floats, law: Law, shape: Shape, alpha: float = ALPHA) -> bool:
    """Whether values (n,) look drawn by the law for a layer of that shape; refuses a right sample at rate ≤ alpha."""
    return math.isfinite(misfit(Layer(shape, values), law, alpha))


def misfit(layer: Layer, law: Law, alpha: float) -> float:
    """√n × Kolmogorov–Smirnov distance, or infinity where the law is refused.

    No values, or values that are not finite, follow no law.
    """
    if not len(layer.values) or not np.isfinite(layer.values).all():
        return math.inf
    return law(layer.shape).misfit(layer.values, alpha)


def explain_law(
    layers: Sequence[Layer],
    readings: Mapping[str, Law],
    mistakes: Mapping[str, Law],
    *,
    alpha: float = ALPHA,
) -> str | None:
    """The name of the one law that explains all layers, readings before mistakes; None where none does.

    Of several, the one with the smallest largest misfit. The right law is refused with probability at most `alpha`
    over all layers together (Bonferroni). Layers that are all square cannot tell some laws apart: let shapes differ.
    """
    right = _best(layers, readings, alpha)
    return right if right is not None else _best(layers, mistakes, alpha)


def _best(layers: Sequence[Layer], laws: Mapping[str, Law], alpha: float) -> str | None:
    share = alpha / max(len(layers), 1)
    misfits = {
        name: max((misfit(layer, law, share) for layer in layers), default=math.inf) for name, law in laws.items()
    }
    best = min(misfits, key=misfits.__getitem__, default=None)
    return best if best is not None and math.isfinite(misfits[best]) else None


def _evenly(values: Floats, most: int) -> Floats:
    count = min(most, len(values))
    taken: Floats = values[np.arange(count) * len(values) // count]
    return taken


def layers_equal(samples: Sequence[Floats]) -> tuple[int, int] | None:
    """The first two layers that were made of the same random numbers, as after a manual_seed before each of them.

    Each sample is one draw of a layer, in row-major order, or the beginning of it (n,). Two layers share their numbers
    when their common beginnings are proportional, up to float32 rounding. A constant layer shows no random number.
    """
    return next(
        (pair for pair in combinations(range(len(samples)), 2) if _proportional(*(samples[i] for i in pair))), None
    )


def _proportional(one: Floats, other: Floats) -> bool:
    shared = min(len(one), len(other))
    a, b = (np.asarray(sample[:shared], np.float64) for sample in (one, other))
    if shared < FEWEST_SHARED or np.ptp(a) == 0 or np.ptp(b) == 0:
        return False
    return bool(np.allclose(a / abs(a).max(), b / abs(b).max(), rtol=0, atol=1e-5))
