"""What a function computes and gives to nobody: a history that is neither returned nor kept outside."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.observe.source import Text
from graders.probes.names import stored


def thrown_away(source: Text) -> set[str]:
    """The variables of functions that return something else, where nothing outside has that name."""
    inside = [stored(one) for one in _functions(source) if _returns(one)]
    outside = [stored(one) for one in _outside(source)]
    return set[str]().union(*inside) - set[str]().union(*outside)


def _functions(source: Text) -> Iterator[ast.AST]:
    return (node for node in source.nodes() if isinstance(node, ast.FunctionDef))


def _returns(function: ast.AST) -> bool:
    given = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    return any(one is not None and not isinstance(one, ast.Constant) for one in given)


def _outside(source: Text) -> Iterator[ast.AST]:
    """Statements of the program, and functions that are parts of it: they return nothing."""
    yield from (one for one in _functions(source) if not _returns(one))
    for statement in (one for file in source.sources for chunk in file.trees for one in chunk):
        if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement
