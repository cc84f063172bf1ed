"""The variables that a piece of source gives a value, or changes in place. Needs no torch."""

from __future__ import annotations

import ast


def stored(tree: ast.AST, *, in_loops: bool = True) -> set[str]:
    """Their names; those that are given one inside a loop only where `in_loops`."""
    if isinstance(tree, ast.Name):
        return {tree.id} if isinstance(tree.ctx, ast.Store) else set()
    if isinstance(tree, ast.For | ast.While) and not in_loops:
        return set()
    inside = (stored(one, in_loops=in_loops) for one in ast.iter_child_nodes(tree))
    return set[str]().union(*inside)


def written_into(tree: ast.AST) -> set[str]:
    """The variables that are changed in place: y[50:] = -1."""
    parts = [one for one in ast.walk(tree) if isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Store)]
    return {one.value.id for one in parts if isinstance(one.value, ast.Name)}
