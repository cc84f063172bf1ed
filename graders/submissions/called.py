"""What is called in a piece of source, by its last name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from graders.submissions.source import walked


def last_name(node: ast.expr) -> str:
    """Module of torch.nn.Module; nothing of what is no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def called_in(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The last names of everything that is called: backward of loss.backward()."""
    inside = (one for node in nodes for one in walked(node))
    return frozenset(last_name(one.func) for one in inside if isinstance(one, ast.Call))


def does(calls: Sequence[str], called: frozenset[str]) -> bool:
    """Whether each of these is called; "backward|grad" is one or the other."""
    return all(called & {*one.split("|")} for one in calls)
