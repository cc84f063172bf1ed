"""A part of a program that does what a function should do: training at top level, or in a main() that nobody can call.

It can be carried out again with values of ours in place of its own: the statements stay, but whatever gives a variable that
means a network, a loader or a number of epochs is followed by our value for it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in, does, last_name
from graders.submissions.kept_under import kept
from graders.submissions.likeness import folded
from graders.submissions.signature import Order, whole
from graders.submissions.source import Source, walked
from graders.submissions.taught import all_gone_through

Functions = Mapping[str, Function]
# What a part of a program may have to be told, being no function that is given a network and its data.
TOLD = {"epochs", "device", "batch_size", "lr"}


@dataclass(frozen=True)
class Program:
    """The body of a function ("" is the top level of the file), what its variables mean, and whether it does it `itself`."""

    file: str
    scope: str
    line: int
    variables: Order
    itself: bool = False
    body: Sequence[ast.stmt] = ()

    def takes(self, expected: Sequence[str]) -> bool:
        """Whether its variables mean all of these, or are parts of them."""
        return {*expected} <= {whole(meaning) for _, meaning in self.variables}

    @property
    def has_parts(self) -> bool:
        """Whether it takes only a part of something."""
        return any(whole(meaning) != meaning for _, meaning in self.variables)


def programs(
    read: Sequence[Source], calls: Sequence[str], meanings: Mapping[str, str], makers: Mapping[str, Sequence[str]]
) -> Iterator[Program]:
    """The scopes that do, by themselves or by functions that they give arguments to, what calls all of `calls`; the innermost
    first.

    `makers`: names of the student's own classes and functions, and what their results mean: nothing that is expected here, where
    that is empty.
    """
    for source in read:
        statements = [one for chunk in source.trees for one in chunk]
        functions = {one.name: one for one in ast.walk(ast.Module(statements, [])) if isinstance(one, Function)}
        doing = _doing(functions, calls)
        mains = [one for one in functions.values() if one.name in doing and not _required(one, meanings)]
        for name, body in [*((one.name, one.body) for one in mains), ("", _outside(statements))]:
            if _does(body, calls, doing - {one.name for one in mains}):
                line = body[0].lineno if body else 1
                held = list(_given([*(main for main in mains if main.name == name), *body]))
                itself = does(calls, called_in(body))
                under = kept(body, calls, meanings, all_gone_through(body))
                variables = dict([*_variables(held, meanings, makers), *under])
                yield Program(source.file, name, line, tuple(variables.items()), itself, body)


def _doing(functions: Functions, calls: Sequence[str]) -> frozenset[str]:
    """The functions that do it themselves or by others."""
    doing = {name for name, one in functions.items() if does(calls, called_in(one.body))}
    while more := {name for name, one in functions.items() if name not in doing and doing & called_in(one.body)}:
        doing |= more
    return frozenset(doing)


def _does(body: Sequence[ast.stmt], calls: Sequence[str], doing: frozenset[str]) -> bool:
    called = called_in(body)
    return does(calls, called) or bool(doing & called)


def _required(function: Function, meanings: Mapping[str, str]) -> bool:
    """Whether it must be given more than how it is to be carried out."""
    taken = function.args
    by_place = [*taken.posonlyargs, *taken.args]
    names = by_place[: len(by_place) - len(taken.defaults)]
    names += [one for one, value in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if value is None]
    return any(meanings.get(folded(one.arg)) not in TOLD for one in names)


def _outside(statements: Sequence[ast.stmt]) -> list[ast.stmt]:
    inside = [one for statement in statements for one in unguarded(statement)]
    return [one for one in inside if not isinstance(one, Function | ast.ClassDef)]


def _variables(
    given: Sequence[tuple[str, ast.expr | None, int | None]],
    meanings: Mapping[str, str],
    makers: Mapping[str, Sequence[str]],
) -> Iterator[tuple[str, str]]:
    """The variables that are given a value, and mean something: by their name, or by what makes them."""
    seen: set[str] = set()
    for target, value, place in given:
        maker = last_name(value.func) if isinstance(value, ast.Call) else ""
        made = makers.get(maker, ())
        by_maker = made[place or 0] if (place or 0) < len(made) and (place is None) == (len(made) == 1) else None
        by_name = None if maker in makers and not made else meanings.get(folded(target))
        if (meaning := by_name or by_maker) and target not in seen:
            seen.add(target)
            yield target, meaning


def _given(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr | None, int | None]]:
    """(variable, what it is given, its place in a tuple): assignments, and parameters that have defaults."""
    for node in (one for statement in body for one in walked(statement)):
        if isinstance(node, ast.Assign):
            yield from (one for target in node.targets for one in _targets(target, node.value))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.value, None
        elif isinstance(node, Function):
            yield from ((one.arg, None, None) for one in (*node.args.args, *node.args.kwonlyargs))


def _targets(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr | None, int | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value, None
    elif isinstance(target, ast.Tuple | ast.List):
        yield from ((one.id, value, place) for place, one in enumerate(target.elts) if isinstance(one, ast.Name))
        # (X, y), (Xv, yv) = load(): what stands deeper is known by its name alone.
        deeper = [one for each in target.elts if not isinstance(each, ast.Name) for one in ast.walk(each)]
        yield from ((one.id, None, None) for one in deeper if isinstance(one, ast.Name))
