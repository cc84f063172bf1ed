"""What statements give, change and read, and so which of those before them they rest on. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graders.probes.guard import Function
from graders.submissions.called import last_name
from graders.submissions.source import walked

ADDING = ("add", "append", "insert", "extend", "ajout")
# A loop that only builds is short.
MOST_STATEMENTS = 12
SIZES = frozenset("shape size".split())
FLAT = frozenset("flatten ravel".split())


def resting_on(statements: Sequence[ast.stmt], body: Sequence[ast.stmt]) -> tuple[ast.stmt, ...]:
    """These statements of a body, with those before each that give, change or add to what they read, data too, in their order."""
    wanted, kept = Wanted(), list[ast.stmt]()
    for one in reversed(body):
        if one in statements or (wanted.names | wanted.sized) & set(changed(one)):
            wanted.keep(one)
            kept.insert(0, one)
    return tuple(kept)


@dataclass
class Wanted:
    """What the statements that were kept so far rest on, from the last one to the first."""

    names: set[str] = field(default_factory=set)
    sized: set[str] = field(default_factory=set)

    def keep(self, statement: ast.stmt) -> None:
        """This statement is kept: what it reads is wanted; of what gives a plain variable, nothing more."""
        given = set(_given(statement))
        self.sized -= given & self.names
        self.names -= given
        for name, only_size in _read(statement):
            (self.sized if only_size else self.names).add(name)

    def __contains__(self, statement: ast.stmt) -> bool:
        return bool(self.names & set(changed(statement)))


def _given(statement: ast.stmt) -> Iterator[str]:
    """The variables whose old value a statement does away with."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    for target in targets:
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))


def changed(statement: ast.stmt) -> Iterator[str]:
    """The variables that a statement gives, changes a part of, or adds to."""
    inner = walked(statement)
    if isinstance(statement, Function | ast.ClassDef | ast.Import | ast.ImportFrom):
        return
    if isinstance(statement, ast.For | ast.While | ast.With | ast.If | ast.Try) and _long(inner):
        return
    for one in inner:
        if isinstance(one, ast.Assign):
            yield from (root for target in one.targets for root in _roots(target))
        elif isinstance(one, ast.AnnAssign | ast.AugAssign):
            yield from _roots(one.target)
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Call) and _adds(one.value.func):
            yield from _roots(one.value.func)


def _long(nodes: Sequence[ast.AST]) -> bool:
    return sum(isinstance(one, ast.stmt) for one in nodes) > MOST_STATEMENTS


def _adds(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr.lower().startswith(ADDING)


def _roots(target: ast.expr) -> Iterator[str]:
    """a of a, a.b, a[0].c, and each of a, b."""
    if isinstance(target, ast.Tuple | ast.List):
        yield from (root for one in target.elts for root in _roots(one))
        return
    while isinstance(target, ast.Attribute | ast.Subscript | ast.Starred):
        target = target.value
    if isinstance(target, ast.Name):
        yield target.id


def _read(statement: ast.stmt) -> Iterator[tuple[str, bool]]:
    """The names that a statement reads, and whether it asks for no more than a size: x.shape[1], len(x[0])."""
    sizes = {id(_held(one)) for one in walked(statement)}
    for one in walked(statement):
        if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Del):
            stored = isinstance(one.ctx, ast.Store) and isinstance(statement, ast.Assign)
            if not stored:
                yield one.id, id(one) in sizes


def _held(node: ast.AST) -> ast.expr | None:
    """x of x.shape, x[0].shape and len(x[0])."""
    if isinstance(node, ast.Attribute) and node.attr in SIZES:
        found = node.value
    elif isinstance(node, ast.Call) and last_name(node.func) == "len" and node.args:
        found = node.args[0]
    else:
        return None
    return _whole(found)


def _whole(value: ast.expr) -> ast.expr:
    """x of x[0], x.flatten(), np.ravel(x): what has a part of it, or a form, has its size."""
    while True:
        if isinstance(value, ast.Subscript):
            value = value.value
        elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in FLAT:
            value = value.args[0] if value.args else value.func.value
        else:
            return value
