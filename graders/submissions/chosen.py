"""What a program itself says to a function of its own, for what means nothing expected: Entraineur(m, True). Pure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function
from graders.probes.work import Said
from graders.submissions.called import last_name
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source, walked

# How often a variable is followed to what it was given.
DEEPEST = 4
# Devices that are not there.
ELSEWHERE = ("cuda", "mps")
Place = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """A call: what it says for each parameter that is no business of ours, and what made the things that it is given."""

    values: tuple[tuple[str, bool | str | tuple[str, str]], ...]
    makers: frozenset[str]

    @property
    def said(self) -> dict[str, Said]:
        """What a request says about it."""
        return {name: _said(value) for name, value in self.values}


def _said(value: bool | str | tuple[str, str]) -> Said:
    return Said(file=value[0], name=value[1]) if isinstance(value, tuple) else Said(value=value)


def choices(
    read: Sequence[Source], name: str, taken: Sequence[Parameter], known: Collection[str]
) -> tuple[Choice, ...]:
    """Every call of what is called so, in order; the parameters that are `known` or required are ours to give."""
    own = {one.name for one in taken if not one.required and one.name not in known}
    return tuple(one for source in read for one in _in_source(source, name, taken, own)) if own else ()


def agreed(found: Sequence[Choice], maker: str = "") -> Mapping[str, Said]:
    """What the last call says that is given something by this maker; else what all of them say."""
    about = [one for one in found if maker and maker in one.makers]
    said = {one.values: one for one in about[-1:] or found}
    return next(iter(said.values())).said if len(said) == 1 else {}


def _in_source(source: Source, name: str, taken: Sequence[Parameter], own: Collection[str]) -> Iterator[Choice]:
    nodes = [(at, node) for at, chunk in enumerate(source.trees) for one in chunk for node in walked(one)]
    given = [((at, node.lineno), *pair) for at, node in nodes for pair in _given(node)]  # type: ignore[attr-defined]  # a statement
    kept = _functions(source)
    # `if` and `try` stand in a chunk beside what is in them.
    calls = {id(node): (at, node) for at, node in nodes if isinstance(node, ast.Call) and last_name(node.func) == name}
    for at, call in calls.values():
        said = ((name, _value(one, source.file, kept)) for name, one in _arguments(call, taken) if name in own)
        values = tuple((name, value) for name, value in said if value is not None)
        yield Choice(values, _makers(call, (at, call.lineno), given))


def _arguments(call: ast.Call, taken: Sequence[Parameter]) -> Iterator[tuple[str, ast.expr]]:
    for one, value in zip(taken, call.args, strict=False):
        if isinstance(value, ast.Starred):
            break
        yield one.name, value
    yield from ((one.arg, one.value) for one in call.keywords if one.arg)


def _value(node: ast.expr, file: str, kept: Collection[str]) -> bool | str | tuple[str, str] | None:
    """What is written out, or a function that the file defines: no number, which may be the size of something."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool | str):
        return None if str(node.value).startswith(ELSEWHERE) else node.value
    return (file, node.id) if isinstance(node, ast.Name) and node.id in kept else None


def _functions(source: Source) -> set[str]:
    """What the file defines at its top level and can be called."""
    top = [one for chunk in source.trees for one in chunk]
    held = (one for one in top if isinstance(one, ast.Assign) and isinstance(one.value, ast.Lambda))
    named = {target.id for one in held for target in one.targets if isinstance(target, ast.Name)}
    return named | {one.name for one in top if isinstance(one, Function)}


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Each variable with what it is given, one by one perhaps: m of m = Net(), of for m in (Net(), Other())."""
    if isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    elif isinstance(node, ast.For):
        targets, value = [node.target], node.iter
    else:
        return
    yield from ((one.id, value) for target in targets for one in walked(target) if isinstance(one, ast.Name))


def _makers(node: ast.AST, place: Place, given: Sequence[tuple[Place, str, ast.expr]], deep: int = 0) -> frozenset[str]:
    """The names of all that is called to make what this speaks of, through variables as they were last given something."""
    inside = walked(node)
    found = frozenset(last_name(one.func) for one in inside if isinstance(one, ast.Call))
    for name in {one.id for one in inside if isinstance(one, ast.Name)} if deep < DEEPEST else ():
        before = [(at, value) for at, variable, value in given if variable == name and at <= place]
        if before:
            at, value = max(before, key=lambda one: one[0])
            found |= _makers(value, at, [one for one in given if one[0] < at or one[1] != name], deep + 1)
    return found
