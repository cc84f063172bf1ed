"""What stands for what already, while one rule after another looks at what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graders.assignment import Assignment, Name
from graders.probes.wire import Value
from graders.submissions.inventory import Definition
from graders.submissions.likeness import folded
from graders.submissions.packing import Pack, asked, packs
from graders.submissions.signature import meanings, unknown
from graders.submissions.ways import Given, Way

CALLED = {
    "function": ("function", "method", "import", "class", "global"),
    "class": ("class", "function", "global"),
    "global": ("global",),
}


@dataclass(frozen=True)
class Match:
    """A definition, how it was recognised, and the part of its result that is meant, other methods whose results stand beside
    its own, or what is written out where the program makes this one of it."""

    definition: Definition
    how: str
    take: str | int | None = None
    beside: tuple[str, ...] = ()
    given: Given = ()


class Matcher:
    """The definitions of a submission, in the order in which they are preferred, and what each is taken for."""

    def __init__(
        self,
        defined: Sequence[Definition],
        assignment: Assignment,
        said: Mapping[str, Match],
        options: Mapping[str, Value],
        made: Callable[[], Sequence[Way]] = tuple,
    ) -> None:
        """Nothing is taken yet but what the teacher says; `options` are those of the program's command line, `made` gives all
        that the program makes."""
        self.options, self.ways = options, cache(made)
        self.defined, self.names, self.aliases = defined, assignment.names, assignment.parameters
        self.found: dict[str, Match] = {}
        self._taken: set[int] = set()
        self._aside: frozenset[str] = frozenset()
        for name, match in said.items():
            self._take(name, match)

    def match(self, rules: Sequence[Rule]) -> dict[str, Match]:
        """What each name is matched with by the first of these rules that finds something; nothing for those that are left."""
        for rule in rules:
            # Of two that might be meant one is left, where the other one was found to be something else.
            while self._finds(rule):
                pass
        return self.found

    def _finds(self, rule: Rule) -> bool:
        """Whether a rule finds something for one of the names that are left."""
        before = len(self.found)
        for name, spec in self.names.items():
            if name not in self.found and (match := next(rule(self, name, spec), None)):
                self._take(name, match)
        return len(self.found) > before

    def _take(self, name: str, match: Match) -> None:
        self.found[name] = match
        if match.take is None:
            self._taken.add(id(match.definition))

    def held(self, one: Definition, spec: Name) -> tuple[Pack, ...]:
        """Its parameters that hold several."""
        held = packs(one, self.defined, spec.parameters, self.aliases)
        return tuple(each if each.kind else replace(each, options=self.options) for each in held)

    def called(self, meaning: str) -> tuple[str, ...]:
        """What a parameter or a variable of this meaning is called."""
        return (meaning, *self.aliases.get(meaning, ()))

    def can_be_called(self, one: Definition, spec: Name) -> bool:
        """Whether all that it must be given is known, or nothing but its places tells what it wants."""
        taken = asked(one, self.held(one, spec))
        strange = unknown(taken, spec.parameters, self.aliases)
        required = [each.name for each in taken if each.required]
        known = meanings(spec.parameters, self.aliases)
        expected = [meaning for name in required if (meaning := known.get(folded(name))) in spec.parameters]
        # batches(n, batch_size) cuts numbers, and no examples: two that mean one thing are something else.
        if spec.optional and (not self.is_told(one, spec) or len({*expected}) < len(expected)):
            return False
        told = {known.get(folded(name)) for name in required if name not in strange}
        # acc(y, p), of which one is known: the other one is what is left.
        rest = told <= {*spec.parameters} and len(told) + len(strange) == len(required) == len(spec.parameters)
        # train(m, boucle, valid_loader): those that are known stand where they are expected.
        meant = [known.get(folded(one)) for one in required]
        placed = bool(strange) and all(
            one in (None, meaning) for one, meaning in zip(meant, spec.parameters, strict=False)
        )
        return not strange or rest or (placed and len(required) <= len(spec.parameters))

    def is_told(self, one: Definition, spec: Name) -> bool:
        """Whether what it must be given is what such a function is given, and not what others are given."""
        known = meanings(spec.parameters, self.aliases)
        others = {name for other in self.names.values() for name in other.parameters} - {*spec.parameters}
        return not others & {known.get(folded(each.name)) for each in one.parameters if each.required}

    def is_about(self, one: Definition, spec: Name) -> bool:
        """Whether something that it or its constructor takes is what such a function is given."""
        known = meanings(spec.parameters, self.aliases)
        return any(known.get(folded(each.name)) in spec.parameters for each in (*one.parameters, *(one.maker or ())))

    def free(self, spec: Name) -> Iterator[Definition]:
        """What is not taken yet and can be what is expected."""
        able = (one for one in self.defined if one.file not in self._aside)
        return (one for one in able if id(one) not in self._taken and can_be(one, spec))

    def putting_aside(self, files: frozenset[str], rules: Sequence[Rule]) -> None:
        """Match by these rules without what stands in these files."""
        self._aside = files
        self.match(rules)
        self._aside = frozenset()


def can_be(one: Definition, spec: Name) -> bool:
    """Whether a definition is of the kind that is expected; a class stands for a function where that makes such objects."""
    makes = one.kind != "class" or spec.kind == "class" or (spec.base and spec.base in one.bases)
    # softmax(z) computes it, and makes no module.
    computes = one.kind == "function" and spec.kind == "class" and any(each.required for each in one.parameters)
    return one.kind in CALLED[spec.kind] and bool(makes) and not (computes and not spec.parameters)


Rule = Callable[[Matcher, str, Name], Iterator[Match]]
