"""What a function returns at once, by the names of its parts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function
from graders.submissions.called import last_name

# What leaves a value what it is.
CONVERTING = frozenset("item cpu detach numpy tolist float int round tensor array float32 float64".split())


@dataclass(frozen=True)
class Parts:
    """What the parts of a returned value are called: keys of a dict, or the variables of a tuple ("" where unnamed)."""

    names: tuple[str, ...] = ()
    keyed: bool = False

    @property
    def places(self) -> tuple[str | int, ...]:
        """How each part is taken."""
        return self.names if self.keyed else tuple(range(len(self.names)))


def parts(node: Function) -> Parts:
    """The parts of what the last `return` gives, where it gives a dict or a tuple."""
    inside = list(_own(node.body))
    returned = [one.value for one in inside if isinstance(one, ast.Return) and one.value is not None]
    if not returned:
        return Parts()
    value = returned[-1]
    if isinstance(value, ast.Tuple):
        return Parts(tuple(_word(one) for one in value.elts))
    held = [value] if not isinstance(value, ast.Name) else [*_given_to(value.id, inside)]
    keys = [*(key for one in held for key in _keys(one))]
    keys += _added(value.id, inside) if isinstance(value, ast.Name) else []
    return Parts(tuple(dict.fromkeys(keys)), keyed=True) if keys else Parts()


def _own(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """Every node of a body, without what is defined inside it."""
    for statement in body:
        if not isinstance(statement, Function | ast.ClassDef):
            yield statement
            yield from _own([one for one in ast.iter_child_nodes(statement) if isinstance(one, ast.stmt)])


def _word(node: ast.expr) -> str:
    """What a part is called: acc of acc.item() and of round(acc, 3)."""
    if not isinstance(node, ast.Call):
        return last_name(node)
    if isinstance(node.func, ast.Attribute) and node.func.attr in CONVERTING:
        return _word(node.func.value)
    return _word(node.args[0]) if last_name(node.func) in CONVERTING and node.args else last_name(node.func)


def _given_to(name: str, inside: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for one in inside:
        if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in one.targets):
            yield one.value


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
    elif isinstance(node, ast.Call) and last_name(node.func) == "dict":
        yield from (one.arg for one in node.keywords if one.arg)


def _added(name: str, inside: Iterable[ast.AST]) -> list[str]:
    """Keys given one by one: result["precision"] = …"""
    targets = (one for node in inside if isinstance(node, ast.Assign) for one in node.targets)
    return [
        one.slice.value
        for one in targets
        if isinstance(one, ast.Subscript)
        and isinstance(one.value, ast.Name)
        and one.value.id == name
        and isinstance(one.slice, ast.Constant)
        and isinstance(one.slice.value, str)
    ]
