"""What a program keeps under keys: the loaders of loaders["train"]. Such a place is a variable, named as it is written. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from graders.submissions.called import called_in, does
from graders.submissions.likeness import folded
from graders.submissions.source import walked


def place(node: ast.expr) -> str:
    """loaders['train'], where a variable holds something under a text; "" of anything else."""
    parts = _parts(node)
    return _named(*parts) if parts else ""


def _parts(node: ast.AST) -> tuple[str, str] | None:
    """The variable and the text."""
    if not (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant)
    ):
        return None
    key = node.slice.value
    return (node.value.id, key) if isinstance(key, str) and key else None


def kept(
    body: Sequence[ast.stmt], calls: Sequence[str], meanings: Mapping[str, str], through: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """(place, what its key means), where a loop goes through it, being one of `through`, or what holds it was made by what calls
    all of `calls`: {name: DataLoader(…) for name in …}."""
    nodes = [one for statement in body for one in walked(statement)]
    holders = {
        name for one in nodes if isinstance(one, ast.Assign) and _makes(one.value, calls) for name in _names(one)
    }
    places = {parts for one in nodes if (parts := _parts(one))}
    used = {(name, key) for name, key in places if name in holders or _named(name, key) in through}
    lists = {name: one.value for one in nodes if isinstance(one, ast.Assign) for name in _names(one)}
    used |= {pair for one in nodes if isinstance(one, ast.For) for pair in _in_turn(one, lists)}
    made = {(name, key) for name, known in used if name in holders for key in _beside(nodes, known)}
    for name, key in sorted(used | made):
        if meaning := meanings.get(folded(key)):
            yield _named(name, key), meaning


def _in_turn(loop: ast.For, lists: Mapping[str, ast.expr]) -> Iterator[tuple[str, str]]:
    """What a loop over texts goes through in turn: dl["train"] and dl["valid"] of `for phase in ["train", "valid"]` around
    `for x, y in dl[phase]`; the texts may be a list that has a name."""
    texts = lists.get(loop.iter.id, loop.iter) if isinstance(loop.iter, ast.Name) else loop.iter
    inner = (one for one in walked(loop) if isinstance(one, ast.For) and one is not loop)
    for one in (node for each in inner for node in walked(each.iter) if isinstance(node, ast.Subscript)):
        if isinstance(one.value, ast.Name) and ast.unparse(one.slice) == ast.unparse(loop.target):
            yield from ((one.value.id, key) for key in _texts(texts))


def _texts(node: ast.AST) -> list[str]:
    """The texts of a list that is written out."""
    inside = node.elts if isinstance(node, ast.List | ast.Tuple | ast.Set) else []
    return [one.value for one in inside if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value]


def _named(name: str, key: str) -> str:
    return f"{name}[{key!r}]"


def _beside(nodes: Sequence[ast.AST], known: str) -> Iterator[str]:
    """The other texts of a list in which this key stands: for name in ["train", "valid", "test"]."""
    for one in nodes:
        texts = _texts(one)
        yield from texts if known in texts else ()


def _makes(value: ast.expr, calls: Sequence[str]) -> bool:
    return isinstance(value, ast.Dict | ast.DictComp) and does(calls, called_in([value]))


def _names(one: ast.Assign) -> Iterator[str]:
    """dl of dl = …, and of dl["train"] = …"""
    for target in one.targets:
        held = target.value if isinstance(target, ast.Subscript) else target
        if isinstance(held, ast.Name):
            yield held.id
