"""Whether hidden inputs can tell hypotheses apart: where they cannot, a mistake keeps its points."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVarTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Inputs = TypeVarTuple("Inputs")


def separates(
    cases: Sequence[tuple[*Inputs]],
    hypotheses: Mapping[str, Callable[[*Inputs], ArrayLike]],
    tolerance: float,
) -> list[tuple[str, str]]:
    """The pairs of hypotheses that agree on every case, by name; an empty list when the cases separate them all.

    ValueError where two hypotheses return arrays of different sizes for one case. See `agree` for the tolerance.
    """
    names = list(hypotheses)
    values = np.stack([_values(cases, hypothesis) for hypothesis in hypotheses.values()])
    return [
        (name, names[other])
        for one, name in enumerate(names)
        for other in one + 1 + np.flatnonzero(agree(values[one], values[one + 1 :], tolerance).all(axis=1))
    ]


def agree(a: ArrayLike, b: ArrayLike, tolerance: float) -> NDArray[np.bool_]:
    """Where |a - b| ≤ tolerance × (1 + |b|), or where one of them is NaN; shapes broadcast.

    NaN agrees with everything because nobody is refused for what is returned where a formula is undefined.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        return np.asarray(
            (abs(a - b) <= tolerance * (1 + abs(b))) & np.isfinite(b) | (a == b) | np.isnan(a) | np.isnan(b)
        )


def _values(cases: Sequence[tuple[*Inputs]], hypothesis: Callable[[*Inputs], ArrayLike]) -> NDArray[np.float64]:
    return np.concatenate([np.ravel(np.asarray(hypothesis(*case), np.float64)) for case in cases])
