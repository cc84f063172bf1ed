"""Whose name is what: each expected name is bound to a definition of the student's, with the reason. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from graders.assignment import Assignment, Name
from graders.report.model import BindingLine
from graders.submissions.as_made import Networks
from graders.submissions.bound import Bound
from graders.submissions.defined import defined_in
from graders.submissions.entry import entry, experiments, is_aside, is_copy, read_of, rivals
from graders.submissions.feeding import feeder
from graders.submissions.initialising import never_called
from graders.submissions.inventory import Definition, Parameter
from graders.submissions.kin import outermost
from graders.submissions.likeness import folded
from graders.submissions.matcher import Match, Matcher, can_be
from graders.submissions.matching import RULES, WEAK
from graders.submissions.options import options
from graders.submissions.override import ENTRY, placed
from graders.submissions.packing import Pack, asked, ordered
from graders.submissions.programs import Programs
from graders.submissions.refused import Refused, refused
from graders.submissions.signature import Order, meanings, unknown, without_guesses
from graders.submissions.source import Source, sources
from graders.submissions.submission import Submission
from graders.submissions.taught import examples_of
from graders.submissions.telling import as_it_is_called, parts, under_keys
from graders.submissions.ways import ways

# The rules that find the very name, or another one for it.
NAMED = 2


@dataclass(frozen=True)
class Binding:
    """All names of a submission, the files they stand in, and the one that is run as the whole."""

    names: Mapping[str, Bound | None]
    entry: str | None
    sources: tuple[Source, ...]
    never_called: tuple[str, ...] = ()
    looked_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # For what was not found, or not surely, everything that it may be.
    candidates: Mapping[str, tuple[Bound, ...]] = field(default_factory=dict)
    costly: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    # What is read for its definitions alone.
    only_defined: tuple[str, ...] = ()
    refused: Mapping[str, Refused] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Bound | None]) -> Binding:
        """The same, with other definitions for these names."""
        unread = {name: one for name, one in self.refused.items() if not names.get(name)}
        return replace(self, names={**self.names, **names}, refused=unread)

    def lines(self) -> tuple[BindingLine, ...]:
        """What the report says of it."""
        return tuple(
            BindingLine(expected=name, found=bound.place, how=bound.how)
            if bound
            else BindingLine(expected=name, found=None, how="missing")
            for name, bound in self.names.items()
        )


def bind(submission: Submission, assignment: Assignment) -> Binding:
    """Bind every expected name of the assignment; pure, on the source tree."""
    read = sources(submission.files)
    defined = defined_in(read)
    start = entry(read, defined, assignment, submission.said.get(ENTRY))
    others = rivals(start, read, defined, assignment)
    read = [one for one in read if one.file not in others]
    binder = Binder(read, _in_order(read, defined, start), assignment, submission.said)
    names = binder.bound()
    candidates = {name: tuple(binder.candidates(name, names)) for name in names if binder.unsure(name, names)}
    unread = refused(read, names, assignment.names)
    taken = read_of(read, [start, *(one.source for one in unread.values())], names, candidates, assignment.limits)
    return Binding(
        {name: bound for name, bound in names.items() if bound or not assignment.names[name].optional},
        start,
        tuple(taken),
        tuple(never_called(taken)),
        {name: (name, *spec.aliases) for name, spec in assignment.names.items()},
        {name: found for name, found in candidates.items() if found},
        tuple(name for name, spec in assignment.names.items() if spec.costly),
        others,
        () if assignment.limits.experiments else experiments(read, start),
        unread,
    )


def _in_order(
    read: Sequence[Source], defined: Mapping[str, Sequence[Definition]], start: str | None
) -> list[Definition]:
    files = sorted((one.file for one in read), key=lambda file: (file != start, is_copy(file)))
    return [one for file in files for one in reversed(defined[file])]


class Binder:
    """Binds the names of an assignment to what was defined, in order of preference."""

    def __init__(
        self, read: Sequence[Source], defined: Sequence[Definition], assignment: Assignment, said: Mapping[str, str]
    ) -> None:
        """Nothing is bound yet; `said` is what the teacher says."""
        self.read, self.defined, self.assignment = read, defined, assignment
        self.said = {name: match for name, place in said.items() if (match := placed(place, defined))}
        self.programs = Programs(read, assignment)
        self.matcher = Matcher(defined, assignment, self.said, options(read), partial(ways, read))
        self.networks = Networks(read, defined, assignment, self.matcher.options)

    def bound(self) -> dict[str, Bound | None]:
        """Every name with what stands for it."""
        self.matcher.putting_aside(frozenset(one.file for one in self.read if is_aside(one.file)), RULES[:NAMED])
        matched = self.matcher.match(RULES)
        names = {
            name: self.of(matched[name], spec) if name in matched else None
            for name, spec in self.assignment.names.items()
        }
        for name, spec in self.assignment.names.items():
            if name not in self.said and self.programs.wanted(names[name], spec):
                names[name] = self.programs.standing(spec, names) or names[name]
        return names

    def of(self, match: Match, spec: Name, *, reverse: bool = False) -> Bound:
        """A match with what its parameters mean; where only their places tell, perhaps in `reverse`."""
        left = (each for each in match.definition.parameters if each.name not in dict(match.given))
        one = replace(match.definition, parameters=tuple(left))
        held = self.matcher.held(one, spec)
        order = self._order(one, spec, held)
        # What the program leaves to its default where it makes this one is not told by its place.
        order = tuple(pair for pair in order if pair[0]) if match.given else order
        maker = None if one.maker is None else self._made_with(one.maker, spec, held)
        if reverse and len(order) > 1 and not any(name for name, _ in order):
            order = tuple(("", meaning) for _, meaning in reversed(order))
        known = {meaning for _, meaning in (*order, *(maker or ()))}
        beside = feeder(one, self.defined, spec.parameters, self.assignment.parameters, known)
        fed = None if maker is None else beside
        bound = Bound(one, match.how, order, maker, fed, match.take, packs=held, beside=match.beside, given=match.given)
        bound = as_it_is_called(self.read, bound) if spec.costly else bound
        return self.networks.as_made(bound, spec)

    def _order(self, one: Definition, spec: Name, held: Sequence[Pack]) -> Order:
        """What its parameters mean; some may be parts of the loaders that it is expected to take."""
        pair = examples_of(self.read, one, spec.calls) if spec.program and not (spec.makes or spec.taught) else ()
        if not pair:
            apart, several = under_keys(one, spec.parameters)
            order = (*ordered(apart, held, spec.parameters, self.assignment.parameters), *several)
            return without_guesses(order, one.parameters, spec.extras, self.assignment.parameters)
        loader, known = spec.parameters[1], meanings(spec.parameters, self.assignment.parameters)
        other = [name for name in spec.parameters if name != loader and name.endswith(loader.rpartition("_")[2])]
        apart = [each for each in one.parameters if each.name not in pair]
        strange = [each.name for each in apart if each.required and folded(each.name) not in known]
        more = strange if len(strange) == len(pair) and other else []
        expected = [name for name in spec.parameters if name not in (loader, *other[: len(more)])]
        order = ordered([each for each in apart if each.name not in more], held, expected, self.assignment.parameters)
        return (*order, *parts(pair, loader), *(parts(more, other[0]) if more else ()))

    def unsure(self, name: str, names: Mapping[str, Bound | None]) -> bool:
        """Whether behaviour should say what this name means."""
        spec, bound = self.assignment.names[name], names[name]
        return not spec.optional and not spec.costly and (bound is None or bound.how in WEAK)

    def candidates(self, name: str, names: Mapping[str, Bound | None]) -> Iterator[Bound]:
        """What may be meant by a name: every definition of its kind that is not surely another, called in each way."""
        spec = self.assignment.names[name]
        sure = {
            _where(bound.definition)
            for bound in names.values()
            if bound and bound.how not in WEAK and bound.take is None
        }
        if spec.program and (found := self.programs.standing(spec, names)):
            yield found
        able = outermost(self.defined, spec.base) if spec.kind == "class" and spec.base else self.defined
        for one in sorted(able, key=lambda one: not self._understood(one, spec)):
            if can_be(one, spec) and _where(one) not in sure and self._can_take(one, spec):
                for take in (None, *one.returns.places):
                    match = Match(one, "behaviour", take)
                    yield from dict.fromkeys([self.of(match, spec), self.of(match, spec, reverse=True)])

    def _can_take(self, one: Definition, spec: Name) -> bool:
        """Whether it takes something, or should not, needs no more than will be given, and does nothing that takes its time."""
        taken, names = asked(one, self.matcher.held(one, spec)), self.assignment.names.values()
        busy = {name for other in names if other.costly for call in other.calls for name in call.split("|")}
        # A network may ask for nothing, whatever others of its kind do; and it does what it does when it is told.
        bare = one.kind == "method" or (one.kind == spec.kind == "class" and bool(spec.base or not spec.parameters))
        if one.kind == "import" or (one.kind != "class" and one.calls & busy) or not (taken or bare):
            return False
        known = self._understood(one, spec) or sum(each.required for each in taken) <= len(spec.parameters)
        return known and self.matcher.is_told(one, spec)

    def _understood(self, one: Definition, spec: Name) -> bool:
        """Whether all that it must be given is known by its name."""
        return not unknown(asked(one, self.matcher.held(one, spec)), spec.parameters, self.assignment.parameters)

    def _made_with(self, maker: Sequence[Parameter], spec: Name, held: Sequence[Pack]) -> Order:
        """What the constructor of a method's object is given: nothing for what has a default and means nothing expected."""
        known = {*meanings(spec.parameters, self.assignment.parameters), *(folded(one.parameter) for one in held)}
        given = [one for one in maker if one.required or folded(one.name) in known]
        return ordered(given, held, spec.parameters, self.assignment.parameters)


def _where(one: Definition) -> tuple[str, str, int]:
    return one.file, one.name, one.line
