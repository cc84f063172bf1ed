"""What a submission defines, found in its source without running it: functions, classes, methods, imported names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from graders.probes.guard import Function, unguarded
from graders.submissions.called import called_in, last_name
from graders.submissions.decorated import as_called, functions
from graders.submissions.parts import Parts, parts
from graders.submissions.reads import Read, Unpacked, reads, unpacked
from graders.submissions.source import Source, walked
from graders.submissions.unwritten import unwritten

CALLS_ITSELF = ("__call__", "__iter__", "compute", "transform", "forward")
Kind = Literal["function", "class", "method", "global", "import"]
SEVERAL = (ast.List, ast.Dict, ast.Tuple, ast.Set, ast.ListComp, ast.DictComp)
WRITTEN_OUT = (*SEVERAL, ast.Constant, ast.UnaryOp, ast.Compare, ast.BinOp, ast.JoinedStr)
PLAIN = ("staticmethod", "classmethod")
# Bases that give a class no behaviour.
SAYING_NOTHING = ("object", "ABC", "Protocol", "Generic")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a signature; `of` is the class that the source says it is of, or ""; `default` what stands there."""

    name: str
    required: bool
    keyword_only: bool = False
    of: str = ""
    default: str = ""


@dataclass(frozen=True)
class Definition:
    """A definition where it stands. `name` is its path inside the module: "f1", "Metrics.f1".

    `bases` are the last names of what a class is made from; `maker` the parameters of the constructor that a method's
    object needs, None where it needs none; `calls` the last names of everything that is called inside; `made_by` the class or
    function that makes the value of a variable; `result` says that this value is no function, whatever it is called;
    `reads` what is taken out of objects, and `unpacks` what is taken apart, of a method in all of its class; `unwritten` the line
    of a body that does nothing, `cell` the code cell of a notebook where that is (0 in a script), `inside` the code of a main().
    """

    name: str
    kind: Kind
    file: str
    line: int
    parameters: tuple[Parameter, ...]
    bases: tuple[str, ...] = ()
    maker: tuple[Parameter, ...] | None = None
    returns: Parts = field(default_factory=Parts)
    calls: frozenset[str] = frozenset()
    made_by: str = ""
    result: bool = False
    reads: tuple[Read, ...] = ()
    unpacks: tuple[Unpacked, ...] = ()
    unwritten: int = 0
    cell: int = 0
    inside: str = field(default="", repr=False)

    @property
    def last(self) -> str:
        """The last part of its name."""
        return self.name.rsplit(".", 1)[-1]

    @property
    def said(self) -> str:
        """What it is called by: an object that is called goes by the name of its class."""
        return self.name.rsplit(".", 2)[-2] if "." in self.name and self.last in CALLS_ITSELF else self.last


def definitions(source: Source, elsewhere: Mapping[str, Function] = MappingProxyType({})) -> Iterator[Definition]:
    """What the chunks define at their top level, in order; a chunk that does not parse defines nothing. Decorators may be
    functions of other files."""
    known = {**elsewhere, **functions([source])}
    for cell, chunk in enumerate(source.trees, 1):
        for statement in (one for guarded in chunk for one in unguarded(guarded)):
            for one in defined(as_called(statement, known), source.file):
                yield replace(one, cell=cell) if one.unwritten and source.cells else one


def defined(node: ast.stmt, file: str) -> Iterator[Definition]:
    if isinstance(node, Function):
        yield _function(node, file)
    elif isinstance(node, ast.ClassDef):
        yield from _class(node, file)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        for target in (one for one in node.targets if isinstance(one, ast.Name)):
            taken = _parameters(node.value.args)
            yield Definition(target.id, "function", file, node.lineno, taken, calls=called_in([node.value]))
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.With):
        yield from _variables(node, file)
    elif isinstance(node, ast.ImportFrom) and not node.level:
        for name in node.names:
            yield Definition(name.asname or name.name, "import", file, node.lineno, (), bases=(node.module or "",))


