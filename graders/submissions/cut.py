"""Data that is cut into batches before a loop, and what a loop gives its variables in each round. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

from graders.submissions.called import called_in, last_name
from graders.submissions.source import walked

# What cuts an array into several, and what holds several arrays.
CUTTING = frozenset("split chunk array_split tensor_split vsplit".split())
HOLDING = frozenset("list tuple zip tqdm".split())
Cuts = Mapping[str, ast.expr]
Pair = tuple[str, ast.expr]


def cuts(body: Sequence[ast.stmt]) -> Cuts:
    """The variables that hold batches, and how these were cut: Xb of `Xb = X.split(40)`, both of `both = list(zip(Xb, yb))`."""
    found: dict[str, ast.expr] = {}
    for one in (node for statement in body for node in walked(statement)):
        if isinstance(one, ast.Assign):
            pairs = [pair for target in one.targets for pair in pairs_of(target, one.value)]
            found |= {name: value for name, value in pairs if _is_cut(value, found)}
    return found


def _is_cut(value: ast.expr, found: Cuts) -> bool:
    """X.split(40), list(zip(Xb, yb)), [(X[i : i + 40], y[i : i + 40]) for i in range(0, n, 40)]"""
    if isinstance(value, ast.ListComp):
        return isinstance(value.elt, ast.Tuple | ast.Subscript) and bool(called_in([value]) & {"range", *CUTTING})
    if not isinstance(value, ast.Call):
        return isinstance(value, ast.Name) and value.id in found
    name = last_name(value.func)
    return name in CUTTING or (name in HOLDING and any(_is_cut(one, found) for one in value.args))


def rounds(loop: ast.For, found: Cuts) -> list[Pair]:
    """What the loop gives each variable: xb and yb of `for xb, yb in zip(Xb, yb)` one part each of Xb and of yb."""
    target, through = loop.target, _opened(loop.iter, found)
    if isinstance(through, ast.Call) and last_name(through.func) == "enumerate" and _is_pair(target) and through.args:
        target, through = target.elts[1], _opened(through.args[0], found)
    if isinstance(through, ast.Call) and last_name(through.func) == "zip":
        return [*pairs_of(target, ast.Tuple(through.args))]
    return [*pairs_of(target, through.elt)] if isinstance(through, ast.ListComp) else []


def _opened(node: ast.expr, found: Cuts) -> ast.expr:
    """zip(Xb, yb) of list(zip(Xb, yb)), and of the variable that holds it."""
    while True:
        if isinstance(node, ast.Name) and node.id in found:
            found, node = {name: one for name, one in found.items() if name != node.id}, found[node.id]
        elif isinstance(node, ast.Call) and last_name(node.func) in HOLDING - {"zip"} and node.args:
            node = node.args[0]
        else:
            return node


def _is_pair(target: ast.expr) -> TypeGuard[ast.Tuple]:
    return isinstance(target, ast.Tuple) and len(target.elts) == 2


def pairs_of(target: ast.expr, value: ast.expr) -> Iterator[Pair]:
    """Each variable with its own value, or, where one thing gives them all, with that."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        apart = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        values = value.elts if apart and isinstance(value, ast.Tuple) else [value] * len(target.elts)
        yield from (pair for one, each in zip(target.elts, values, strict=True) for pair in pairs_of(one, each))
