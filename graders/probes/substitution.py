"""A program with values of ours: whatever gives one of its variables is followed by our value."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import cast

import numpy as np
import torch

from graders.probes.executing import parsed
from graders.probes.guard import Function
from graders.probes.names import stored, written_into
from graders.probes.wire import Value

OURS = "__given__"
# A grid is made under any name, also under one that held the data before.
GRIDS = frozenset("meshgrid mgrid ogrid".split())


class Substitution(ast.NodeTransformer):
    """Changes the syntax tree; `taken` are the variables, `namespace` what the changed program needs."""

    def __init__(self, chunks: Sequence[str], given: Sequence[Mapping[str, Value]]) -> None:
        """Of the names of each value, the first that the program gives a value; nothing unless each has one."""
        trees = [tree for chunk in chunks if not isinstance(tree := parsed(chunk, "<program>"), SyntaxError)]
        whole = ast.Module([statement for tree in trees for statement in tree], [])
        once, anywhere = stored(whole, in_loops=False), stored(whole)
        listed = [cast("list[str]", one["names"]) for one in given]
        # What is given a value in a loop alone is likely one example of the data.
        found = [[name for some in (once, anywhere) for name in names if name in some] for names in listed]
        self.values = {names[0]: one["value"] for names, one in zip(found, given, strict=True)} if all(found) else {}
        self._parameters: list[set[str]] = [set()]

    @property
    def taken(self) -> list[Value]:
        """The variables that have a value of ours."""
        return list(self.values)

    @property
    def namespace(self) -> dict[str, object]:
        """Where the changed program finds our values: a copy each time, as a program may change them."""
        return {OURS: lambda name, theirs: _like(self.values[name], theirs)}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """What a function is given by its caller is left alone."""
        return self._inside(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """The same."""
        return self._inside(node)

    def _inside(self, node: Function) -> ast.AST:
        arguments = node.args
        taken = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        self._parameters.append(taken)
        self.generic_visit(node)
        self._parameters.pop()
        return node

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """a = …, and a, b = …"""
        return self._followed(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        """a: int = …"""
        return self._followed(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        """a += …"""
        return self._followed(node)

    def _followed(self, node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[ast.stmt]:
        called = {getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(node)}
        if called & GRIDS:
            return [node]
        given = stored(node) | written_into(node)
        ours = sorted(given & self.values.keys() - self._parameters[-1])
        added = [
            ast.copy_location(ast.parse(f"{name} = {OURS}({name!r}, lambda: {name})").body[0], node) for name in ours
        ]
        # X = X[order] may not fit ours, of another size; what it gives is ours all the same.
        return [_tried(node) if given == {*ours} and ours else node, *added]


def _like(value: Value, theirs: Callable[[], object]) -> object:
    """A copy of our value, lying as theirs does if it has a value: a tensor of the same kind where theirs is one."""
    if not isinstance(value, np.ndarray):
        return value
    with suppress(Exception):
        old = theirs()
        lying = _lying(value, np.asarray(old))
        return torch.tensor(lying, dtype=old.dtype) if isinstance(old, torch.Tensor) else np.array(lying)
    return np.array(value)


def _lying(value: np.ndarray, old: np.ndarray) -> np.ndarray:
    """Numbers in a column or in a row, examples in columns, and a column of ones for the bias, where theirs are."""
    if value.ndim == 1 and old.ndim == 2 and 1 in old.shape:
        return value.reshape(1, -1) if old.shape[0] == 1 else value.reshape(-1, 1)
    if not value.ndim == old.ndim == 2:
        return value
    if old.shape[0] == value.shape[1] != old.shape[1]:
        return value.T
    if old.shape[1] == value.shape[1] + 1:
        ones = np.ones((len(value), 1))
        sides = {-1: [value, ones], 0: [ones, value]}
        return next((np.hstack(parts) for place, parts in sides.items() if np.all(old[:, place] == 1)), value)
    return value


def _tried(node: ast.stmt) -> ast.stmt:
    whole = ast.parse("try: ...\nexcept Exception: pass").body[0]
    cast("ast.Try", whole).body = [node]
    return ast.copy_location(whole, node)
