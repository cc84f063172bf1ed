"""What of a program stands for an expected name that no definition stands for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graders.assignment import Assignment, Name
from graders.assignment import Built as Wanted
from graders.submissions.bound import Bound, Built
from graders.submissions.built import part
from graders.submissions.inventory import Definition
from graders.submissions.packing import asked
from graders.submissions.program import Program, programs
from graders.submissions.signature import meanings, unknown, whole
from graders.submissions.source import Source
from graders.submissions.taught import taught

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
        return spec.program and not self._callable(bound, spec)

    def standing(self, spec: Name, names: Mapping[str, Bound | None]) -> Bound | None:
        """The part that stands for it."""
        return self._built(spec.built, names) if spec.built else self._program(spec, names)

    def _callable(self, bound: Bound | None, spec: Name) -> bool:
        """Whether a function can be given all it wants, and takes all that it should be told; what is asked by a program
        knows its own rate."""
        if bound is None:
            return False
        parts = {name for name, meaning in bound.order if whole(meaning) != meaning}
        taken = [one for one in asked(bound.definition, bound.packs) if one.name not in parts]
        return (
            not unknown(taken, spec.parameters, self.assignment.parameters) and TOLD & {*spec.parameters} <= bound.taken
        )

    def _program(self, spec: Name, names: Mapping[str, Bound | None]) -> Bound | None:
        """The part of the program that does what the function should do: that takes what it takes, or makes what it makes."""
        told = spec.makes or tuple(name for name in spec.parameters if name != "lr")
        known = meanings(told, self.assignment.parameters)
        specs = self.assignment.names
        telling = {name: bound for name, bound in names.items() if specs[name].makes or specs[name].kind == "class"}
        makers = {bound.definition.name: specs[name].makes for name, bound in telling.items() if bound}
        wanted = {alias: name for alias, name in known.items() if name in told}
        found = programs(self.read, spec.calls, wanted, makers)
        fed = found if spec.makes else (_fed(one, spec.calls, *told[:2]) for one in found)
        able = sorted((one for one in fed if one.takes(told[:2])), key=lambda one: one.has_parts)
        others = {bound.definition.name for name, bound in names.items() if bound and specs[name] is not spec}
        able = [one for one in able if not (one.has_parts and one.scope in others)]
        if spec.optional:
            scopes = {bound.scope for bound in names.values() if bound}
            able = [one for one in able if _apart(one, scopes)]
        return next((_of_program(one, told) for one in able), None)

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


def _fed(found: Program, calls: Sequence[str], model: str, loader: str) -> Program:
    """The same, where its own loops show what they learn from: what they go through is the loader, whatever it is called; where
    they cut batches out of examples and labels, these are its parts. A network that they never call learns nothing."""
    loops = taught(found.body, calls, frozenset(name for name, meaning in found.variables if meaning == model))
    shown = [(name, loader) for name in loops.loaders]
    shown += [(name, f"{loader}.{place}") for pair in loops.examples for place, name in enumerate(pair)]
    left = {name for name, _ in shown}
    left |= {
        name for name, meaning in found.variables if meaning == model and loops.models and name not in loops.models
    }
    others = [(name, meaning) for name, meaning in found.variables if meaning != loader and name not in left]
    return replace(found, variables=(*others, *shown)) if shown else found


def _apart(found: Program, scopes: set[str | None]) -> bool:
    """What need not be there is a loop of its own, or a function beside another one that stands for something."""
    beside = bool(found.scope) and "" not in scopes and any(scopes)
    return found.scope not in scopes and (found.itself or beside)


def _of_program(found: Program, told: Sequence[str]) -> Bound:
    variables = tuple((variable, meaning) for variable, meaning in found.variables if whole(meaning) in told)
    place = Definition(found.scope or "(program)", "function", found.file, found.line, ())
    return Bound(place, "program", variables, scope=found.scope)
