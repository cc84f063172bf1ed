"""What a piece of source takes out of objects: config.input_size, params["lr"]; or apart by places: X, y = data, or data[0] and
data[1]. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graders.submissions.called import last_name
from graders.submissions.source import walked


class Read(NamedTuple):
    """A value that is taken out of an object: by its name, or as an item of it."""

    holder: str
    key: str
    item: bool


def reads(nodes: Iterable[ast.AST]) -> tuple[Read, ...]:
    """Everything that is taken out of a named object, or of an attribute of that name, in these nodes."""
    found = (one for node in nodes for one in walked(node))
    return tuple(dict.fromkeys(read for one in found if (read := _read(one))))


def _read(node: ast.AST) -> Read | None:
    if isinstance(node, ast.Attribute) and (holder := last_name(node.value)):
        return Read(holder, node.attr, item=False)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return Read(holder, node.slice.value, item=True) if (holder := last_name(node.value)) else None
    return None


class Unpacked(NamedTuple):
    """What is taken apart, and what its parts are called there; "" where they are only numbered. `places` says where each stands,
    "1.0" where it is a part of a part."""

    holder: str
    parts: tuple[str, ...]
    places: tuple[str, ...] = ("0", "1")


def unpacked(nodes: Iterable[ast.AST]) -> tuple[Unpacked, ...]:
    """Everything that has a name and is taken apart in these nodes."""
    inside = [one for node in nodes for one in walked(node)]
    return tuple(dict.fromkeys([*_assigned(inside), *_numbered(inside)]))


def _assigned(nodes: Sequence[ast.AST]) -> Iterator[Unpacked]:
    """X, y = data; (X, y), (a, b) = data; and (X, y), (a, b) = train, val, one by one."""
    given = [(one.targets[0], one.value) for one in nodes if isinstance(one, ast.Assign)]
    for target, value in (pair for one in given for pair in _one_by_one(*one)):
        if isinstance(target, ast.Tuple | ast.List) and (holder := last_name(value)):
            parts = dict(_placed(target, ""))
            if "" not in parts.values():
                yield Unpacked(holder, tuple(parts.values()), tuple(parts))


def _one_by_one(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from zip(target.elts, value.elts, strict=True)
    else:
        yield target, value


def _placed(target: ast.Tuple | ast.List, inside: str) -> Iterator[tuple[str, str]]:
    """The place of each part, and what it is called; "" where that is no variable."""
    for place, one in enumerate(target.elts):
        if isinstance(one, ast.Tuple | ast.List):
            yield from _placed(one, f"{inside}{place}.")
        else:
            yield f"{inside}{place}", one.id if isinstance(one, ast.Name) else ""


def _numbered(nodes: Sequence[ast.AST]) -> Iterator[Unpacked]:
    """data[0] and data[1], and no other place of it."""
    places: dict[str, set[object]] = {}
    for one in nodes:
        if isinstance(one, ast.Subscript) and (holder := last_name(one.value)):
            place = one.slice.value if isinstance(one.slice, ast.Constant) else None
            places.setdefault(holder, set()).add(place)
    yield from (Unpacked(holder, ("", "")) for holder, found in places.items() if found == {0, 1})
