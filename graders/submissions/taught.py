"""What a training loop learns from, by how it stands in the loop: what is gone through, or what is cut into batches. Pure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function
from graders.submissions.called import called_in, does, last_name
from graders.submissions.inventory import Definition
from graders.submissions.source import Source, nodes, walked

Loop = ast.For | ast.While
# What goes through its first argument.
THROUGH = frozenset("enumerate tqdm iter list tuple trange progress track notebook_tqdm".split())
# How often a variable is followed to what it was given.
DEEPEST = 4


@dataclass(frozen=True)
class Taught:
    """The loaders that training loops go through, else the examples and the labels that they take batches out of; and the
    networks that they call."""

    loaders: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    models: frozenset[str] = frozenset()


def taught(body: Sequence[ast.stmt], calls: Sequence[str], models: frozenset[str]) -> Taught:
    """What the loops of these statements that call all of `calls` learn from; `models` are the variables that hold a network."""
    doing = [one for one in _loops(body) if _does(one, calls)]
    inner = [one for one in doing if not any(other is not one and other in walked(one) for other in doing)]
    loaders = [name for one in inner if isinstance(one, ast.For) and (name := _gone_through(one.iter))]
    examples = [found for one in inner if (found := _examples(one, models))]
    asked = frozenset(one.func.id for loop in inner for one in _calls(loop) if isinstance(one.func, ast.Name)) & models
    if examples:
        return Taught((), (*dict.fromkeys(examples),), asked)
    return Taught((*dict.fromkeys(loaders),), (), asked)


def gone_over(body: Sequence[ast.stmt], calls: Sequence[str]) -> list[str]:
    """The variables of loops around loops that do: name and net of `for name, net in nets.items():`."""
    outer = [one for one in _loops(body) if isinstance(one, ast.For) and any(_does(inner, calls) for inner in one.body)]
    return [name for one in outer for name in sorted(_targets(one))]


def has_own_number(body: Sequence[ast.stmt], calls: Sequence[str], counts: Collection[str]) -> bool:
    """Whether loops that do go on for a number that stands there, and none for one of the variables that may count them."""
    doing = [one.iter for one in _loops(body) if isinstance(one, ast.For) and _does(one, calls)]
    named = {inside.id for one in doing for inside in walked(one) if isinstance(inside, ast.Name)}
    numbers = [one for through in doing for one in walked(through) if isinstance(one, ast.Call) and _is_number(one)]
    return bool(numbers) and not named & {*counts}


def _is_number(call: ast.Call) -> bool:
    """range(200), trange(1, 201)"""
    return last_name(call.func) in ("range", "trange") and all(isinstance(one, ast.Constant) for one in call.args)


def _loops(body: Sequence[ast.stmt]) -> list[Loop]:
    return [one for statement in body for one in walked(statement) if isinstance(one, Loop)]


def _does(node: ast.stmt, calls: Sequence[str]) -> bool:
    return isinstance(node, Loop) and does(calls, called_in(node.body))


def examples_of(read: Sequence[Source], one: Definition, calls: Sequence[str]) -> tuple[str, ...]:
    """The two parameters of a function that it takes batches out of, examples and labels: train(model, X, y)."""
    inside = (node for source in read if source.file == one.file for node in nodes(source))
    names = frozenset(each.name for each in one.parameters)
    for node in inside:
        if isinstance(node, Function) and (node.name, node.lineno) == (one.last, one.line):
            found = taught(node.body, calls, names).examples
            return next((pair for pair in found if {*pair} <= names), ())
    return ()


def _gone_through(node: ast.expr) -> str:
    """loader of enumerate(tqdm(loader), 1)."""
    if isinstance(node, ast.Call) and last_name(node.func) in THROUGH and node.args:
        return _gone_through(node.args[0])
    return node.id if isinstance(node, ast.Name) else ""


def _examples(loop: Loop, models: frozenset[str]) -> tuple[str, str] | None:
    """(X, y) of model(X[part]) and loss(…, y[part]), also of all of them at once; nothing of what the loop itself gives."""
    given, own = _given(loop), _targets(loop)
    for output in _calls(loop):
        if isinstance(output.func, ast.Name) and output.func.id in models and output.args:
            x = _held(_followed(output.args[0], given))
            for y in _compared(loop, output, given):
                if x and y and x != y and not {x, y} & own:
                    return x, y
    return None


def _given(loop: Loop) -> Mapping[str, ast.expr]:
    """What each variable is given inside the loop."""
    assigned = (one for one in walked(loop) if isinstance(one, ast.Assign))
    pairs = [pair for one in assigned for target in one.targets for pair in _pairs(target, one.value)]
    return dict([*reversed(pairs), *_zipped(loop)])


def _zipped(loop: Loop) -> list[tuple[str, ast.expr]]:
    """Of `for xb, yb in zip(X.split(50), y.split(50))` each with its own."""
    through = loop.iter if isinstance(loop, ast.For) else None
    if isinstance(loop, ast.While) or not isinstance(through, ast.Call) or last_name(through.func) != "zip":
        return []
    return [*_pairs(loop.target, ast.Tuple(through.args))]


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Each variable with its own value, or, where one thing gives them all, with that."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        apart = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        values = value.elts if apart and isinstance(value, ast.Tuple) else [value] * len(target.elts)
        yield from ((one.id, each) for one, each in zip(target.elts, values, strict=True) if isinstance(one, ast.Name))


def _targets(loop: Loop) -> set[str]:
    """The variables that it goes through something with."""
    inside = walked(loop.target) if isinstance(loop, ast.For) else ()
    return {one.id for one in inside if isinstance(one, ast.Name)} - {name for name, _ in _zipped(loop)}


def _calls(loop: Loop) -> Iterator[ast.Call]:
    return (one for one in walked(loop) if isinstance(one, ast.Call))


def _followed(node: ast.expr, given: Mapping[str, ast.expr]) -> ast.expr:
    """What a variable was given, if it was given something in the loop."""
    for _ in range(DEEPEST):
        if not isinstance(node, ast.Name) or node.id not in given:
            break
        node = given[node.id]
    return node


def _compared(loop: Loop, output: ast.Call, given: Mapping[str, ast.expr]) -> Iterator[str]:
    """What stands beside the output of the network in a call: the labels of a loss."""
    for call in _calls(loop):
        sides = [_followed(one, given) for one in call.args]
        if len(sides) > 1 and any(output in walked(one) for one in sides):
            yield from (_held(one) for one in sides if output not in walked(one))


def _held(node: ast.expr) -> str:
    """X of X[part], of X itself, and of what is made of these: torch.tensor(X[part]), X[part].float()."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Subscript | ast.Attribute):
            node = node.value
        elif isinstance(node, ast.Call):
            method = isinstance(node.func, ast.Attribute) and not _is_library(node.func.value)
            inside: list[ast.expr] = [node.func] if method else node.args[:1]
            if not inside:
                return ""
            node = inside[0]
        else:
            return ""
    return node.id


def _is_library(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("torch", "np", "numpy", "F", "nn", "tf")
