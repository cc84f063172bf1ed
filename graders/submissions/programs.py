"""What of a program stands for an expected name that no definition stands for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graders.assignment import Assignment, Drawn, Name
from graders.assignment import Built as Wanted
from graders.submissions.bound import Bound, Built
from graders.submissions.built import part
from graders.submissions.drawn import lifted
from graders.submissions.inventory import Definition
from graders.submissions.likeness import folded
from graders.submissions.matching import WEAK
from graders.submissions.packing import asked
from graders.submissions.program import Program, programs
from graders.submissions.signature import meanings, unknown, whole
from graders.submissions.source import Source
from graders.submissions.taught import called_by, gone_over, has_own_number, taught

# What a training that is asked must be told: a function of one epoch is a part of a program.
TOLD = {"epochs"}


@dataclass(frozen=True)
class Programs:
    """The files of a submission, as programs that do or make what is expected of an assignment's names."""

    read: Sequence[Source]
    assignment: Assignment

    def wanted(self, bound: Bound | None, spec: Name) -> bool:
        """Whether a part of a program would stand for this name better than what does."""
        if spec.built:
            return bound is None or bound.definition.kind == "global"
        if spec.drawn:
            # What is not sure is asked in any case, beside this; a variable may be called as what is in it was.
            return bound is None or bound.how in WEAK or bound.definition.kind == "global"
        return spec.program and not self._callable(bound, spec)

    def standing(self, spec: Name, names: Mapping[str, Bound | None]) -> Bound | None:
        """The part that stands for it."""
        if spec.drawn:
            return self._drawn(spec.drawn)
        return self._built(spec.built, names) if spec.built else self._program(spec, names)

    def _callable(self, bound: Bound | None, spec: Name) -> bool:
        """Whether a function can be given all it wants, and takes all that it should be told; what is asked by a program
        knows its own rate."""
        if bound is None:
            return False
        # A single letter that stands where it is expected is known by its place.
        parts = {name for name, meaning in bound.order if whole(meaning) != meaning or len(name) == 1}
        taken = [one for one in asked(bound.definition, bound.packs) if one.name not in parts]
        # What learns from nothing that is given may say itself how long.
        told = TOLD & {*spec.parameters} if spec.taught != () else set[str]()
        # What one that is known in every other place holds may be told by what is left for it.
        named = {name for name, _ in bound.order if name}
        strange = {*unknown(taken, spec.parameters, self.assignment.parameters)} - named
        return not strange and told <= bound.taken

    def _program(self, spec: Name, names: Mapping[str, Bound | None]) -> Bound | None:
        """The part of the program that does what the function should do: that takes what it takes, or makes what it makes."""
        told = spec.makes or tuple(name for name in spec.parameters if name != "lr")
        wanted, makers = self._telling(spec, told, names)
        found = programs(self.read, spec.calls, wanted, makers)
        found = (_with_networks(one, spec, wanted, told[0]) for one in found) if spec.once else found
        fed = found if spec.makes else (_fed(one, spec, told[0]) for one in found)
        needed = _needed(spec, told)
        able = sorted((one for one in fed if any(map(one.takes, needed))), key=lambda one: one.has_parts)
        others = {
            bound.definition.name for name, bound in names.items() if bound and self.assignment.names[name] is not spec
        }
        able = [one for one in able if not (one.has_parts and one.scope in others)]
        if spec.optional:
            scopes = {bound.scope for bound in names.values() if bound}
            able = [one for one in able if _apart(one, scopes)]
        return next((_of_program(one, spec, told) for one in able), None)

    def _telling(
        self, spec: Name, told: Sequence[str], names: Mapping[str, Bound | None]
    ) -> tuple[Mapping[str, str], Mapping[str, Sequence[str]]]:
        """What variables mean by their names, and by the student's own classes and functions that make them."""
        specs = self.assignment.names
        wanted = {alias: name for alias, name in meanings(told, self.assignment.parameters).items() if name in told}
        makers: dict[str, Sequence[str]] = {}
        for name, bound in names.items():
            if bound and (specs[name].makes or specs[name].kind == "class"):
                makes = specs[name].makes if not spec.trains else told[:1] if name == spec.trains else ()
                makers[bound.definition.name] = makes
                if bound.definition.kind == "global":
                    wanted |= {folded(bound.definition.name): one for one in makes if one in told}
        return wanted, makers

    def _built(self, spec: Wanted, names: Mapping[str, Bound | None]) -> Bound | None:
        """The part of a program that makes what nothing else does."""
        classes = {
            name: bound.definition for name, bound in names.items() if bound and bound.definition.kind == "class"
        }
        found = part(self.read, spec, {name: one.name for name, one in classes.items()})
        if found is None:
            return None
        place = Definition(found.variable, "function", found.file, found.line, ())
        known = tuple((one.name, one.file) for one in classes.values())
        return Bound(place, "built in a program", (("", spec.width),), built=Built(found, spec.width, known))

    def _drawn(self, spec: Drawn) -> Bound | None:
        """What a program does where it stands, as a function."""
        found = lifted(self.read, spec)
        if found is None:
            return None
        place = Definition(found.name, "function", found.file, found.line, ())
        return Bound(place, "done in a program", (("", spec.to), ("", spec.amount)), lifted=found.code)


