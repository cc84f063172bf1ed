"""Statements of a program that run only where it is run as a whole. Needs no torch."""

from __future__ import annotations

import ast

Function = ast.FunctionDef | ast.AsyncFunctionDef


def unguarded(statement: ast.stmt) -> list[ast.stmt]:
    """The body of `if __name__ == "__main__":`, else the statement itself."""
    if not isinstance(statement, ast.If):
        return [statement]
    named = {one.id for one in ast.walk(statement.test) if isinstance(one, ast.Name)}
    return statement.body if "__name__" in named else [statement]
