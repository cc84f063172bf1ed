"""Initial values that a submission draws by itself, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in
from graders.submissions.source import Source, walked

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
    """Statements that draw initial values into the network that a variable holds, behind where it is made."""

    file: str
    variable: str
    statements: tuple[ast.stmt, ...]


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
                found = tuple(each for each in block[place + 1 :] if _draws_into(each, variable))
                if found:
                    yield Beside(source.file, variable, found)


def _made(one: ast.stmt, network: str, held: bool) -> list[str]:
    """The variable that this statement gives a network."""
    if not isinstance(one, ast.Assign) or not isinstance(one.targets[0], ast.Name):
        return []
    made = one.targets[0].id == network if held else network in called_in([one.value])
    return [one.targets[0].id] if made else []


def _draws_into(one: ast.stmt, variable: str) -> bool:
    """Whether it does so, and does not learn."""
    nodes = walked(one) if isinstance(one, ast.Expr | ast.For | ast.With) else ()
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return variable in names and any(map(is_draw, nodes)) and not called_in([one]) & {"backward", "step"}
