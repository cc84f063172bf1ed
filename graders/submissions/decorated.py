"""What a function takes once a decorator of the student's own stands around it: what the function inside that one takes."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from graders.probes.guard import Function, unguarded
from graders.submissions.called import last_name
from graders.submissions.source import Source


def as_called(statement: ast.stmt, known: Mapping[str, Function]) -> ast.stmt:
    """A function, or each method of a class, with the parameters that its callers see; any other statement as it is. `known`:
    the functions that may decorate it."""
    if isinstance(statement, ast.ClassDef):
        body = [as_called(one, known) for one in statement.body]
        return statement if body == statement.body else _with(statement, body=body)
    if not isinstance(statement, Function) or not statement.decorator_list:
        return statement
    taken = statement.args
    for decorator in reversed(statement.decorator_list):
        inside = _inside(decorator, known)
        taken = inside.args if inside and not (inside.args.vararg or inside.args.kwarg) else taken
    return _with(statement, args=taken)


def _with(statement: ast.stmt, **changed: object) -> ast.stmt:
    fields: dict[str, Any] = {**dict(ast.iter_fields(statement)), **changed}
    return ast.copy_location(type(statement)(**fields), statement)


def functions(read: Sequence[Source]) -> Mapping[str, Function]:
    """The functions at the top level of these files, by their names."""
    statements = (one for source in read for chunk in source.trees for guarded in chunk for one in unguarded(guarded))
    return {one.name: one for one in statements if isinstance(one, Function)}


def _inside(decorator: ast.expr, known: Mapping[str, Function]) -> Function | None:
    """The function that takes the place of the decorated one; @metric(percent=True) makes its decorator first."""
    made = isinstance(decorator, ast.Call)
    outer = known.get(last_name(decorator.func if isinstance(decorator, ast.Call) else decorator))
    outer = _returned(outer) if made else outer
    return _returned(outer)


def _returned(outer: Function | None) -> Function | None:
    """The function that a function defines and returns."""
    body = outer.body if outer else []
    names = {one.value.id for one in body if isinstance(one, ast.Return) and isinstance(one.value, ast.Name)}
    return next((one for one in body if isinstance(one, Function) and one.name in names), None)
