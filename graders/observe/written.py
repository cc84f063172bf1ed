"""How a student's own program calls a function: the constants it gives, by the student's parameters. Pure."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence

from graders.observe.context import Context
from graders.probes.wire import Value
from graders.submissions.called import last_name

Constant = bool | int | float | str
_OPERATIONS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def written_calls(context: Context, name: str) -> list[dict[str, Value]]:
    """One for each call, in the order of the sources: {parameter: constant}, where at least one is a constant."""
    bound = context.bound(name)
    if bound is None:
        return []
    taken = [one.name for one in bound.definition.parameters]
    nodes = [node for source in context.binding.sources for node in source.nodes]
    known = dict(_named(nodes))
    calls = [one for one in nodes if isinstance(one, ast.Call) and last_name(one.func) == bound.definition.last]
    return [found for one in calls if (found := dict(_given(one, taken, known)))]


def _given(call: ast.Call, taken: Sequence[str], known: Mapping[str, Constant]) -> Iterator[tuple[str, Value]]:
    pairs = [*zip(taken, call.args, strict=False), *((one.arg, one.value) for one in call.keywords)]
    for name, node in pairs:
        value = _constant(node, known)
        if name in taken and value is not None:
            yield str(name), value


def _named(nodes: Sequence[ast.AST]) -> Iterator[tuple[str, Constant]]:
    """Names that are given a constant."""
    for node in nodes:
        if isinstance(node, ast.Assign) and (value := _constant(node.value, {})) is not None:
            yield from ((target.id, value) for target in node.targets if isinstance(target, ast.Name))


def _constant(node: ast.expr, known: Mapping[str, Constant]) -> Constant | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, bool | int | float | str) else None
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _constant(node.operand, known)
        return -value if isinstance(value, int | float) else None
    return _computed(node, known) if isinstance(node, ast.BinOp) else None


def _computed(node: ast.BinOp, known: Mapping[str, Constant]) -> Constant | None:
    left, right, how = _constant(node.left, known), _constant(node.right, known), _OPERATIONS.get(type(node.op))
    if how is None or not isinstance(left, int | float) or not isinstance(right, int | float) or right == 0:
        return None
    return how(left, right)
