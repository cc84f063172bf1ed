"""An expression with the variables of its scope unfolded into what they were given, MLP(n, [64, 32]) of MLP(n, hidden). Pure."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from graders.probes.guard import Function
from graders.probes.wire import Value
from graders.submissions.called import last_name
from graders.submissions.cut import Pair, pairs_of
from graders.submissions.source import walked

# How often a variable is followed to what it was given.
DEEPEST = 6
Given = Mapping[str, ast.expr]


def given_once(body: Sequence[ast.stmt], function: Function | None = None) -> Given:
    """The variables that statements give a value in one place alone; of a loop over what is written out the first value; and
    the defaults of a function's parameters."""
    # What stands in an `if` at top level stands beside it too.
    inside = {id(node): node for one in body for node in walked(one)}.values()
    stored = Counter(one.id for one in inside if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    pairs = [*(_defaults(function.args) if function else ()), *(pair for one in inside for pair in _pairs(one))]
    return {name: value for name, value in pairs if stored[name] <= 1}


def _pairs(node: ast.AST) -> Iterator[Pair]:
    if isinstance(node, ast.Assign):
        yield from (pair for target in node.targets for pair in _apart(target, node.value))
    elif isinstance(node, ast.AnnAssign) and node.value:
        yield from _apart(node.target, node.value)
    elif isinstance(node, ast.For):
        yield from ((name, values[0]) for name, values in rounds(node.target, node.iter) if values)


def _apart(target: ast.expr, value: ast.expr) -> Iterator[Pair]:
    """Of what gives several variables at once, nothing that is no tuple itself."""
    if isinstance(target, ast.Name) or isinstance(value, ast.Tuple):
        yield from pairs_of(target, value)


def rounds(target: ast.expr, through: ast.expr) -> Iterator[tuple[str, Sequence[ast.expr]]]:
    """What a loop over what is written out gives each variable in turn: for n in (1, 2), for name, n in [("a", 1), ("b", 2)], or
    over the items of a dict."""
    held = _method_of(through, "items")
    pairs = [ast.Tuple([ast.Constant(key), value]) for key, value in keyed(held)] if held else []
    turns = through.elts if isinstance(through, ast.List | ast.Tuple) else pairs
    if isinstance(target, ast.Name):
        yield target.id, turns
    elif isinstance(target, ast.Tuple) and all(isinstance(one, ast.Tuple) for one in turns):
        given = [dict(pairs_of(target, one)) for one in turns]
        names = [one.id for one in target.elts if isinstance(one, ast.Name)]
        yield from ((name, [one[name] for one in given]) for name in names)


def _method_of(node: ast.expr, name: str) -> ast.expr | None:
    """nets of nets.items()"""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    return node.func.value if called else None  # type: ignore[attr-defined]  # so it was found


def _defaults(taken: ast.arguments) -> Iterator[Pair]:
    names = [*taken.posonlyargs, *taken.args]
    yield from zip((one.arg for one in names[len(names) - len(taken.defaults) :]), taken.defaults, strict=True)
    yield from ((one.arg, value) for one, value in zip(taken.kwonlyargs, taken.kw_defaults, strict=True) if value)


def unfolded(node: ast.expr, given: Given, options: Mapping[str, Value]) -> ast.expr:
    """A copy of the expression; `options` are the defaults of a command line: args.hidden."""
    own = {one.id for one in walked(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    known = {name: value for name, value in given.items() if name not in own}
    found: ast.expr = _Unfolding(known, options, DEEPEST).visit(deepcopy(node))
    return found


class _Unfolding(ast.NodeTransformer):
    def __init__(self, given: Given, options: Mapping[str, Value], deep: int) -> None:
        self.given, self.options, self.deep = given, options, deep

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """hidden"""
        if node.id not in self.given or not self.deep:
            return node
        left = {name: value for name, value in self.given.items() if name != node.id}
        found: ast.expr = _Unfolding(left, self.options, self.deep - 1).visit(deepcopy(self.given[node.id]))
        return found

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """args.hidden, where args is what the command line gives"""
        base: ast.expr = self.visit(node.value)
        parsed = isinstance(base, ast.Call) and "parse" in last_name(base.func) and node.attr in self.options
        said = ast.parse(repr(self.options[node.attr]), mode="eval").body if parsed else None
        return said or ast.Attribute(base, node.attr, node.ctx)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """cfg["hidden"], sizes[0]"""
        base: ast.expr = self.visit(node.value)
        if isinstance(node.slice, ast.Constant) and (part := _part(base, node.slice.value)):
            return part
        return ast.Subscript(base, self.visit(node.slice), node.ctx)


def _part(base: ast.expr, key: object) -> ast.expr | None:
    if isinstance(base, ast.List | ast.Tuple) and isinstance(key, int) and -len(base.elts) <= key < len(base.elts):
        return base.elts[key]
    return next((value for name, value in keyed(base) if name == key), None)


def keyed(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """What a dict that is written out holds under texts: {"a": 1}, dict(a=1)."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
    elif isinstance(node, ast.Call) and last_name(node.func) == "dict":
        yield from ((one.arg, one.value) for one in node.keywords if one.arg)


def spread(call: ast.Call, given: Given, options: Mapping[str, Value]) -> ast.Call:
    """The call with its arguments unfolded, *sizes and **settings too where they are written out."""
    args: list[ast.expr] = []
    for one in call.args:
        value = unfolded(one.value if isinstance(one, ast.Starred) else one, given, options)
        several = isinstance(one, ast.Starred) and isinstance(value, ast.List | ast.Tuple)
        whole = ast.Starred(value, ast.Load()) if isinstance(one, ast.Starred) else value
        args += value.elts if several and isinstance(value, ast.List | ast.Tuple) else [whole]
    keywords: list[ast.keyword] = []
    for each in call.keywords:
        value = unfolded(each.value, given, options)
        inside = [ast.keyword(name, part) for name, part in keyed(value)] if each.arg is None else []
        keywords += inside or [ast.keyword(each.arg, value)]
    return ast.Call(call.func, args, keywords)
