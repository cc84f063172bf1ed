"""A network as the program makes it, MyMLP(n, H1, H2), where it wants what nobody expects: with our sizes in the place of theirs.
Pure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, cast

from graders.assignment import Assignment, Name
from graders.probes.wire import Value
from graders.probes.work import Made
from graders.submissions.bound import Bound
from graders.submissions.called import called_in
from graders.submissions.calls import Argument, Call, calls
from graders.submissions.chosen import ELSEWHERE
from graders.submissions.inventory import Definition, Parameter
from graders.submissions.kin import outermost
from graders.submissions.likeness import folded
from graders.submissions.put_in import Template
from graders.submissions.signature import meanings, taken_by
from graders.submissions.source import Source, walked
from graders.submissions.unfolding import keyed

# What a network is called by in the code of a request.
NETWORK = "network_"
# What no single size is.
SEVERAL = ast.List | ast.Tuple | ast.Dict | ast.JoinedStr | ast.Lambda


class Settled(NamedTuple):
    """How the program makes a network, and whether it cannot be made without what it gives."""

    made: Made
    needed: bool


@dataclass(frozen=True)
class Network:
    """What a network is made of: its class, what is expected that it takes, what names are `known` to mean, the `own` functions
    that are not carried out to make one, and the `fields` of the student's classes."""

    bound: Bound
    expected: Sequence[str]
    known: Mapping[str, str]
    own: Collection[str]
    fields: Mapping[str, Sequence[str]]

    def as_made(self, found: Sequence[Call]) -> Made | None:
        """How the program makes it; None where it gives it nothing beside what is expected, or not always the same."""
        settled = [self._settled(one) for one in found]
        able = [one for one in settled if one]
        if needed := [one.made for one in able if one.needed]:
            return needed[-1]
        return able[-1].made if able and len({one.made["code"] if one else "" for one in settled}) == 1 else None

    @cached_property
    def _taken(self) -> Mapping[str, Parameter]:
        return {one.name: one for one in self.bound.definition.parameters}

    @cached_property
    def _packed(self) -> frozenset[str]:
        return frozenset(one.parameter for one in self.bound.packs)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        return {name: self.known[folded(name)] for name in self._taken if folded(name) in self.known}

    @cached_property
    def _placed(self) -> Mapping[str, str]:
        """What each parameter was recognised as, settings apart."""
        placed = taken_by(self.bound.order, [*self._taken.values()])
        found = {one.name: meaning for meaning, one in placed.items() if meaning not in self._named.values()}
        found |= {**self._named, **{name: meaning for name, meaning in self.bound.order if name}}
        return {name: meaning for name, meaning in found.items() if name not in self._packed}

    def _meant(self, given: Sequence[Argument]) -> Mapping[str, str]:
        """What each parameter means: as it was recognised; where no name says which one is the first size, the one that is given
        a size of data, else the first one that is given one thing."""
        told = {*self._named.values(), *(meaning for name, meaning in self.bound.order if folded(name) in self.known)}
        if {*self.expected[:1]} <= told:
            return self._placed
        plain = [one for one in given if one.name in self._taken and not isinstance(one.value, SEVERAL)]
        able = [one for one in plain if one.name not in {*self._named, *self._packed}]
        sized = [one for one in able if _is_size(one.value)]
        first = (sized if len(sized) == 1 else able)[:1]
        others = {name: meaning for name, meaning in self._placed.items() if meaning != self.expected[0]}
        return {**others, **{one.name: self.expected[0] for one in first}}

    def _settled(self, one: Call) -> Settled | None:
        change, args, keywords = Template(self.known, self.fields), list[ast.expr](), list[ast.keyword]()
        given = [*one.given([*self._taken.values()])]
        meant = self._meant(given)
        several = any(each.by_place and not each.name for each in given)
        beside = [each for each in given if self._is_beside(each, meant)]
        for each in given:
            value = self._value(each, meant, change)
            if not self._is_cheap(value):
                if several or self._is_required(each.name):
                    return None
            elif each.by_place and several:
                args.append(value)
            else:
                keywords.append(ast.keyword(each.name or None, value))
        if len(args) > 1 and self.expected and self.expected[0] not in change.usual:
            args = change.ends(args, self.expected)
        left = [name for name in meant if name not in {each.name for each in given}]
        if not beside or any(self._is_required(name) for name in left) or not change.usual:
            return None
        taken = [self._taken[name] for name in left if self._taken[name].default]
        keywords += [ast.keyword(each.name, change.ours(meant[each.name], _default(each))) for each in taken]
        code = ast.unparse(ast.fix_missing_locations(ast.Call(ast.Name(NETWORK, ast.Load()), args, keywords)))
        return Settled(Made(file=one.file, code=code, usual=change.usual), any(map(self._is_needed, beside)))

    def _value(self, one: Argument, meant: Mapping[str, str], change: Template) -> ast.expr:
        if self._is_widths(one, meant):
            return ast.List(change.ends(cast("ast.List", one.value).elts, self.expected), ast.Load())
        return change.put(meant.get(one.name, "") or self.known.get(folded(one.name), ""), one.value)

    def _is_widths(self, one: Argument, meant: Mapping[str, str]) -> bool:
        """Whether this is a list of all widths, where no parameter is the first of them."""
        written = isinstance(one.value, ast.List | ast.Tuple) and len(one.value.elts) > 1
        first = bool(self.expected) and self.expected[0] not in meant.values()
        return first and written and folded(one.name) not in self.known

    def _is_beside(self, one: Argument, meant: Mapping[str, str]) -> bool:
        """Whether it is more than what is expected; settings that hold several are where they are written out."""
        if one.name in self._packed:
            made = [*one.value.args, *one.value.keywords] if isinstance(one.value, ast.Call) else []
            return len(made or [*keyed(one.value)]) > 1
        return meant.get(one.name) not in self.expected or self._is_widths(one, meant)

    def _is_needed(self, one: Argument) -> bool:
        """Whether it goes to a parameter that must be given, or that no signature names."""
        return self._is_required(one.name) or one.name not in self._taken

    def _is_required(self, name: str) -> bool:
        return name in self._taken and self._taken[name].required

    def _is_cheap(self, value: ast.expr) -> bool:
        """Whether nothing of the student's is carried out to have it, and it is no device that is not there."""
        texts = [one.value for one in walked(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        return not called_in([value]) & {*self.own} and not any(one.startswith(ELSEWHERE) for one in texts)


def _default(one: Parameter) -> ast.expr:
    return ast.parse(one.default, mode="eval").body


def _is_size(value: ast.expr) -> bool:
    """x.shape[1], x[0].numel(), len(x)"""
    asked = {one.attr for one in walked(value) if isinstance(one, ast.Attribute)}
    return bool(asked & {"shape", "size", "numel"}) or "len" in called_in([value])


@dataclass(frozen=True)
class Networks:
    """The networks of a submission, and the `options` of its command line."""

    read: Sequence[Source]
    defined: Sequence[Definition]
    assignment: Assignment
    options: Mapping[str, Value]

    def as_made(self, bound: Bound, spec: Name) -> Bound:
        """The same, made as the program makes it where it gives more than is expected."""
        if spec.kind != "class" or spec.base != "Module" or bound.given:
            return bound
        network = Network(
            bound, spec.parameters, self._known(spec), self._functions - {bound.definition.last}, self._fields
        )
        return replace(bound, made=network.as_made(self._calls.get(bound.definition.last, ())))

    def _known(self, spec: Name) -> Mapping[str, str]:
        """What names mean. What only something else is expected to take is not meant here, nor anything else by a letter."""
        others = {name for other in self.assignment.names.values() for name in other.parameters} - {*spec.parameters}
        words = meanings(spec.parameters, self.assignment.parameters)
        sizes = {word: meaning for word, meaning in words.items() if meaning not in others and len(word) > 1}
        return sizes | {word: meaning for word, meaning in words.items() if meaning in spec.parameters}

    @cached_property
    def _functions(self) -> frozenset[str]:
        return frozenset(one.last for one in self.defined if one.kind == "function")

    @cached_property
    def _fields(self) -> Mapping[str, Sequence[str]]:
        return {one.last: [each.name for each in one.parameters] for one in self.defined if one.kind == "class"}

    @cached_property
    def _calls(self) -> Mapping[str, Sequence[Call]]:
        """How the program makes what may be a network, by its name."""
        return calls(self.read, {one.last for one in outermost(self.defined, "Module")} | self._functions, self.options)
