"""What a submission defines, found in its source without running it: functions, classes, methods, imported names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from graders.probes.guard import Function, unguarded
from graders.submissions.source import Source, trees, walked

CALLS_ITSELF = ("__call__", "compute", "transform", "forward")
Kind = Literal["function", "class", "method", "global", "import"]
PLAIN = ("staticmethod", "classmethod")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a signature."""

    name: str
    required: bool
    keyword_only: bool = False


@dataclass(frozen=True)
class Parts:
    """What the parts of a returned value are called: keys of a dict, or the variables of a tuple ("" where unnamed)."""

    names: tuple[str, ...] = ()
    keyed: bool = False

    @property
    def places(self) -> tuple[str | int, ...]:
        """How each part is taken."""
        return self.names if self.keyed else tuple(range(len(self.names)))


@dataclass(frozen=True)
class Definition:
    """A definition where it stands. `name` is its path inside the module: "f1", "Metrics.f1".

    `bases` are the last names of what a class is made from; `maker` the parameters of the constructor that a method's
    object needs, None where it needs none; `calls` the last names of everything that is called inside.
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

    @property
    def last(self) -> str:
        """The last part of its name."""
        return self.name.rsplit(".", 1)[-1]

    @property
    def said(self) -> str:
        """What it is called by: an object that is called goes by the name of its class."""
        return self.name.rsplit(".", 2)[-2] if "." in self.name and self.last in CALLS_ITSELF else self.last


def definitions(source: Source) -> Iterator[Definition]:
    """What the chunks define at their top level, in order; a chunk that does not parse defines nothing."""
    for chunk in trees(source):
        for statement in (one for guarded in chunk for one in unguarded(guarded)):
            yield from _defined(statement, source.file)


def _defined(node: ast.stmt, file: str) -> Iterator[Definition]:
    if isinstance(node, Function):
        yield _function(node, file)
    elif isinstance(node, ast.ClassDef):
        yield from _class(node, file)
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        for target in (one for one in node.targets if isinstance(one, ast.Name)):
            taken = _parameters(node.value.args)
            yield Definition(target.id, "function", file, node.lineno, taken, calls=called_in([node.value]))
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.For | ast.With):
        stored = (one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
        yield from (Definition(one, "global", file, node.lineno, ()) for one in dict.fromkeys(s.id for s in stored))
    elif isinstance(node, ast.ImportFrom) and not node.level:
        for name in node.names:
            yield Definition(name.asname or name.name, "import", file, node.lineno, (), bases=(node.module or "",))


def _function(node: Function, file: str) -> Definition:
    taken = _parameters(node.args)
    return Definition(node.name, "function", file, node.lineno, taken, returns=_parts(node), calls=called_in(node.body))


def _class(node: ast.ClassDef, file: str) -> Iterator[Definition]:
    methods = [one for one in node.body if isinstance(one, Function)]
    init = next((one for one in methods if one.name == "__init__"), None)
    taken = _parameters(init.args)[1:] if init else _fields(node)
    bases = tuple(last_name(base) for base in node.bases)
    yield Definition(node.name, "class", file, node.lineno, taken, bases, calls=called_in(node.body))
    for one in methods:
        if not one.name.startswith("__") or one.name == "__call__":
            yield _method(one, node.name, file, taken)


def _method(node: Function, owner: str, file: str, maker: tuple[Parameter, ...]) -> Definition:
    decorators = {last_name(one) for one in node.decorator_list}
    static = "staticmethod" in decorators
    return Definition(
        f"{owner}.{node.name}",
        "method",
        file,
        node.lineno,
        _parameters(node.args)[0 if static else 1 :],
        maker=None if decorators & {*PLAIN} else maker,
        returns=_parts(node),
        calls=called_in(node.body),
    )


def _fields(node: ast.ClassDef) -> tuple[Parameter, ...]:
    """The constructor's parameters of a dataclass."""
    if not any(last_name(one.func if isinstance(one, ast.Call) else one) == "dataclass" for one in node.decorator_list):
        return ()
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    return tuple(Parameter(one.target.id, one.value is None) for one in fields if isinstance(one.target, ast.Name))


def last_name(node: ast.expr) -> str:
    """Module of torch.nn.Module; nothing of what is no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def called_in(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The last names of everything that is called: backward of loss.backward()."""
    inside = (one for node in nodes for one in walked(node))
    return frozenset(last_name(one.func) for one in inside if isinstance(one, ast.Call))


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    names = [*arguments.posonlyargs, *arguments.args]
    required = len(names) - len(arguments.defaults)
    positional = [Parameter(one.arg, place < required) for place, one in enumerate(names)]
    keywords = [
        Parameter(one.arg, default is None, keyword_only=True)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return (*positional, *keywords)


def _parts(node: Function) -> Parts:
    """The parts of what the last `return` gives, where it gives a dict or a tuple."""
    inside = list(_own(node.body))
    returned = [one.value for one in inside if isinstance(one, ast.Return) and one.value is not None]
    if not returned:
        return Parts()
    value = returned[-1]
    if isinstance(value, ast.Tuple):
        return Parts(tuple(_word(one) for one in value.elts))
    held = [value] if not isinstance(value, ast.Name) else [*_given_to(value.id, inside)]
    keys = [*(key for one in held for key in _keys(one))]
    keys += _added(value.id, inside) if isinstance(value, ast.Name) else []
    return Parts(tuple(dict.fromkeys(keys)), keyed=True) if keys else Parts()


def _own(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """Every node of a body, without what is defined inside it."""
    for statement in body:
        if not isinstance(statement, Function | ast.ClassDef):
            yield statement
            yield from _own([one for one in ast.iter_child_nodes(statement) if isinstance(one, ast.stmt)])


def _word(node: ast.expr) -> str:
    return last_name(node.func) if isinstance(node, ast.Call) else last_name(node)


def _given_to(name: str, inside: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for one in inside:
        if isinstance(one, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in one.targets):
            yield one.value


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
    elif isinstance(node, ast.Call) and last_name(node.func) == "dict":
        yield from (one.arg for one in node.keywords if one.arg)


def _added(name: str, inside: Iterable[ast.AST]) -> list[str]:
    """Keys given one by one: result["precision"] = …"""
    targets = (one for node in inside if isinstance(node, ast.Assign) for one in node.targets)
    return [
        one.slice.value
        for one in targets
        if isinstance(one, ast.Subscript)
        and isinstance(one.value, ast.Name)
        and one.value.id == name
        and isinstance(one.slice, ast.Constant)
        and isinstance(one.slice.value, str)
    ]
