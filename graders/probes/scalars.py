"""`float(a)` of an array of shape (1,), which NumPy 2.4 refuses.

A conversion is written `float(x)` or `int(x)` in the source: it is read as `__scalar__(float, x)`.
"""

from __future__ import annotations

import ast
import builtins
from typing import Any

import numpy as np

from graders.probes.noted import note

CONVERSIONS = ("float", "int", "complex")
NAME = "__scalar__"


class Adapted(ast.NodeTransformer):
    """The same source with conversions as NumPy once made them."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """float(x)"""
        self.generic_visit(node)
        function = node.func
        if (
            isinstance(function, ast.Name)
            and function.id in CONVERSIONS
            and len(node.args) == 1
            and not node.keywords
            and not isinstance(node.args[0], ast.Constant | ast.Starred)
        ):
            named = ast.copy_location(ast.Name(NAME, ast.Load()), function)
            return ast.copy_location(ast.Call(named, [function, *node.args], []), node)
        return node


def scalar(convert: Any, value: Any) -> Any:
    """What the conversion gives; of an array with one value, that value's."""
    try:
        return convert(value)
    except TypeError:
        if not (isinstance(value, np.ndarray) and value.size == 1 and convert in (float, int, complex)):
            raise
        note("version", f"{convert.__name__}(np.array([x]))")
        return convert(value.item())


def install() -> None:
    """Make the function known to all source."""
    setattr(builtins, NAME, scalar)
