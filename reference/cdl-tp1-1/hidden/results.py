"""Weights, bias and history in whatever a training returns or leaves: tuples, dicts, objects, a bias among the weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graders.laws.regions import Straight

WEIGHTS = ("w", "weight", "poids", "coef", "theta", "wfinal", "ww")
BIASES = ("b", "bias", "biais", "intercept", "w0", "bfinal", "seuil")
HISTORIES = ("hist", "err", "loss", "mis", "nb", "miscl", "mistakes")
DEEPEST, MOST = 4, 60
SIZE = 2


@dataclass(frozen=True, eq=False)
class Trained:
    """What was learned; `history` is what was kept of each epoch, None where nothing was."""

    w: np.ndarray
    b: float
    history: object = None

    @property
    def line(self) -> Straight:
        """The boundary."""
        return Straight((float(self.w[0]), float(self.w[1])), self.b)


def vector(value: object) -> np.ndarray | None:
    """A list or an array of SIZE weights, or of one more, in one axis or with axes of length 1."""
    if not isinstance(value, list | np.ndarray):
        return None
    try:
        made = np.asarray(value)
    except ValueError:
        return None
    flat = made.reshape(-1)
    fits = made.dtype.kind in "biuf" and flat.size in (SIZE, SIZE + 1) and max(made.shape, default=0) == flat.size
    return flat.astype(float) if fits else None


def scalar(value: object) -> float | None:
    """A number, or an array of one."""
    if isinstance(value, np.ndarray | list):
        made = np.asarray(value) if isinstance(value, np.ndarray) or len(value) == 1 else None
        return float(made.reshape(-1)[0]) if made is not None and made.size == 1 and made.dtype.kind in "biuf" else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def trained(value: object) -> list[Trained]:
    """The ways to read one result; none where it holds no weights."""
    if isinstance(value, Mapping):
        return _of_mapping(value)
    alone = vector(value)
    if isinstance(value, list) and (alone is None or not all(isinstance(one, int | float) for one in value)):
        return _of_sequence(value)
    return list(_with_bias(alone, None, None)) if alone is not None else []


def _of_mapping(value: Mapping[str, object]) -> list[Trained]:
    if isinstance(inside := value.get("object"), Mapping):
        return _of_mapping(inside)
    known = sorted(value.items(), key=lambda item: _folded(item[0]) not in WEIGHTS)
    vectors = (vector(one) for key, one in known if _folded(key) in WEIGHTS or _begins(key, WEIGHTS[1:]))
    w = next((one for one in vectors if one is not None), None)
    b = next(
        (found for key, one in value.items() if _folded(key) in BIASES and (found := scalar(one)) is not None), None
    )
    history = next(
        (one for key, one in value.items() if _begins(key, HISTORIES) and isinstance(one, list | np.ndarray)), None
    )
    return list(_with_bias(w, b, history)) if w is not None else []


def _folded(key: str) -> str:
    return key.replace("_", "").lower()


def _begins(key: str, starts: Sequence[str]) -> bool:
    return _folded(key).startswith(tuple(starts)) or any(start in _folded(key) for start in starts if len(start) > 2)


def _of_sequence(value: Sequence[object]) -> list[Trained]:
    """(w, b, history) in any order that their kinds tell: weights come before a history of the same length."""
    place = next((place for place, one in enumerate(value) if vector(one) is not None), None)
    if place is None:
        return []
    rest = [one for other, one in enumerate(value) if other != place]
    bias = next((one for one in rest if scalar(one) is not None and not isinstance(one, list)), None)
    kept = [one for one in rest if one is not bias]
    history = next((one for one in kept if isinstance(one, list | np.ndarray | Mapping)), None)
    w = vector(value[place])
    assert w is not None, "it was just found"
    return list(_with_bias(w, scalar(bias) if bias is not None else None, history))


def _with_bias(w: np.ndarray, b: float | None, history: object) -> Iterator[Trained]:
    if b is not None and w.size == SIZE:
        yield Trained(w, b, history)
    elif w.size == SIZE + 1:
        yield Trained(w[1:], float(w[0]), history)
        yield Trained(w[:-1], float(w[-1]), history)
    elif b is None:
        yield Trained(w, 0.0, history)


def within(value: object, depth: int = DEEPEST) -> Iterator[Trained]:
    """Everything that can be read as a result, in a value and in what it holds."""
    found = trained(value)
    yield from found
    if found or depth == 0:
        return
    if isinstance(value, Mapping | list):
        for one in list(value.values() if isinstance(value, Mapping) else value)[:MOST]:
            if isinstance(one, Mapping | list | np.ndarray):
                yield from within(one, depth - 1)


def counts(value: object) -> list[float] | None:
    """A history as numbers: of dicts or tuples the part that is told by its name, or the last one."""
    if isinstance(value, Mapping):
        inside = next((one for key, one in value.items() if _begins(key, HISTORIES)), None)
        return counts(inside)
    if isinstance(value, np.ndarray):
        return value.astype(float).reshape(-1).tolist() if value.dtype.kind in "biuf" else None
    if not isinstance(value, list):
        return None
    numbers = [_count(one) for one in value]
    return [float(one) for one in numbers if one is not None] if None not in numbers else None


def _count(value: object) -> float | None:
    if isinstance(value, Mapping):
        value = next((one for key, one in value.items() if _begins(key, HISTORIES)), None)
    elif isinstance(value, list) and value and len(value) <= 4:
        value = next((one for one in reversed(value) if isinstance(one, int | float)), None)
    return scalar(value)
