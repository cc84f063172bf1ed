"""The place of our values in what a program gives. Pure."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graders.submissions.called import last_name
from graders.submissions.likeness import folded

# What stands in the code of a request for one of our values.
OURS = "{}_"


@dataclass
class Template(ast.NodeTransformer):
    """Puts our values where theirs are given: where `known` names are, dict(input_size=n), Config(n), of whose class the `fields`
    are known."""

    known: Mapping[str, str]
    fields: Mapping[str, Sequence[str]]
    usual: dict[str, str] = field(default_factory=dict)

    def ours(self, meaning: str, theirs: ast.expr) -> ast.expr:
        """What stands for our value; theirs is used where there is none."""
        self.usual.setdefault(meaning, ast.unparse(theirs))
        return ast.Name(OURS.format(meaning), ast.Load())

    def put(self, meaning: str, value: ast.expr) -> ast.expr:
        """Our value, or what stands there with ours in it."""
        return self.ours(meaning, value) if meaning else cast("ast.expr", self.visit(value))

    def ends(self, widths: Sequence[ast.expr], expected: Sequence[str]) -> list[ast.expr]:
        """The widths of all layers, of which the first, and the last where two are expected, are ours."""
        first, *inner, last = widths
        last = self.ours(expected[1], last) if len(expected) == len(("in", "out")) else last
        return [self.ours(expected[0], first), *inner, last]

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Config(n, [64, 32])"""
        names = self.fields.get(last_name(node.func), ())
        named = [ast.keyword(name, value) for name, value in zip(names, node.args, strict=False)]
        changed = ast.Call(node.func, node.args[len(named) :], [*named, *node.keywords])
        return cast("ast.Call", self.generic_visit(changed))

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        """input_size=n"""
        return ast.keyword(node.arg, self.put(self.known.get(folded(node.arg or ""), ""), node.value))

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        """{"input_size": n}"""
        said = [str(one.value) if isinstance(one, ast.Constant) else "" for one in node.keys]
        pairs = zip(said, node.values, strict=True)
        return ast.Dict(node.keys, [self.put(self.known.get(folded(key), ""), value) for key, value in pairs])
