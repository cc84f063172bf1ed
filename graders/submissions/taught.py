"""What a training loop learns from, by how it stands in the loop: what is gone through, or what is cut into batches. Pure."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.probes.guard import Function
from graders.probes.lesson import counting
from graders.submissions.called import called_in, does, last_name
from graders.submissions.cut import Cuts, Pair, cuts, pairs_of, rounds
from graders.submissions.inventory import Definition
from graders.submissions.kept_under import place
from graders.submissions.source import Source, walked

Loop = ast.For | ast.While
# What goes through its first argument.
THROUGH = frozenset("enumerate tqdm iter list tuple trange progress track notebook_tqdm".split())
# How often a variable is followed to what it was given.
DEEPEST = 4


@dataclass(frozen=True)
class Taught:
    """The loaders that training loops go through, else the examples and the labels that they take batches out of; and the
    networks that they call. `checked` are those on which these are only looked at: examples and labels, and a loader."""

    loaders: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    models: frozenset[str] = frozenset()
    checked: tuple[str, str, str] = ("", "", "")


def taught(body: Sequence[ast.stmt], calls: Sequence[str], models: frozenset[str]) -> Taught:
    """What the loops of these statements that call all of `calls` learn from; `models` are the variables that hold a network."""
    doing = [one for one in _loops(body) if _does(one, calls)]
    inner = [one for one in doing if not any(other is not one and other in walked(one) for other in doing)]
    loaders = [name for one in inner if isinstance(one, ast.For) and (name := _gone_through(one.iter))]
    before = cuts(body)
    examples = [found for one in inner if (found := _examples(one, models, before))]
    asked = frozenset(one.func.id for loop in inner for one in _calls(loop) if isinstance(one.func, ast.Name)) & models
    learned = {*loaders, *(name for pair in examples for name in pair)}
    checked = next((one for loop in doing if any(one := _checked(loop, models, calls, learned))), ("", "", ""))
    if examples:
        return Taught((), (*dict.fromkeys(examples),), asked, checked)
    return Taught((*dict.fromkeys(loaders),), (), asked, checked)


def _checked(
    loop: Loop, models: frozenset[str], calls: Sequence[str], learned: Collection[str]
) -> tuple[str, str, str]:
    """(X_val, y_val, "") of what a network is called on beside what it learns from, and ("", "", loader) of a loop that only does
    that."""
    given = _given(loop, {})
    own = {name for one in _loops([loop]) for name in _targets(one, {})}
    for output in _outputs(loop, models):
        x = _held(_followed(output.args[0], given))
        for y in _compared(loop, output, given):
            if x and y and x != y and not {x, y} & {*learned, *own}:
                return x, y, ""
    looking = [one for one in _loops(loop.body) if isinstance(one, ast.For) and not _does(one, calls)]
    through = [_gone_through(one.iter) for one in looking if _outputs(one, models)]
    return "", "", next((name for name in through if name and name not in {*learned, *own}), "")


def _outputs(loop: Loop, models: frozenset[str]) -> list[ast.Call]:
    """Where a network is called on something: first where it may learn."""
    found = (one for one in _calls(loop) if isinstance(one.func, ast.Name) and one.func.id in models and one.args)
    blind = {inside for one in walked(loop) if isinstance(one, ast.With) and _is_blind(one) for inside in walked(one)}
    return sorted(found, key=lambda one: one in blind)


def _is_blind(block: ast.With) -> bool:
    """with torch.no_grad(): …"""
    return bool(called_in(one.context_expr for one in block.items) & {"no_grad", "inference_mode"})


def called_by(body: Sequence[ast.stmt], calls: Sequence[str], models: frozenset[str]) -> frozenset[str]:
    """What is called in the loops that do, where these call one of the networks."""
    doing = [one for one in _loops(body) if _does(one, calls)]
    return called_in([one for one in doing if _outputs(one, models)] or doing)


def gone_over(body: Sequence[ast.stmt], calls: Sequence[str]) -> list[str]:
    """The variables of loops around loops that do: name and net of `for name, net in nets.items():`."""
    outer = [one for one in _loops(body) if isinstance(one, ast.For) and any(_does(inner, calls) for inner in one.body)]
    return [name for one in outer for name in sorted(_targets(one, {}))]


def has_own_number(body: Sequence[ast.stmt], calls: Sequence[str], counts: Collection[str]) -> bool:
    """Whether loops that do go on for a number that stands there, and none for one of the variables that may count them."""
    loops = [one for one in _loops(body) if _does(one, calls)]
    doing = [one.iter if isinstance(one, ast.For) else one.test for one in loops]
    named = {inside.id for one in doing for inside in walked(one) if isinstance(inside, ast.Name)}
    numbers = [one for through in doing for one in walked(through) if isinstance(one, ast.Call) and _is_number(one)]
    return bool(numbers or any(map(counting, loops))) and not named & {*counts}


def _is_number(call: ast.Call) -> bool:
    """range(200), trange(1, 201)"""
    return last_name(call.func) in ("range", "trange") and all(isinstance(one, ast.Constant) for one in call.args)


def _loops(body: Sequence[ast.stmt]) -> list[Loop]:
    return [one for statement in body for one in walked(statement) if isinstance(one, Loop)]


def _does(node: ast.stmt, calls: Sequence[str]) -> bool:
    return isinstance(node, Loop) and does(calls, called_in(node.body))


def examples_of(read: Sequence[Source], one: Definition, calls: Sequence[str]) -> tuple[str, ...]:
    """The two parameters of a function that it takes batches out of, examples and labels: train(model, X, y)."""
    inside = (node for source in read if source.file == one.file for node in source.nodes)
    names = frozenset(each.name for each in one.parameters)
    for node in inside:
        if isinstance(node, Function) and (node.name, node.lineno) == (one.last, one.line):
            found = taught(node.body, calls, names).examples
            return next((pair for pair in found if {*pair} <= names), ())
    return ()


def _gone_through(node: ast.expr) -> str:
    """loader of enumerate(tqdm(loader), 1), also loaders['train']."""
    if isinstance(node, ast.Call) and last_name(node.func) in THROUGH and node.args:
        return _gone_through(node.args[0])
    return node.id if isinstance(node, ast.Name) else place(node)


def all_gone_through(body: Sequence[ast.stmt]) -> list[str]:
    """What the loops of these statements go through."""
    return [_gone_through(one.iter) for one in _loops(body) if isinstance(one, ast.For)]


def _examples(loop: Loop, models: frozenset[str], before: Cuts) -> tuple[str, str] | None:
    """(X, y) of model(X[part]) and loss(…, y[part]), also of all of them at once; nothing of what the loop itself gives."""
    given, own = _given(loop, before), _targets(loop, before)
    for output in _outputs(loop, models):
        x = _uncut(_held(_followed(output.args[0], given)), before)
        for y in (_uncut(one, before) for one in _compared(loop, output, given)):
            if x and y and x != y and not {x, y} & own:
                return x, y
    return None


def _uncut(name: str, before: Cuts) -> str:
    """X of the Xb in Xb[i], where Xb = X.split(40)."""
    return _held(before[name]) if isinstance(before.get(name), ast.Call) else name


def _given(loop: Loop, before: Cuts) -> Mapping[str, ast.expr]:
    """What each variable is given inside the loop, or was given where it was cut."""
    assigned = (one for one in walked(loop) if isinstance(one, ast.Assign))
    pairs = [pair for one in assigned for target in one.targets for pair in pairs_of(target, one.value)]
    return {**before, **dict([*reversed(pairs), *_rounds(loop, before)])}


def _rounds(loop: Loop, before: Cuts) -> list[Pair]:
    return rounds(loop, before) if isinstance(loop, ast.For) else []


def _targets(loop: Loop, before: Cuts) -> set[str]:
    """The variables that it goes through something with."""
    inside = walked(loop.target) if isinstance(loop, ast.For) else ()
    return {one.id for one in inside if isinstance(one, ast.Name)} - {name for name, _ in _rounds(loop, before)}


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
