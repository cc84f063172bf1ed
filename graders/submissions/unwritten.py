"""What the template gives and nobody wrote yet: a function that does nothing, a network of which no layer is there."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from graders.probes.guard import Function
from graders.submissions.called import last_name
from graders.submissions.source import walked


def unwritten(node: Function | ast.ClassDef) -> int:
    """The line on which a function, a network or its pass ends without doing anything; 0 where it does something."""
    if isinstance(node, Function):
        return node.body[-1].lineno if _is_empty(node.body) else 0
    if [last_name(one) for one in node.bases] == ["Module"]:
        if _is_empty(node.body):
            return node.body[-1].lineno
        if _has_no_layers(node):
            return _last_line(node, "__init__", "forward")
    passes = _methods(node, "forward")
    return unwritten(passes[-1]) if passes else 0


def _methods(node: ast.ClassDef, name: str) -> list[Function]:
    return [one for one in node.body if isinstance(one, Function) and one.name == name]


def _last_line(node: ast.ClassDef, *names: str) -> int:
    written = [one for name in names for one in _methods(node, name)]
    return (written[0].body if written else node.body)[-1].lineno


def _has_no_layers(node: ast.ClassDef) -> bool:
    """Whether its constructor makes nothing, and no pass stands beside it, or one that gives back its input or calls layers that
    no line makes."""
    methods = [one for one in node.body if isinstance(one, Function)]
    made = [one for maker in _methods(node, "__init__") for one in maker.body if not _makes_nothing(one)]
    if made or not _is_empty([one for one in node.body if one not in methods]):
        return False
    passes = _methods(node, "forward")
    return all(one.name == "__init__" for one in methods) or any(_is_idle(one, _known(node)) for one in passes[-1:])


def _makes_nothing(one: ast.stmt) -> bool:
    """super().__init__(), a setting that is kept, and what says nothing."""
    value = one.value if isinstance(one, ast.Expr | ast.Assign) else None
    called = isinstance(one, ast.Expr) and isinstance(value, ast.Call) and last_name(value.func) == "__init__"
    kept = isinstance(one, ast.Assign) and isinstance(value, ast.Name | ast.Constant)
    return called or kept or _is_empty([one])


def _known(node: ast.ClassDef) -> set[str]:
    """What a class defines, or puts into its object."""
    put = {one.attr for one in walked(node) if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}
    return put | {one.name for one in node.body if isinstance(one, Function)}


def _is_idle(one: Function, known: set[str]) -> bool:
    """Whether a pass gives back its input, or asks for what is not there."""
    called = [each.func for each in walked(one) if isinstance(each, ast.Call)]
    of_self = {each.attr for each in called if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "self"}
    *before, last = one.body
    returned = last.value if isinstance(last, ast.Return) else None
    given = {each.arg for each in one.args.args}
    return bool(of_self - known) or (_is_empty(before) and isinstance(returned, ast.Name) and returned.id in given)


def _is_empty(body: Sequence[ast.stmt]) -> bool:
    """A docstring, `...`, `pass`, `return None`, `raise NotImplementedError`."""
    return all(isinstance(one, ast.Pass | ast.Expr | ast.Return | ast.Raise) and _says_nothing(one) for one in body)


def _says_nothing(one: ast.stmt) -> bool:
    if isinstance(one, ast.Raise):
        return "NotImplemented" in ast.unparse(one)
    value = getattr(one, "value", None)
    return value is None or (isinstance(value, ast.Constant) and (isinstance(one, ast.Expr) or value.value is None))