def _variables(node: ast.stmt, file: str) -> Iterator[Definition]:
    stored = (one.id for one in walked(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    assigned = [one for one in walked(node) if isinstance(one, ast.Assign | ast.AnnAssign)]
    for name in dict.fromkeys(stored):
        value = next((one.value for one in assigned if _is_given(name, one)), None)
        maker = last_name(value.func) if isinstance(value, ast.Call) and node in assigned else ""
        yield Definition(name, "global", file, node.lineno, (), made_by=maker, result=_is_result(value))


def _is_given(name: str, one: ast.Assign | ast.AnnAssign) -> bool:
    """Whether an assignment, in a loop perhaps, is to this name, among others or alone."""
    targets = one.targets if isinstance(one, ast.Assign) else [one.target]
    return any(isinstance(each, ast.Name) and each.id == name for target in targets for each in walked(target))


def _is_result(value: ast.expr | None) -> bool:
    """Whether this is what a method of an object made on the spot gives, Trainer(…).fit(…), an array, or a value written out."""
    made = value.func if isinstance(value, ast.Call) else None
    chained = isinstance(made, ast.Attribute) and isinstance(made.value, ast.Call)
    called = ast.unparse(made) if made else ""
    array = called.startswith(("np.", "numpy.")) and not called.endswith(("vectorize", "frompyfunc"))
    return chained or array or isinstance(value, WRITTEN_OUT)


def _function(node: Function, file: str) -> Definition:
    body, taken = node.body, _parameters(node.args)
    told = Definition(node.name, "function", file, node.lineno, taken, unwritten=unwritten(node))
    return replace(told, returns=parts(node), calls=called_in(body), reads=reads(body), unpacks=unpacked(body))


def _class(node: ast.ClassDef, file: str) -> Iterator[Definition]:
    methods = [one for one in node.body if isinstance(one, Function)]
    taken = next((_parameters(one.args)[1:] for one in methods if one.name == "__init__"), _fields(node))
    bases = tuple(name for base in node.bases if (name := last_name(base)) not in SAYING_NOTHING)
    told = Definition(node.name, "class", file, node.lineno, taken, bases, unwritten=unwritten(node))
    yield (told := replace(told, calls=called_in(node.body), reads=reads(node.body), unpacks=unpacked(node.body)))
    for one in methods:
        if not one.name.startswith("__") or one.name in ("__call__", "__iter__"):
            yield replace(_method(one, node.name, file, taken), reads=told.reads, unpacks=told.unpacks)


def _method(node: Function, owner: str, file: str, maker: tuple[Parameter, ...]) -> Definition:
    decorators = {last_name(one) for one in node.decorator_list}
    return Definition(
        f"{owner}.{node.name}",
        "method",
        file,
        node.lineno,
        _parameters(node.args)[0 if "staticmethod" in decorators else 1 :],
        maker=None if decorators & {*PLAIN} else maker,
        returns=parts(node),
        calls=called_in(node.body),
    )


def _fields(node: ast.ClassDef) -> tuple[Parameter, ...]:
    """The constructor's parameters of a dataclass."""
    if not any(last_name(one.func if isinstance(one, ast.Call) else one) == "dataclass" for one in node.decorator_list):
        return ()
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    given = [
        one for one in fields if "ClassVar" not in ast.unparse(one.annotation) and _option(one, "init") is not False
    ]
    return tuple(
        Parameter(one.target.id, not _has_default(one), of=_kind(one.annotation, None))
        for one in given
        if isinstance(one.target, ast.Name)
    )


def _has_default(one: ast.AnnAssign) -> bool:
    """Whether a field of a dataclass need not be given: field(repr=False) must be."""
    if isinstance(one.value, ast.Call) and last_name(one.value.func) == "field":
        return any(keyword.arg in ("default", "default_factory") for keyword in one.value.keywords)
    return one.value is not None


def _option(one: ast.AnnAssign, name: str) -> object:
    """What field(…) says of this."""
    said = one.value.keywords if isinstance(one.value, ast.Call) and last_name(one.value.func) == "field" else []
    return next((each.value.value for each in said if each.arg == name and isinstance(each.value, ast.Constant)), None)


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    names = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(names) - len(arguments.defaults)), *arguments.defaults]
    positional = [
        Parameter(one.arg, value is None, of=_kind(one.annotation, value), default=ast.unparse(value) if value else "")
        for one, value in zip(names, defaults, strict=True)
    ]
    keywords = [
        Parameter(one.arg, default is None, keyword_only=True, of=_kind(one.annotation, default))
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return (*positional, *keywords)


def _kind(annotation: ast.expr | None, default: ast.expr | None) -> str:
    """The class that an annotation names, also as `Config | None` or in quotes, or that makes the default."""
    said = [annotation] if annotation else []
    said += [default.func] if isinstance(default, ast.Call) else []
    written = " ".join(
        each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else ast.unparse(each)
        for each in said
    )
    return next((word for word in re.findall(r"\b[A-Z]\w*", written) if word not in ("Optional", "None")), "")
