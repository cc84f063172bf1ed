"""Initial values that a submission draws by itself, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

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
    called = (node.func for node in walked(function) if isinstance(node, ast.Call))
    return any(isinstance(one, ast.Attribute) and INITIALISING.match(one.attr) for one in called)
