"""Variables of a program, and what it keeps in a dict: the place loaders['train'] is a variable of that name. Needs no torch."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, MutableMapping

from graders.probes.names import stored, written_into


def _parts(place: str) -> tuple[str, str | None]:
    """The variable of a place, and the key."""
    holder, _, key = place.partition("[")
    return holder, ast.literal_eval(key.removesuffix("]")) if key else None


def value(namespace: Mapping[str, object], place: str) -> object:
    """What is there; None where there is nothing."""
    holder, key = _parts(place)
    held = namespace.get(holder)
    return held if key is None else held.get(key) if isinstance(held, Mapping) else None


def put(namespace: MutableMapping[str, object], values: Mapping[str, object]) -> None:
    """Put each of these in its place."""
    for place, one in values.items():
        holder, key = _parts(place)
        held = namespace.get(holder)
        kept = held if isinstance(held, Mapping) else {}
        namespace[holder] = one if key is None else {**kept, key: one}


def given_in(node: ast.AST, places: Collection[str]) -> set[str]:
    """The places that a statement gives a value, or whose dict it does."""
    names, into = stored(node), written_into(node)
    return {place for place in places if place in names or ("[" in place and _parts(place)[0] in names | into)}
