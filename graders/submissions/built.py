"""What a program holds in a variable and no function makes, as a part of the program that makes it anew. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.assignment import Built
from graders.probes.guard import Function, unguarded
from graders.submissions.building import Made, made_in
from graders.submissions.likeness import folded
from graders.submissions.source import Source, walked


@dataclass(frozen=True)
class Part:
    """Code that leaves an object in a variable: where it was taken from, the variables for which it wants data of ours, and how
    wide data must be where the code says so."""

    file: str
    line: int
    variable: str
    code: str
    data: tuple[str, ...]
    width: int | None


def part(read: Sequence[Source], spec: Built, makers: dict[str, str]) -> Part | None:
    """The object that is most likely meant: one that says so, made of about as many as are expected, or of just as many, with
    most beside them; the last one."""
    by, of = makers.get(spec.by, ""), makers.get(spec.of, "")
    found = [one for source in read for one in _parts(source, by)] if by and of else []
    able = [
        (file, one)
        for file, scope, one in found
        if len(one.calls(of)) == spec.count or _says((*one.names, scope, file.file), spec)
    ]
    known = {*makers.values()}

    def likely(pair: tuple[Source, Made]) -> tuple[int, bool, int]:
        count = len(pair[1].calls(of))
        return -abs(count - spec.count), _says(pair[1].names, spec), sum(len(pair[1].calls(one)) for one in known)

    best = max(able, key=likely, default=None)
    return _whole(*best, of, known) if best else None


def _says(names: Sequence[str] | frozenset[str], spec: Built) -> bool:
    return any(folded(word) in folded(name) for name in names for word in spec.said)


def _parts(source: Source, maker: str) -> Iterator[tuple[Source, str, Made]]:
    """Of the top level, and of each function that needs not be given anything; the last ones first."""
    for scope, body in _scopes(source):
        yield from ((source, scope, one) for one in reversed([*made_in(body, maker)]))


def _scopes(source: Source) -> Iterator[tuple[str, Sequence[ast.stmt]]]:
    statements = [one for chunk in source.trees for statement in chunk for one in unguarded(statement)]
    yield "", statements
    for one in statements:
        if isinstance(one, Function) and len(one.args.args) == len(one.args.defaults):
            yield one.name, [*_defaults(one), *one.body]


def _defaults(function: Function) -> Iterator[ast.stmt]:
    """The parameters of a function as variables with their defaults."""
    for taken, value in zip(function.args.args, function.args.defaults, strict=True):
        given = ast.Assign([ast.Name(taken.arg, ast.Store())], value)
        yield ast.fix_missing_locations(ast.copy_location(given, function))


def _whole(source: Source, made: Made, of: str, known: set[str]) -> Part:
    """With the imports of the file, and the functions that are called, but for what is known already."""
    statements = [one for chunk in source.trees for one in chunk]
    imports = [one for one in statements if isinstance(one, ast.Import | ast.ImportFrom)]
    helpers, wanted = list[ast.stmt](), made.names - known
    while more := [one for one in statements if _helps(one, wanted) and one not in helpers]:
        helpers += more
        wanted |= {each.id for one in more for each in walked(one) if isinstance(each, ast.Name)} - known
    code = ast.unparse(ast.Module([*imports, *helpers, *made.statements], []))
    ends = [one for call in made.calls(of) for one in call.args[:2]]
    width = next((number for one in (*ends[:1], *ends[-1:]) if (number := made.number(one))), None)
    return Part(source.file, made.statements[-1].lineno, made.variable, code, tuple(sorted(made.data)), width)


def _helps(statement: ast.stmt, wanted: frozenset[str]) -> bool:
    return isinstance(statement, Function | ast.ClassDef) and statement.name in wanted
