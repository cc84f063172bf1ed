"""An object that a student's function only reads: a tuple, or a copy of one of theirs that holds the same, with our values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from copy import deepcopy
from types import ModuleType, SimpleNamespace

from graders.probes.work import Packed, Work

# A rate of the student's own is kept.
KEPT = ("lr", "learning_rate", "taux_apprentissage")


def configured(pack: Packed, work: Work, ours: Mapping[str, object]) -> object:
    """The object; `ours` are the values of what is read of it. A new one where nothing of theirs holds all that is read."""
    if pack.get("places"):
        return _nested([(place.split("."), ours.get(place)) for place, _ in pack["order"]])
    items = pack["items"]
    base = next(_alike(pack, work), {} if items else SimpleNamespace(**pack["options"]))
    for key, value in ours.items():
        if key not in KEPT or not _holds(base, key, items=items):
            _put(base, key, value, items=items)
    return base


def _nested(parts: Sequence[tuple[Sequence[str], object]]) -> tuple[object, ...]:
    """A tuple with each part in its place: "1.0" is the first part of the second one."""
    inside = [
        [(path[1:], one) for path, one in parts if path[0] == place]
        for place in dict.fromkeys(path[0] for path, _ in parts)
    ]
    return tuple(_nested(one) if one[0][0] else one[0][1] for one in inside)


def _alike(pack: Packed, work: Work) -> Iterator[object]:
    everything = [value for one in work.namespaces.values() for value in one.values()]
    for value in everything:
        made = None if isinstance(value, ModuleType) else _copy(value)
        if all(_holds(made, key, items=pack["items"]) for key, _ in pack["order"]):
            yield made


def _copy(value: object) -> object:
    """A copy; of a class, an object that it makes of nothing."""
    with suppress(Exception):
        return value() if isinstance(value, type) else deepcopy(value)
    return None


def _holds(value: object, key: str, *, items: bool) -> bool:
    if items:
        return isinstance(value, Mapping) and key in value
    return hasattr(value, key)


def _put(value: object, key: str, ours: object, *, items: bool) -> None:
    if items and isinstance(value, MutableMapping):
        value[key] = ours
    else:
        object.__setattr__(value, key, ours)  # also of what is frozen
