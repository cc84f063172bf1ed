"""What a program adds where it stands, X + 0.3 * np.random.randn(*X.shape), as the function that it might have been. Pure.

The data is one variable, and what is added is drawn in its very shape. Numbers that are written out are the student's choice:
one of them is the amount, or the only name among them is, and all others are 1.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.assignment import Drawn
from graders.probes.guard import Function
from graders.submissions.called import last_name
from graders.submissions.likeness import folded
from graders.submissions.source import Source, walked

ONE = ast.Constant(1)


@dataclass(frozen=True)
class Lifted:
    """Code that defines the function `name`, and where what it does stands."""

    file: str
    line: int
    name: str
    code: str


@dataclass(frozen=True)
class Sum:
    """A variable, the call that draws what is added to it, and the other factors."""

    data: str
    draw: ast.Call
    factors: tuple[ast.expr, ...]


def lifted(read: Sequence[Source], spec: Drawn) -> Lifted | None:
    """The first such sum."""
    found = (one for source in read for one in _in_source(source, spec))
    return next(found, None)


def _in_source(source: Source, spec: Drawn) -> Iterator[Lifted]:
    imports = [node for node in source.nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {(one.asname or one.name).partition(".")[0] for node in imports for one in node.names}
    kept = {*_values(_outside(source))}
    for scope, body in _scopes(source):
        nodes, values = [node for one in body for node in walked(one)], _values(body)
        for node in (one for one in nodes if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Add)):
            found = [*_sums(node, spec, values)]
            if not found or not _says((scope, source.file, *_around(node, nodes)), spec):
                continue
            codes = ((one.data, _code(one, spec, imported, kept)) for one in found)
            yield from (Lifted(source.file, node.lineno, name, code) for name, code in codes if code)


def _scopes(source: Source) -> Iterator[tuple[str, Sequence[ast.stmt]]]:
    """The top level, and each function."""
    yield "", _outside(source)
    yield from ((node.name, node.body) for node in source.nodes if isinstance(node, Function))


def _outside(source: Source) -> list[ast.stmt]:
    return [one for chunk in source.trees for one in chunk if not isinstance(one, Function | ast.ClassDef)]


def _values(body: Sequence[ast.stmt]) -> Mapping[str, ast.expr]:
    assigned = [node for one in body for node in walked(one) if isinstance(node, ast.Assign)]
    return {one.targets[0].id: one.value for one in assigned if isinstance(one.targets[0], ast.Name)}


def _sums(node: ast.BinOp, spec: Drawn, values: Mapping[str, ast.expr]) -> Iterator[Sum]:
    """Whichever side the data stands on; what is added may have a name of its own."""
    for data, added in ((node.left, node.right), (node.right, node.left)):
        name = _variable(data)
        value = values.get(added.id, added) if isinstance(added, ast.Name) else added
        factors = [*_factors(value)]
        draws = [one for one in factors if isinstance(one, ast.Call) and last_name(one.func) in spec.draws]
        if name and len(draws) == 1 and name in _names(draws) and not _is_other(name, spec):
            yield Sum(name, draws[0], tuple(one for one in factors if one is not draws[0]))


def _variable(value: ast.expr) -> str:
    """x of x, and of x.copy()."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "copy":
        value = value.func.value
    return value.id if isinstance(value, ast.Name) else ""


def _factors(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        yield from (*_factors(value.left), *_factors(value.right))
    else:
        yield value


def _names(nodes: Sequence[ast.AST]) -> set[str]:
    return {one.id for node in nodes for one in walked(node) if isinstance(one, ast.Name)}


def _is_other(name: str, spec: Drawn) -> bool:
    """Whether a variable is called as what is never meant: y, y_train, train_y."""
    return any(folded(name).startswith(one) or folded(name).endswith(one) for one in spec.never)


def _around(node: ast.BinOp, nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names in the sum, in the statement that it stands in, and that it is given to."""
    yield from _names([node])
    for one in nodes:
        if isinstance(one, ast.Assign | ast.Expr | ast.Return | ast.AugAssign) and node in walked(one):
            yield from _names([one])


def _says(names: Sequence[str], spec: Drawn) -> bool:
    return any(word in folded(name) for name in names for word in spec.said)


def _code(one: Sum, spec: Drawn, imported: set[str], kept: set[str]) -> str:
    """The function; nothing where it would need what is not there."""
    scale = _scale(one.draw)
    free = _names([*one.factors, *scale]) - imported - {one.data}
    if len(free) > 1 or _names([one.draw, *one.factors]) - imported - kept - free - {one.data}:
        return ""
    said = [*(each for each in one.factors if _names([each]) & free)]
    said += [] if said or any(_names([each]) & free for each in scale) else [ast.Name(spec.amount)]
    names = {one.data: spec.to, **dict.fromkeys(free, spec.amount)}
    product = " * ".join(f"({_renamed(each, names)})" for each in (*said, _of_scale_one(one.draw, scale, free)))
    return f"def {one.data}({spec.to}, {spec.amount}):\n    return {spec.to} + {product}"


def _scale(draw: ast.Call) -> list[ast.expr]:
    """The deviation that normal(mean, deviation, shape) is given."""
    if last_name(draw.func) != "normal":
        return []
    return [each.value for each in draw.keywords if each.arg == "scale"] or draw.args[1:2]


def _of_scale_one(draw: ast.Call, scale: Sequence[ast.expr], free: set[str]) -> ast.Call:
    """The draw with 1 in the place of a deviation that is written out."""
    old = next((each for each in scale if not _names([each]) & free), None)
    named = [ast.keyword(each.arg, ONE if each.value is old else each.value) for each in draw.keywords]
    return ast.Call(draw.func, [ONE if each is old else each for each in draw.args], named)


def _renamed(value: ast.expr, names: Mapping[str, str]) -> str:
    """The same with other names, as text."""
    copy = ast.parse(ast.unparse(value), mode="eval")
    for each in ast.walk(copy):
        if isinstance(each, ast.Name):
            each.id = names.get(each.id, each.id)
    return ast.unparse(copy)
