"""Initial values that a submission draws by itself, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from graders.submissions.source import Source, trees

INITIALISING = re.compile(r"(xavier|kaiming|uniform|normal|constant|zeros|orthogonal|trunc_normal)\w*_$")


def never_called(read: Sequence[Source]) -> Iterator[str]:
    """Functions and methods that draw initial values, and whose name stands nowhere else."""
    nodes = [node for source in read for chunk in trees(source) for statement in chunk for node in ast.walk(statement)]
    mentioned = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    }
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name not in {*mentioned, "__init__"} and _initialises(node):
            yield node.name


def _initialises(function: ast.FunctionDef) -> bool:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(one, ast.Attribute) and INITIALISING.match(one.attr) for one in called)
