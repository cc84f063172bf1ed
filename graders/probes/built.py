"""An object that a program makes in the course of things, made anew by the part of it that does so."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from graders.probes.raised import PROGRAM
from graders.probes.work import BuiltSubject, Work

EXAMPLES = 8


def built(part: BuiltSubject, work: Work, width: int) -> object:
    """What the variable holds in the end. What fails on the way, as data that is not there, shows where it is missed."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    tree = ast.parse(part["code"])
    for number, statement in enumerate(tree.body):
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            namespace |= _known(part, work)
            namespace.update({name: np.zeros((EXAMPLES, width)) for name in part["data"]})
        problem = _carried_out(statement, namespace)
        if problem and number == len(tree.body) - 1:
            raise problem
    return namespace[part["variable"]]


def _carried_out(statement: ast.stmt, namespace: dict[str, Any]) -> Exception | None:
    try:
        exec(compile(ast.Module([statement], []), PROGRAM, "exec"), namespace)  # noqa: S102  # what this process is for
    except Exception as problem:  # noqa: BLE001  # whatever a student's program raises
        return problem
    return None


def _known(part: BuiltSubject, work: Work) -> Mapping[str, object]:
    """The student's own classes, as they were read: an import may have made them a second time."""
    found: dict[str, object] = {}
    for name, file in part["known"]:
        with suppress(KeyError):
            found[name] = work.namespaces[file][name]
    return found
