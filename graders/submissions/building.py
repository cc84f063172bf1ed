"""What of a program makes one object that it holds: net = Sequential(encoder + decoder), and all that this rests on. Pure.

A slice: the statements before it in the same scope that give, change or add to what it is made of, and nothing that trains or
loads. Data of which only the size counts is ours.
"""

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


@dataclass(frozen=True)
class Made:
    """The variable, the statements that make it, and the variables of which they only ask the size."""

    variable: str
    statements: tuple[ast.stmt, ...]
    data: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Every name that stands in them."""
        nodes = [one for statement in self.statements for one in walked(statement)]
        return frozenset(one.id for one in nodes if isinstance(one, ast.Name))

    def calls(self, name: str) -> list[ast.Call]:
        """Where something of this name is called."""
        nodes = [one for statement in self.statements for one in walked(statement)]
        return [one for one in nodes if isinstance(one, ast.Call) and last_name(one.func) == name]

    def number(self, value: ast.expr) -> int | None:
        """The whole number that this is, as it is written or as a variable was given it."""
        given = {
            one.targets[0].id: one.value
            for statement in self.statements
            for one in walked(statement)
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
        }
        found = given.get(value.id, value) if isinstance(value, ast.Name) else value
        return found.value if isinstance(found, ast.Constant) and isinstance(found.value, int) else None


def made_in(body: Sequence[ast.stmt], maker: str) -> Iterator[Made]:
    """Each object of this maker that the statements of a scope, or of the blocks inside it, give to a variable."""
    for path in _paths(body, maker):
        yield _slice(path)


Path = tuple[tuple[ast.stmt | None, Sequence[ast.stmt], int], ...]


def _paths(body: Sequence[ast.stmt], maker: str, around: Path = (), block: ast.stmt | None = None) -> Iterator[Path]:
    """Where such a statement stands: the blocks around it, outermost first, with its place in each."""
    for place, one in enumerate(body):
        here: Path = (*around, (block, body, place))
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) and _makes(one.value, maker):
            yield here
        elif isinstance(one, ast.For | ast.While | ast.With | ast.If | ast.Try):
            yield from _paths(one.body, maker, here, one)


def _makes(value: ast.expr, maker: str) -> bool:
    return isinstance(value, ast.Call) and last_name(value.func) == maker


@dataclass
class _Wanted:
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
        return bool(self.names & set(_changed(statement)))


def resting_on(statements: Sequence[ast.stmt], body: Sequence[ast.stmt]) -> tuple[ast.stmt, ...]:
    """These statements of a body, with those before each that give, change or add to what they read, data too, in their order."""
    wanted, kept = _Wanted(), list[ast.stmt]()
    for one in reversed(body):
        if one in statements or (wanted.names | wanted.sized) & set(_changed(one)):
            wanted.keep(one)
            kept.insert(0, one)
    return tuple(kept)


def _slice(path: Path) -> Made:
    target = path[-1][1][path[-1][2]]
    assert isinstance(target, ast.Assign), "so it was found"
    variable = target.targets[0].id  # type: ignore[attr-defined]
    wanted, kept = _Wanted(), [target, *_added(variable, path[-1][1][path[-1][2] + 1 :])]
    for one in reversed(kept):
        wanted.keep(one)
    for block, body, place in reversed(path):
        for one in reversed(body[:place]):
            if one in wanted:
                wanted.keep(one)
                kept.insert(0, one)
        kept = _once(block, kept, wanted)
    return Made(variable, tuple(kept), frozenset(wanted.sized - wanted.names))


def _added(variable: str, following: Sequence[ast.stmt]) -> list[ast.stmt]:
    """net.add(…) right behind net = Sequential()."""
    found: list[ast.stmt] = []
    for one in following:
        if variable not in _changed(one):
            break
        found.append(one)
    return found


def _once(block: ast.stmt | None, kept: list[ast.stmt], wanted: _Wanted) -> list[ast.stmt]:
    """What is made in a loop is made with its first values."""
    if not isinstance(block, ast.For):
        return kept
    loop = ast.For(block.target, block.iter, [*kept, ast.Break()], [])
    wanted.names -= {one.id for one in ast.walk(block.target) if isinstance(one, ast.Name)}
    wanted.names |= {one.id for one in ast.walk(block.iter) if isinstance(one, ast.Name)}
    return [ast.fix_missing_locations(ast.copy_location(loop, block))]


def _given(statement: ast.stmt) -> Iterator[str]:
    """The variables whose old value a statement does away with."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    for target in targets:
        yield from (one.id for one in ast.walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))


def _changed(statement: ast.stmt) -> Iterator[str]:
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
