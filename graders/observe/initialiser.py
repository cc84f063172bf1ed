"""What a program does to its network between building and training it, found in its source: initial values of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, cast

from graders.probes.wire import Value
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound
from graders.submissions.initialising import Beside, beside, is_draw
from graders.submissions.source import walked

INITIALISER = "init_weights"


class Use(NamedTuple):
    """A function, or a method of the network, that the program calls on its network or applies to each of its parts."""

    name: str
    how: Literal["call", "apply"]


def initialiser(binding: Binding, network: Bound) -> Value:
    """What a request says of it; None where the program leaves a network as it was built."""
    source = _Program(binding, network)
    uses = list(source.uses())
    use = next((one for how in ("apply", "call") for one in uses if one.how == how), None)
    if use is None:
        return _written(source.beside)
    file, name = source.place(use.name)
    return {"subject": cast("Value", {"file": file, "name": name, "order": []}), "applied": use.how == "apply"}


def _written(found: Beside | None) -> Value:
    """What stands behind the network in the program, as code."""
    if found is None:
        return None
    return {
        "file": found.file,
        "variable": found.variable,
        "code": _code(found.statements),
        "whole": _code(found.whole),
    }


def _code(statements: Sequence[ast.stmt]) -> str:
    return ast.unparse(ast.Module([*statements], []))


def elsewhere(binding: Binding, network: Bound) -> bool:
    """Whether initial values are drawn where nobody can call it apart: in the middle of a program or of its training."""
    program = _Program(binding, network)
    apart = [
        *(one for one in program.outside if isinstance(one, ast.ClassDef)),
        *(one for one in program.functions.values() if len(one.args.args) == 1),
        *(program.beside.statements if program.beside else ()),
    ]
    inside = {id(node) for one in apart for node in walked(one)}
    return any(is_draw(node) and id(node) not in inside for node in program.outside)


class _Program:
    """The functions of a submission, the methods of its network, and every node outside the network's class."""

    def __init__(self, binding: Binding, network: Bound) -> None:
        self.network, self.files = network.definition, dict[str, str]()
        self.known = binding.names.get(INITIALISER)
        self.functions, self.methods = dict[str, ast.FunctionDef](), dict[str, ast.FunctionDef]()
        self.outside: list[ast.AST] = []
        self.beside = beside(binding.sources, network.definition.name, held=network.definition.kind == "global")
        for source in binding.sources:
            for statement in (one for chunk in source.trees for one in chunk):
                self._take(statement, source.file)

    def _take(self, statement: ast.stmt, file: str) -> None:
        if isinstance(statement, ast.ClassDef) and (statement.name, file) == (self.network.name, self.network.file):
            self.methods = {one.name: one for one in statement.body if isinstance(one, ast.FunctionDef)}
            return
        if isinstance(statement, ast.FunctionDef):
            self.functions[statement.name], self.files[statement.name] = statement, file
        self.outside += walked(statement)

    def uses(self) -> Iterator[Use]:
        """Every use outside the class of the network."""
        for node in self.outside:
            if isinstance(node, ast.Call):
                yield from self._applied(node) if getattr(node.func, "attr", "") == "apply" else self._called(node)

    def _applied(self, call: ast.Call) -> Iterator[Use]:
        names = [one.id for one in call.args if isinstance(one, ast.Name) and one.id in self.functions]
        names += [one.attr for one in call.args if isinstance(one, ast.Attribute) and one.attr in self.methods]
        yield from (Use(name, "apply") for name in names)

    def _called(self, call: ast.Call) -> Iterator[Use]:
        if isinstance(call.func, ast.Name):
            function = self.functions.get(call.func.id)
            known = self.known is not None and self.known.definition.name == call.func.id
            if function and (known or (len(function.args.args) == 1 and self.draws(function))):
                yield Use(call.func.id, "call")
        elif isinstance(call.func, ast.Attribute) and call.func.attr in self.methods:
            method = self.methods[call.func.attr]
            if not call.func.attr.startswith("__") and len(method.args.args) == 1 and self.draws(method):
                yield Use(call.func.attr, "call")

    def draws(self, function: ast.FunctionDef) -> bool:
        """Whether a function draws initial values."""
        return any(is_draw(node) for node in walked(function))

    def place(self, name: str) -> tuple[str, str]:
        """Its file, and its path inside the module."""
        if name in self.functions:
            return self.files[name], name
        return self.network.file, f"{self.network.name}.{name}"