def _with_networks(found: Program, spec: Name, wanted: Mapping[str, str], model: str) -> Program:
    """The same with the networks that a loop around the training goes over."""
    names = [name for name in gone_over(found.body, spec.calls) if wanted.get(folded(name)) == model]
    known = {name for name, _ in found.variables}
    return replace(found, variables=(*found.variables, *((name, model) for name in names if name not in known)))


def _fed(found: Program, spec: Name, model: str) -> Program:
    """The same, where its own loops show what they learn from: what they go through is the loader, whatever it is called; where
    they cut batches out of examples and labels, these are its parts. A network that they never call learns nothing."""
    loops = taught(found.body, spec.calls, frozenset(name for name, meaning in found.variables if meaning == model))
    *parts, loader = _feeding(spec) or ("",)
    shown = [(name, loader) for name in loops.loaders if loader]
    shown += [pair for names in loops.examples if parts for pair in zip(names, parts, strict=True)]
    shown += [pair for pair in zip(loops.checked, spec.checked, strict=False) if pair[0]]
    # Examples have names of their own, which tell more than the loops.
    known = {meaning for _, meaning in found.variables} if spec.taught else set()
    shown = [one for one in shown if one[1] not in known]
    left = {name for name, _ in shown}
    left |= {
        name for name, meaning in found.variables if meaning == model and loops.models and name not in loops.models
    }
    others = [one for one in found.variables if one[0] not in left and (spec.taught is not None or one[1] != loader)]
    return replace(found, variables=(*others, *shown)) if shown or spec.taught is not None else found


def _needed(spec: Name, told: Sequence[str]) -> list[Sequence[str]]:
    """What the variables of a part must mean, one way or another."""
    if spec.taught is None:
        return [told[:2]]
    return [(told[0], one) for one in spec.taught] or [told[:1]]


def _feeding(spec: Name) -> tuple[str, ...]:
    """What is learned from: examples, labels, and the loader of both."""
    loader = spec.parameters[1]
    return spec.taught if spec.taught is not None else (f"{loader}.0", f"{loader}.1", loader)


def _apart(found: Program, scopes: set[str | None]) -> bool:
    """What need not be there is a loop of its own, or a function beside another one that stands for something."""
    beside = bool(found.scope) and "" not in scopes and any(scopes)
    return found.scope not in scopes and (found.itself or beside)


def _of_program(found: Program, spec: Name, told: Sequence[str]) -> Bound:
    variables = [(variable, meaning) for variable, meaning in found.variables if whole(meaning) in told]
    # What no variable says may be a number in a loop: n = 500 are examples then.
    counts = {variable for variable, meaning in variables if meaning in TOLD}
    left = counts if has_own_number(found.body, spec.calls, counts) else set[str]()
    variables = [one for one in variables if one[0] not in left]
    variables += [("", one) for one in told if one in TOLD and (left or not counts)]
    models = frozenset(variable for variable, meaning in found.variables if meaning == told[0])
    within = called_by(found.body, spec.calls, models)
    place = Definition(found.scope or "(program)", "function", found.file, found.line, (), calls=within)
    return Bound(place, "program", tuple(variables), scope=found.scope, once=spec.once)
