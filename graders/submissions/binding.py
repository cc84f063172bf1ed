"""Whose name is what: each expected name is bound to a definition of the student's, with the reason."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from graders.assignment import Assignment, Name
from graders.probes.work import Subject
from graders.report.model import BindingLine
from graders.submissions.source import Definition, Parameter, Source, definitions, sources, trees
from graders.submissions.submission import Submission

INITIALISER = "init_weights"
INITIALISING = re.compile(r"(xavier|kaiming|uniform|normal|constant|zeros|orthogonal|trunc_normal)\w*_$")


@dataclass(frozen=True)
class Bound:
    """A student's definition that stands for an expected name: how it was recognised, and what is called on it."""

    definition: Definition
    how: str
    order: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> Subject:
        """What a request says about it: the student's parameter and the expected one that it takes."""
        return Subject(file=self.definition.file, name=self.definition.name, order=list(self.order))

    def has_default(self, expected: str) -> bool:
        """Whether the student's signature has a default of its own for this expected parameter."""
        optional = {one.name for one in self.definition.parameters if not one.required}
        return any(meaning == expected and name in optional for name, meaning in self.order)


@dataclass(frozen=True)
class Binding:
    """All names of a submission, the files they stand in, and the one that is run as the whole."""

    names: Mapping[str, Bound | None]
    entry: str | None
    sources: tuple[Source, ...]
    initialiser: str | None = None
    never_called: tuple[str, ...] = ()
    looked_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def lines(self) -> tuple[BindingLine, ...]:
        """What the report says of it."""
        return tuple(
            BindingLine(expected=name, found=f"{bound.definition.file}:{bound.definition.name}", how=bound.how)
            if bound
            else BindingLine(expected=name, found=None, how="missing")
            for name, bound in self.names.items()
        )


def bind(submission: Submission, assignment: Assignment) -> Binding:
    """Bind every expected name of the assignment; pure, on the source tree."""
    read = sources(submission.files)
    defined = {source.file: list(definitions(source)) for source in read}
    entry = _entry(read, defined, assignment)
    ordered = [d for file in sorted(defined, key=lambda file: file != entry) for d in reversed(defined[file])]
    names = {name: _bound(name, spec, ordered, assignment) for name, spec in assignment.names.items()}
    used = {entry, *(bound.definition.file for bound in names.values() if bound)}
    taken = sorted((s for s in read if s.file in used), key=lambda source: source.file != entry)
    return Binding(
        {name: bound for name, bound in names.items() if bound or not assignment.names[name].optional},
        entry,
        tuple(taken),
        _initialiser(names.get(INITIALISER), taken),
        tuple(_never_called(taken)),
        {name: (name, *spec.aliases) for name, spec in assignment.names.items()},
    )


def _entry(read: Sequence[Source], defined: Mapping[str, Sequence[Definition]], assignment: Assignment) -> str | None:
    """The deliverable: by its name (a notebook before its export), else the file that defines most of what is expected."""
    wanted = {_folded(name) for name, spec in assignment.names.items() for name in (name, *spec.aliases)}

    def rank(source: Source) -> tuple[int, int, int, str]:
        name = PurePosixPath(source.file).name.lower()
        listed = (
            assignment.deliverables.index(name) if name in assignment.deliverables else len(assignment.deliverables)
        )
        expected = sum(_folded(d.name) in wanted for d in defined[source.file])
        return (listed, -expected, source.file.count("/"), source.file)

    return min(read, key=rank).file if read else None


@cache
def _folded(name: str) -> str:
    """A name without case, accents and underscores: F1Score, f1_score and f1score are the same words."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[_\W]", "", plain).lower()


def _bound(name: str, spec: Name, defined: Iterable[Definition], assignment: Assignment) -> Bound | None:
    candidates = [d for d in defined if d.kind == spec.kind or (spec.kind == "class" and d.kind == "function")]
    aliases = {_folded(alias) for alias in (name, *spec.aliases)}
    for how, fits in (
        ("exact", lambda d: d.name == name),
        ("alias", lambda d: _folded(d.name) in aliases),
        ("the only torch.nn.Module", lambda d: spec.kind == "class" and _only_module(d, candidates)),
    ):
        if found := next((d for d in candidates if fits(d)), None):
            return Bound(found, how, arranged(found.parameters, spec.parameters, assignment.parameters))
    return None


def _only_module(definition: Definition, candidates: Sequence[Definition]) -> bool:
    modules = {d.name for d in candidates if any(base.split(".")[-1] == "Module" for base in d.bases)}
    return modules == {definition.name}


def arranged(
    taken: Sequence[Parameter], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str], ...]:
    """(the student's parameter, the expected one it means): by name, else by position where no name is known.

    A parameter with a default whose name is not known is left to its default.
    """
    # One word may mean several things in an assignment: what this function is expected to take comes last, and wins.
    ordered = sorted(aliases.items(), key=lambda item: item[0] in expected)
    meanings = {_folded(alias): name for name, known in ordered for alias in (*known, name)}
    named = [(one, meanings.get(_folded(one.name))) for one in taken]
    if all(meaning for one, meaning in named if one.required) and any(meaning for _, meaning in named):
        return tuple((one.name, meaning) for one, meaning in named if meaning)
    required = [one for one in taken if one.required]
    by_place = taken if len(required) <= len(expected) else required
    return tuple(("", meaning) for one, meaning in zip(by_place, expected, strict=False) if not one.keyword_only)


def _initialiser(bound: Bound | None, read: Sequence[Source]) -> str | None:
    """How the submission uses its initialisation function outside its classes: "apply", "call", or None."""
    if bound is None:
        return None
    outside = [s for source in read for chunk in trees(source) for s in chunk if not isinstance(s, ast.ClassDef)]
    uses = {_use(node, bound.definition.name) for statement in outside for node in ast.walk(statement)}
    return next((use for use in ("apply", "call") if use in uses), None)


def _use(node: ast.AST, name: str) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "apply":
        return "apply" if any(isinstance(one, ast.Name) and one.id == name for one in node.args) else None
    return "call" if isinstance(node.func, ast.Name) and node.func.id == name else None


def _never_called(read: Sequence[Source]) -> Iterator[str]:
    """Functions and methods that draw initial values, and whose name stands nowhere else."""
    nodes = [node for source in read for chunk in trees(source) for statement in chunk for node in ast.walk(statement)]
    mentioned = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in nodes
        if isinstance(node, ast.Name | ast.Attribute)
    }
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.name not in {*mentioned, "__init__"} and _initialises(node):
            yield node.name


def _initialises(function: ast.FunctionDef) -> bool:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(isinstance(one, ast.Attribute) and INITIALISING.match(one.attr) for one in called)
