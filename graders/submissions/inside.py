"""What a main() defines and no top level does: functions, classes, lambdas, and networks that it puts together. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in, last_name
from graders.submissions.source import walked

# What is called to have a thing, and neither loads nor trains; classes have capitals.
MAKING = frozenset("dict list tuple set range zip partial device".split())
Definite = Function | ast.ClassDef | ast.Import | ast.ImportFrom


def insides(top: Sequence[ast.stmt]) -> Iterator[tuple[list[ast.stmt], str]]:
    """For each function that a program calls as a whole, the statements that define something in it, and code that carries these
    out, as far as each can be."""
    statements = [one for each in top for one in unguarded(each)]
    called = called_in(one for one in statements if not isinstance(one, Function | ast.ClassDef))
    for one in statements:
        if isinstance(one, Function) and one.name in called and not _wants(one.args):
            kept = [each for each in _flat(one.body) if _defines(each)]
            if any(isinstance(each, Function | ast.ClassDef) or _makes(each) for each in kept):
                yield kept, "\n".join(ast.unparse(_tried(each)) for each in kept)


def _flat(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body, and of the blocks in it."""
    for one in body:
        yield one
        yield from _flat(one.body) if isinstance(one, ast.For | ast.While | ast.With | ast.If | ast.Try) else ()


def _wants(taken: ast.arguments) -> bool:
    """Whether it must be given something."""
    return len(taken.posonlyargs + taken.args) > len(taken.defaults) or None in taken.kw_defaults


def _defines(one: ast.stmt) -> bool:
    """Whether it gives something a name, and loads and trains nothing."""
    if isinstance(one, ast.Assign | ast.AnnAssign) and one.value:
        made = [last_name(each.func) for each in walked(one.value) if isinstance(each, ast.Call)]
        return isinstance(one.value, ast.Lambda) or all(name in MAKING or name[:1].isupper() for name in made)
    return isinstance(one, Definite)


def _makes(one: ast.stmt) -> bool:
    """Whether it is a function without a name, or a network without a class."""
    value = one.value if isinstance(one, ast.Assign) else None
    return isinstance(value, ast.Lambda) or (isinstance(value, ast.Call) and last_name(value.func) == "Sequential")


def _tried(one: ast.stmt) -> ast.stmt:
    handler = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, [ast.Pass()])
    return ast.Try([one], [handler], [], [])
