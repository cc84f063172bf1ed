"""Carry out a part of a program again, with values of ours in place of its own."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

import numpy as np
from torch import Tensor, nn

from graders.probes.guard import Function, unguarded
from graders.probes.lesson import Lesson, teaching
from graders.probes.names import stored
from graders.probes.places import given_in, put, value
from graders.probes.plain import TooMuchError, plain
from graders.probes.raised import PROGRAM, program
from graders.probes.scalars import Adapted
from graders.probes.work import Work

OURS = "__given__"


def replayed(
    work: Work, file: str, scope: str, variables: Mapping[str, object], *, once: bool = False, epochs: int | None = None
) -> object:
    """Run the statements of a scope ("" is the top level of the file); whatever gives one of the variables is followed by
    our value. A statement that fails before anything was learned is passed over, as its data may not be there.

    `once`: of several trainings the first alone; `epochs`: how many there are where no variable says it.
    What the scope returns, else the lists and dicts that it gave names to, by name.
    """
    statements, namespace = _scope(work, file, scope)
    variables = {name: _as_theirs(one, value(namespace, name)) for name, one in variables.items()}
    networks = [name for name, one in variables.items() if once and isinstance(one, nn.Module)]
    lesson = Lesson(teaching(_functions(work.chunks[file])), networks, epochs)
    statements = [lesson.visit(one) for one in lesson.first(statements)]
    namespace[OURS] = dict(variables)
    # What the program never names itself may stand in functions that it calls.
    put(namespace, variables)
    return _carried_out(statements, namespace, variables, program(file))


def _as_theirs(ours: object, theirs: object) -> object:
    """An array where theirs is one."""
    return ours.numpy() if isinstance(ours, Tensor) and isinstance(theirs, np.ndarray) else ours


def reached(work: Work, file: str, scope: str, names: Sequence[str]) -> dict[str, object]:
    """The values of these variables of a scope, which is carried out as far as the last of them."""
    statements, namespace = _scope(work, file, scope)
    for statement in statements:
        if all(value(namespace, name) is not None for name in names):
            break
        with suppress(Exception):
            exec(_compiled(ast.Module([statement], []), "exec", program(file)), namespace)  # noqa: S102  # what this process is for
    return {name: found for name in names if (found := value(namespace, name)) is not None}


def _scope(work: Work, file: str, scope: str) -> tuple[list[ast.stmt], dict[str, Any]]:
    """The statements of a scope, and where they find what they name."""
    statements = [one for chunk in work.chunks[file] for one in _parsed(chunk)]
    namespace = cast("dict[str, Any]", work.namespaces[file])
    if scope:
        function = next(one for one in _walked(statements) if isinstance(one, Function) and one.name == scope)
        return function.body, {**namespace, **_defaults(function, namespace)}
    namespace["__name__"] = "__main__"
    return [one for one in statements if not isinstance(one, Function | ast.ClassDef)], namespace


def _functions(chunks: Sequence[str]) -> list[Function]:
    return [one for chunk in chunks for one in _walked(_parsed(chunk)) if isinstance(one, Function)]


def _defaults(function: Function, namespace: dict[str, Any]) -> dict[str, object]:
    """The default of each parameter."""
    names, taken = [*function.args.posonlyargs, *function.args.args], function.args
    pairs = [*zip(names[len(names) - len(taken.defaults) :], taken.defaults, strict=True)]
    pairs += [(one, default) for one, default in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if default]
    return {one.arg: eval(_compiled(ast.Expression(default), "eval"), namespace) for one, default in pairs}  # noqa: S307


def _parsed(chunk: str) -> list[ast.stmt]:
    """The statements of a chunk; what stands behind the main guard stands among them."""
    try:
        return [one for statement in ast.parse(chunk).body for one in unguarded(statement)]
    except (SyntaxError, ValueError):
        return []


def _walked(statements: Sequence[ast.stmt]) -> list[ast.AST]:
    return list(ast.walk(ast.Module(list(statements), [])))


def _carried_out(
    statements: Sequence[ast.stmt], namespace: dict[str, Any], variables: Mapping[str, object], place: str
) -> object:
    problems: list[Exception] = []
    for statement in statements:
        if isinstance(statement, ast.Return):
            return eval(_compiled(ast.Expression(statement.value or ast.Constant(None)), "eval", place), namespace)  # noqa: S307
        changed = Giving(variables).visit(ast.Module([statement], []))
        try:
            exec(_compiled(changed, "exec", place), namespace)  # noqa: S102  # what this process is for
        except SystemExit:
            break
        except Exception as problem:  # noqa: BLE001  # data that is not there, or a mistake after the training
            problems.append(problem)
            given = given_in(statement, variables)
            put(namespace, {name: one for name, one in variables.items() if name in given})
    named = {name: one for name in _all(statements) if _is_record(one := namespace.get(name))}
    if problems and not named and not any(map(_has_learned, variables.values())):
        raise problems[0]
    return named


def _has_learned(held: object) -> bool:
    return isinstance(held, nn.Module) and any(one.grad is not None for one in held.parameters())


def _is_record(held: object) -> bool:
    """Whether this may be what a training kept: a list or a dict that is no data."""
    try:
        return isinstance(held, list | dict) and bool(held) and plain(held) is not None
    except TooMuchError:
        return False


def _compiled(tree: ast.Module | ast.Expression, mode: str, place: str = PROGRAM) -> Any:
    return compile(ast.fix_missing_locations(Adapted().visit(tree)), place, mode)


def _all(statements: Sequence[ast.stmt]) -> set[str]:
    return {name for statement in statements for name in stored(statement)}


class Giving(ast.NodeTransformer):
    """Puts `variable = ours` behind each statement that gives one of the variables."""

    def __init__(self, variables: Mapping[str, object]) -> None:
        """These variables are ours."""
        self.variables = variables

    def _followed(self, node: ast.stmt) -> list[ast.stmt]:
        return [node, *_given(given_in(node, self.variables))]

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """a = …, and a, b = …"""
        return self._followed(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        """a: int = …"""
        return self._followed(node)

    def visit_For(self, node: ast.For) -> ast.For:
        """for name, net in nets.items(): …, where the network is ours"""
        self.generic_visit(node)
        node.body[:0] = _given({one for one in stored(node.target) if isinstance(self.variables.get(one), nn.Module)})
        return node


def _given(names: set[str]) -> list[ast.stmt]:
    """Each of these is given our value."""
    return [ast.parse(f"{name} = {OURS}[{name!r}]").body[0] for name in sorted(names)]
