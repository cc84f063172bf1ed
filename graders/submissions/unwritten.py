"""What the template gives and nobody wrote yet: a function of which nothing is there that does anything."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from graders.probes.guard import Function
from graders.submissions.called import last_name


def unwritten(node: Function | ast.ClassDef) -> int:
    """The line on which a function, a network or its pass ends without doing anything; 0 where it does something."""
    if isinstance(node, Function) or [last_name(one) for one in node.bases] == ["Module"]:
        empty = _is_empty(node.body)
        if empty or isinstance(node, Function):
            return node.body[-1].lineno if empty else 0
    passes = [one for one in node.body if isinstance(one, Function) and one.name == "forward"]
    return unwritten(passes[-1]) if passes else 0


def _is_empty(body: Sequence[ast.stmt]) -> bool:
    """A docstring, `...`, `pass`, `return None`, `raise NotImplementedError`."""
    return all(isinstance(one, ast.Pass | ast.Expr | ast.Return | ast.Raise) and _says_nothing(one) for one in body)


def _says_nothing(one: ast.stmt) -> bool:
    if isinstance(one, ast.Raise):
        return "NotImplemented" in ast.unparse(one)
    value = getattr(one, "value", None)
    return value is None or (isinstance(value, ast.Constant) and (isinstance(one, ast.Expr) or value.value is None))
