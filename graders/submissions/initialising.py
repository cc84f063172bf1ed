"""Initial values that a submission draws by itself, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in, last_name
from graders.submissions.resting import resting_on
from graders.submissions.source import Source, walked

DRAWING = frozenset("randn rand normal uniform empty truncnorm".split())
INITIALISING = re.compile(r"(xavier|kaiming|uniform|normal|constant|zeros|orthogonal|trunc_normal)\w*_$")


def never_called(read: Sequence[Source]) -> Iterator[str]:
    """Functions and methods that draw initial values, and whose name stands nowhere else."""
    written = [node for source in read for node in source.nodes]
    mentioned = {"__init__"} | {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in written
        if isinstance(node, ast.Name | ast.Attribute)
    }
    for node in written:
        if isinstance(node, ast.FunctionDef) and node.name not in mentioned and _initialises(node):
            yield node.name


def _initialises(function: ast.FunctionDef) -> bool:
    return any(is_draw(node) for node in walked(function))


def is_draw(node: ast.AST) -> bool:
    """Whether this calls nn.init, or a tensor's own uniform_ and the like."""
    attribute = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr
    return bool(attribute and INITIALISING.match(attribute))


@dataclass(frozen=True)
class Beside:
    """Statements that draw initial values into the network that a variable holds, behind where it is made; and `whole`, with all
    that makes it and that they rest on, where they say numbers that hold for this network alone."""

    file: str
    variable: str
    statements: tuple[ast.stmt, ...]
    whole: tuple[ast.stmt, ...] = ()


def beside(read: Sequence[Source], network: str, *, held: bool) -> Beside | None:
    """The last such ones of a program: for m in model.modules(): …; `held` where the variable is known, and not what makes it."""
    found = [one for source in read for one in _in_blocks(source, network, held)]
    return found[-1] if found else None


def _in_blocks(source: Source, network: str, held: bool) -> Iterator[Beside]:
    top = [one for chunk in source.trees for statement in chunk for one in unguarded(statement)]
    inside = [node.body for one in top for node in walked(one) if isinstance(node, ast.For | Function)]
    for block in (top, *inside):
        for place, one in enumerate(block):
            for variable in _made(one, network, held):
                names = _parts_of(variable, block[place + 1 :])
                found = tuple(each for each in block[place + 1 :] if _draws_into(each, names))
                if found:
                    own = any(_in_numbers(each, _given((*top, *block)) - {variable}) for each in found)
                    whole = resting_on((one, *found), block) if own else ()
                    yield Beside(source.file, variable, found, whole)


def _made(one: ast.stmt, network: str, held: bool) -> list[str]:
    """The variable that this statement gives a network."""
    if not isinstance(one, ast.Assign) or not isinstance(one.targets[0], ast.Name):
        return []
    made = one.targets[0].id == network if held else network in called_in([one.value])
    return [one.targets[0].id] if made else []


def _parts_of(variable: str, following: Sequence[ast.stmt]) -> set[str]:
    """The variable, and those that are given parts of what it holds, and not its answers: layers = [net[0], net[3]]."""
    names = {variable}
    for one in following:
        read = (
            {node.id for node in walked(one.value) if isinstance(node, ast.Name)} if isinstance(one, ast.Assign) else ()
        )
        if names.intersection(read) and not called_in([one]) & names:
            names |= _given([one])
    return names


def _draws_into(one: ast.stmt, parts: set[str]) -> bool:
    """Whether it does so, and does not learn."""
    nodes = walked(one) if isinstance(one, ast.Expr | ast.For | ast.With) or _puts(one) else ()
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    draws = any(is_draw(node) or _puts(node) for node in nodes)
    return bool(parts & names) and draws and not called_in([one]) & {"backward", "step"}


def _puts(node: ast.AST) -> bool:
    """Whether it gives a part of something values drawn by itself: net.fc.weight.data = …, net.fc.weight.copy_(…)."""
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Attribute) and bool(called_in([node.value]) & DRAWING)
    return isinstance(node, ast.Call) and last_name(node.func) == "copy_" and bool(called_in(node.args) & DRAWING)


def _in_numbers(one: ast.stmt, given: set[str]) -> bool:
    """Whether what it says holds for one network alone: by variables that were `given` before, uniform_(w, -a, a), or written
    out. A loop that asks the layers for their sizes, xavier_uniform_(w) and zeros_(b) hold for any."""
    nodes = walked(one)
    names = [node for node in nodes if isinstance(node, ast.Name)]
    stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    rests = {node.id for node in names} & given - stored
    return bool(rests) or (not isinstance(one, ast.For) and any(_puts(node) or _bounded(node) for node in nodes))


def _bounded(node: ast.AST) -> bool:
    """Whether it draws between bounds of its own, or with a deviation."""
    if not is_draw(node) or not isinstance(node, ast.Call):
        return False
    return last_name(node.func).startswith(("uniform", "normal", "trunc_normal")) and len(node.args + node.keywords) > 1


def _given(statements: Sequence[ast.stmt]) -> set[str]:
    """The variables that these statements give a value."""
    targets = [target for one in statements if isinstance(one, ast.Assign) for target in one.targets]
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
