"""What of a program makes one object that it holds: net = Sequential(encoder + decoder), and all that this rests on. Pure.

A slice: the statements before it in the same scope that give, change or add to what it is made of, and nothing that trains or
loads. Data of which only the size counts is ours.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.submissions.called import last_name
from graders.submissions.resting import Wanted, changed
from graders.submissions.source import walked


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


def _slice(path: Path) -> Made:
    target = path[-1][1][path[-1][2]]
    assert isinstance(target, ast.Assign), "so it was found"
    variable = target.targets[0].id  # type: ignore[attr-defined]
    wanted, kept = Wanted(), [target, *_added(variable, path[-1][1][path[-1][2] + 1 :])]
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
        if variable not in changed(one):
            break
        found.append(one)
    return found


def _once(block: ast.stmt | None, kept: list[ast.stmt], wanted: Wanted) -> list[ast.stmt]:
    """What is made in a loop is made with its first values."""
    if not isinstance(block, ast.For):
        return kept
    loop = ast.For(block.target, block.iter, [*kept, ast.Break()], [])
    wanted.names -= {one.id for one in ast.walk(block.target) if isinstance(one, ast.Name)}
    wanted.names |= {one.id for one in ast.walk(block.iter) if isinstance(one, ast.Name)}
    return [ast.fix_missing_locations(ast.copy_location(loop, block))]
