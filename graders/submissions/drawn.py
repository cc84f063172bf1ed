"""What a program adds where it stands, X + 0.3 * np.random.randn(*X.shape), as the function that it might have been. Pure.

The data is one variable, or what a variable holds at one place, and what is added, in place perhaps, is drawn in its very shape.
Numbers that are written out are the student's choice:
one of them is the amount, or the only name among them is, and all others are 1.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.assignment import Drawn
from graders.probes.guard import Function
from graders.submissions.called import last_name
from graders.submissions.likeness import folded
from graders.submissions.source import Source, walked

ONE = ast.Constant(1)
# The index of one image in what is made of a loop.
AT = "place_"


@dataclass(frozen=True)
class Lifted:
    """Code that defines the function `name`, and where what it does stands."""

    file: str
    line: int
    name: str
    code: str


@dataclass(frozen=True)
class Data:
    """What something is added to: a variable, what else it is called (a copy's original), and the place in it, x[i], where one
    image after another is meant."""

    name: str
    alike: frozenset[str] = frozenset()
    place: ast.Subscript | None = None

    @property
    def names(self) -> frozenset[str]:
        """Every name that speaks of it."""
        return self.alike | {self.name} | _names([self.place] if self.place else [])


@dataclass(frozen=True)
class Sum:
    """The data, the call that draws what is added to it, and the other factors."""

    data: Data
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
        values = {name: value for name, value in values.items() if name not in imported}
        for node in nodes:
            sides = _sides(node)
            found = [*_sums(*sides, spec, values, imported)] if sides else []
            if not found or not _says((scope, source.file, *_around(node, nodes)), spec):
                continue
            line = found[0].draw.lineno
            codes = ((one.data.name, _code(one, spec, imported, kept)) for one in found)
            yield from (Lifted(source.file, line, name, code) for name, code in codes if code)


def _scopes(source: Source) -> Iterator[tuple[str, Sequence[ast.stmt]]]:
    """The top level, and each function."""
    yield "", _outside(source)
    yield from ((node.name, node.body) for node in source.nodes if isinstance(node, Function))


def _outside(source: Source) -> list[ast.stmt]:
    return [one for chunk in source.trees for one in chunk if not isinstance(one, Function | ast.ClassDef)]


def _values(body: Sequence[ast.stmt]) -> Mapping[str, ast.expr]:
    assigned = [node for one in body for node in walked(one) if isinstance(node, ast.Assign)]
    return {one.targets[0].id: one.value for one in assigned if isinstance(one.targets[0], ast.Name)}


def _sides(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """What is added to what: a + b, a += b."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return node.left, node.right
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return node.target, node.value
    return None


def _sums(
    left: ast.expr, right: ast.expr, spec: Drawn, values: Mapping[str, ast.expr], imported: set[str]
) -> Iterator[Sum]:
    """Whichever side the data stands on; what is added may have a name of its own."""
    for side, added in ((left, right), (right, left)):
        data = _data(side, values, imported)
        value = values.get(added.id, added) if isinstance(added, ast.Name) else added
        factors = [*_factors(value)]
        draws = [one for one in factors if isinstance(one, ast.Call) and last_name(one.func) in spec.draws]
        if data and len(draws) == 1 and data.names & _names(draws) and not _is_other(data.name, spec):
            yield Sum(data, draws[0], tuple(one for one in factors if one is not draws[0]))


def _data(value: ast.expr, values: Mapping[str, ast.expr], imported: set[str]) -> Data | None:
    """x of x, of x.copy(), and of x[i]."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "copy":
        value = value.func.value
    if isinstance(value, ast.Name):
        return Data(value.id, _copied(value.id, values, imported))
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and isinstance(value.slice, ast.Name):
        return Data(value.value.id, _copied(value.value.id, values, imported), value)
    return None


def _copied(name: str, values: Mapping[str, ast.expr], imported: set[str]) -> frozenset[str]:
    """x of noisy = x.copy(), noisy = np.array(x): the only name in what a variable was given, where nothing is added to it."""
    value = values.get(name)
    if value is None or any(_sides(one) for one in walked(value)):
        return frozenset()
    found = _names([value]) - imported - {*dir(builtins)}
    return frozenset(found) if len(found) == 1 else frozenset()


def _factors(value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        yield from (*_factors(value.left), *_factors(value.right))
    else:
        yield value


def _names(nodes: Sequence[ast.AST]) -> set[str]:
    return {one.id for node in nodes for one in walked(node) if isinstance(one, ast.Name)}


def _is_other(name: str, spec: Drawn) -> bool:
    """Whether a variable is called as what is never meant: y, y_train, train_y, beside what says that it is noisy."""
    left = folded("".join(part for part in name.split("_") if not _says([part], spec)))
    return any(left.startswith(one) or left.endswith(one) for one in spec.never)


def _around(node: ast.AST, nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names in the sum, in the statement that it stands in, and that it is given to."""
    yield from _names([node])
    for one in nodes:
        if isinstance(one, ast.Assign | ast.Expr | ast.Return | ast.AugAssign) and node in walked(one):
            yield from _names([one])


def _says(names: Sequence[str], spec: Drawn) -> bool:
    return any(word in folded(name) for name in names for word in spec.said)


def _code(one: Sum, spec: Drawn, imported: set[str], kept: set[str]) -> str:
    """The function; nothing where it would need what is not there."""
    scale, own = _scale(one.draw), imported | one.data.names
    free = _names([*one.factors, *scale]) - own
    if len(free) > 1 or _names([one.draw, *one.factors]) - own - kept - free:
        return ""
    said = [*(each for each in one.factors if _names([each]) & free)]
    said += [] if said or any(_names([each]) & free for each in scale) else [ast.Name(spec.amount)]
    names = {**dict.fromkeys(one.data.alike | {one.data.name}, spec.to), **dict.fromkeys(free, spec.amount)}
    factors = (_renamed(each, names, one.data.place) for each in (*said, _of_scale_one(one.draw, scale, free)))
    product = " * ".join(f"({each})" for each in factors)
    head = f"def {one.data.name}({spec.to}, {spec.amount}):\n"
    if one.data.place is None:
        return f"{head}    return {spec.to} + {product}"
    each = f"    for {AT} in range(len(sum_)):\n        sum_[{AT}] = sum_[{AT}] + {product}\n"
    return f"{head}    sum_ = 1.0 * {spec.to}\n{each}    return sum_"


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


def _renamed(value: ast.expr, names: Mapping[str, str], place: ast.Subscript | None) -> str:
    """The same with other names, and one index for that of the place, as text."""
    copy = ast.parse(ast.unparse(value), mode="eval")
    names = {**names, place.slice.id: AT} if place and isinstance(place.slice, ast.Name) else names
    for each in ast.walk(copy):
        if isinstance(each, ast.Name):
            each.id = names.get(each.id, each.id)
    return ast.unparse(copy)
