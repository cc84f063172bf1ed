"""What a piece of source takes out of objects: config.input_size, params["lr"]."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

from graders.submissions.called import last_name
from graders.submissions.source import walked


class Read(NamedTuple):
    """A value that is taken out of an object: by its name, or as an item of it."""

    holder: str
    key: str
    item: bool


def reads(nodes: Iterable[ast.AST]) -> tuple[Read, ...]:
    """Everything that is taken out of a named object, or of an attribute of that name, in these nodes."""
    found = (one for node in nodes for one in walked(node))
    return tuple(dict.fromkeys(read for one in found if (read := _read(one))))


def _read(node: ast.AST) -> Read | None:
    if isinstance(node, ast.Attribute) and (holder := last_name(node.value)):
        return Read(holder, node.attr, item=False)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return Read(holder, node.slice.value, item=True) if (holder := last_name(node.value)) else None
    return None
