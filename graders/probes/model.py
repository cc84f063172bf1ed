"""Build the student's network, and feed it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TypedDict, cast, final

import torch
from torch import Tensor, nn
from torch.nn.parameter import UninitializedParameter

from graders.probes.raised import PROGRAM
from graders.probes.subject import called, found
from graders.probes.work import Subject, Work


@final
class Initialiser(TypedDict):
    """A function, or a method, that the submission calls on its network, or applies to its parts, after building it."""

    subject: Subject
    applied: bool


@final
class Written(TypedDict):
    """Statements of a file that draw initial values into the network that this variable holds; and, where they hold for its own
    sizes alone, the whole of what makes it."""

    file: str
    variable: str
    code: str
    whole: str


class Recipe(TypedDict):
    """How a network is made: its class, the values for its constructor, and what is done to it afterwards."""

    subject: Subject
    values: dict[str, object]
    initialiser: Initialiser | Written | None


class NotAModuleError(Exception):
    """What stands under the network's name builds something else."""


def built(work: Work, recipe: Recipe) -> nn.Module:
    """A fresh network."""
    model = called(recipe["subject"], work, recipe["values"])
    if not isinstance(model, nn.Module):
        raise NotAModuleError(f"{recipe['subject']['name']} builds a {type(model).__name__}, not a torch.nn.Module")
    afterwards = recipe["initialiser"]
    if afterwards and "code" in afterwards:
        _carried_out(model, afterwards, work)
    elif afterwards:
        _initialised(model, afterwards, work)
    return model


def drawn(work: Work, recipe: Recipe) -> Callable[[], nn.Module]:
    """What makes networks with fresh initial values: as it was recognised, or as the program does that says them in numbers."""
    afterwards = recipe["initialiser"]
    if afterwards and "code" in afterwards and afterwards["whole"]:
        made = OwnProgram(work.namespaces[afterwards["file"]], afterwards)
        if isinstance(made(), nn.Module):
            return cast("Callable[[], nn.Module]", made)
    return partial(built, work, recipe)


class OwnProgram:
    """The part of a program that makes its network; what it reads, loads and measures is read once."""

    def __init__(self, namespace: Mapping[str, object], written: Written) -> None:
        self.namespace, self.variable = dict(namespace), written["variable"]
        statements = ast.parse(written["whole"]).body
        again = next((place for place, one in enumerate(statements) if self._random(one)), 0)
        self._run(statements[:again])
        self.statements = statements[again:]

    def __call__(self) -> object:
        """The network, made anew."""
        self.namespace.pop(self.variable, None)
        self._run(self.statements)
        return self.namespace.get(self.variable)

    def _random(self, one: ast.stmt) -> bool:
        """Whether it makes the network, or may draw something of it before."""
        names = {node.id for node in ast.walk(one) if isinstance(node, ast.Name)}
        attributes = {node.attr for node in ast.walk(one) if isinstance(node, ast.Attribute)}
        return self.variable in names or bool(attributes & {"rand", "randn", "normal", "uniform"})

    def _run(self, statements: Sequence[ast.stmt]) -> None:
        for one in statements:
            with suppress(Exception):
                exec(compile(ast.Module([one], []), PROGRAM, "exec"), self.namespace)  # noqa: S102  # what this process is for


def _carried_out(model: nn.Module, written: Written, work: Work) -> None:
    """Carry out such statements; what they raise is told by nobody, as below."""
    with suppress(Exception):
        exec(written["code"], {**work.namespaces[written["file"]], written["variable"]: model})  # noqa: S102  # what this process is for


def _initialised(model: nn.Module, initialiser: Initialiser, work: Work) -> None:
    """Call the submission's own initialisation: on the network; where that does nothing, on each of its parts.

    What it raises is told by nobody: the values that are left are what is judged.
    """
    function, method = found(initialiser["subject"], work), "." in initialiser["subject"]["name"]
    if method:
        function = getattr(model, function.__name__)
    if not initialiser["applied"]:
        before = _values(model)
        with suppress(Exception):
            function() if method else function(model)
        if any(not torch.equal(value, before[name]) for name, value in _values(model).items() if name in before):
            return
    for module in model.modules():
        with suppress(Exception):
            function(module)


def _values(model: nn.Module) -> dict[str, Tensor]:
    return {
        name: value.detach().clone()
        for name, value in model.named_parameters()
        if not isinstance(value, UninitializedParameter)
    }


def shaped(model: nn.Module, x: Tensor) -> Tensor:
    """x (n, freq, time) as the network takes it."""
    return shaping(model, x)(x)


def shaping(model: nn.Module, x: Tensor) -> Callable[[Tensor], Tensor]:
    """How inputs like x (n, freq, time) are given to this network: flattened to (n, freq·time) where it can, else as they are,
    else, where its size is written into it, as so many values of theirs over and over."""
    model.eval()
    widths = [one.in_features for one in model.modules() if isinstance(one, nn.Linear)][:1]
    ways: list[Callable[[Tensor], Tensor]] = [_flat, _as_it_is]
    ways += [partial(_widened, width=width) for width in widths if width]
    for way in ways:
        with suppress(Exception), torch.no_grad():
            model(way(x))
            return way
    return _as_it_is


def _flat(x: Tensor) -> Tensor:
    return x.flatten(1)


def _as_it_is(x: Tensor) -> Tensor:
    return x


def _widened(x: Tensor, width: int) -> Tensor:
    flat = x.flatten(1)
    return flat.repeat(1, -(-width // flat.shape[1]))[:, :width]


def tensors(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Parameters, and tensors that the submission keeps as plain attributes of its modules."""
    seen: set[int] = set()
    named = [*model.named_parameters(), *_attributes(model)]
    for name, value in named:
        if id(value) not in seen:
            seen.add(id(value))
            yield name, value


def _attributes(model: nn.Module) -> Iterator[tuple[str, Tensor]]:
    for path, module in model.named_modules():
        for name, value in vars(module).items():
            if isinstance(value, Tensor):
                yield f"{path}.{name}".lstrip("."), value
