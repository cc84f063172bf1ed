"""What a program gives where it calls something, with the variables of the place unfolded. Pure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graders.probes.guard import Function, unguarded
from graders.probes.wire import Value
from graders.submissions.called import last_name
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source, walked
from graders.submissions.unfolding import Given, given_once, spread


class Argument(NamedTuple):
    """What a call gives, and to which parameter; "" where it is one of any number."""

    name: str
    value: ast.expr
    by_place: bool


@dataclass(frozen=True, eq=False)
class Scope:
    """What stands in one place: at the `outer` level, or in a function there."""

    nodes: Sequence[ast.AST]
    body: Sequence[ast.stmt]
    function: Function | None = None
    outer: Scope | None = None

    @cached_property
    def given(self) -> Given:
        """What the variables of this place are given."""
        return {**(self.outer.given if self.outer else {}), **given_once(self.body, self.function)}


@dataclass(frozen=True, eq=False)
class Call:
    """A call, the file and the place that it stands in, and the `options` of the command line."""

    file: str
    written: ast.Call
    scope: Scope
    options: Mapping[str, Value]

    @cached_property
    def call(self) -> ast.Call:
        """With its arguments unfolded."""
        return spread(self.written, self.scope.given, self.options)

    def given(self, taken: Sequence[Parameter]) -> Iterator[Argument]:
        """Each argument with the parameter that takes it."""
        names = [one.name for one in taken if not one.keyword_only]
        for place, one in enumerate(self.call.args):
            known = place < len(names) and not isinstance(one, ast.Starred)
            yield Argument(names[place] if known else "", one, by_place=True)
        yield from (Argument(one.arg or "", one.value, by_place=False) for one in self.call.keywords)


def calls(read: Sequence[Source], names: Collection[str], options: Mapping[str, Value]) -> Mapping[str, Sequence[Call]]:
    """Every call of each of these names, in order."""
    found: dict[str, list[Call]] = {}
    for source in read:
        for scope in _scopes(source):
            made = {id(one): one for one in scope.nodes if isinstance(one, ast.Call) and last_name(one.func) in names}
            for one in made.values():
                found.setdefault(last_name(one.func), []).append(Call(source.file, one, scope, options))
    return found


def _scopes(source: Source) -> Iterator[Scope]:
    """What stands outside of functions, and in each of them; what the top level gives is known there, but for what runs in a
    program alone."""
    top = [one for chunk in source.trees for one in chunk]
    body = [one for each in top if (inside := unguarded(each)) != [each] for one in inside]
    functions = [one for one in source.nodes if isinstance(one, Function)]
    inner = {id(node) for one in functions for node in walked(one)}
    outer = Scope([node for node in source.nodes if id(node) not in inner], body)
    yield outer
    yield from (Scope(walked(one), one.body, one, outer) for one in functions)
