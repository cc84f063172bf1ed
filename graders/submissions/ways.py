"""What a program makes of its own, and how: ConvNet(1), CNN("cnn2"), each with the names that it goes by there. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graders.probes.guard import Function
from graders.submissions.called import last_name
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source, walked
from graders.submissions.unfolding import Given as Variables
from graders.submissions.unfolding import given_once, rounds, spread, unfolded

Plain = bool | int | float | str | None | tuple["Plain", ...]
Given = tuple[tuple[str, Plain], ...]
Known = Mapping[str, Sequence[ast.expr]]
STRANGE = object()


@dataclass(frozen=True)
class Way:
    """A call: what is called, what is written out in it, each by its place or its name, and what the result goes by."""

    maker: str
    written: tuple[tuple[int | str, Plain], ...]
    called: frozenset[str]

    def given(self, taken: Sequence[Parameter]) -> Given:
        """What is written out by the names of the parameters that take it."""
        names: dict[int | str, str] = {one.name: one.name for one in taken}
        names |= dict(enumerate(one.name for one in taken))
        return tuple((names[place], value) for place, value in self.written if place in names)


def ways(read: Iterable[Source]) -> tuple[Way, ...]:
    """Every call of something, in order."""
    trees = [one for source in read for chunk in source.trees for one in chunk]
    given = given_once([one for one in trees if not isinstance(one, Function | ast.ClassDef)])
    found, left = list[Way](), [_Inside(one, frozenset(), {}, given) for one in reversed(trees)]
    # Nothing that a file holds is too deep for this.
    while left:
        inside = left.pop()
        found += _ways(inside) if isinstance(inside.node, ast.Call) else ()
        left += reversed([*_below(inside)])
    return tuple(found)


@dataclass(frozen=True)
class _Inside:
    """A node with the names that what it makes goes by, the values of the variables of the loops around it, and what other
    variables are given."""

    node: ast.AST
    called: frozenset[str]
    known: Known
    given: Variables


def _below(inside: _Inside) -> Iterator[_Inside]:
    """What stands in it, with the names that it is given there: by a variable, a key, or a text beside it."""
    node, called = inside.node, inside.called
    if isinstance(node, Function):
        inside = replace(inside, given={**inside.given, **given_once(node.body, node)})
    if looped := dict(_looped(inside)):
        inside = replace(inside, known={**inside.known, **looped})
    if isinstance(node, ast.Assign):
        yield from (replace(inside, node=value, called=called | names) for names, value in _assigned(node))
    elif isinstance(node, ast.Dict):
        keyed = zip(node.keys, node.values, strict=True)
        yield from (replace(inside, node=one, called=called | _texts([key] if key else [])) for key, one in keyed)
    else:
        if isinstance(node, ast.Tuple | ast.List):
            called |= _texts(node.elts)
        elif isinstance(node, ast.keyword):
            called |= {node.arg or ""}
        yield from (replace(inside, node=child, called=called) for child in ast.iter_child_nodes(node))


def _assigned(node: ast.Assign) -> Iterator[tuple[frozenset[str], ast.AST]]:
    """a, b = A(), B() names each; a = b = A() both."""
    target, value = node.targets[0], node.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from ((_variables([one]), each) for one, each in zip(target.elts, value.elts, strict=True))
    else:
        yield _variables(node.targets), value


def _variables(targets: Sequence[ast.expr]) -> frozenset[str]:
    """The last name of each: net of self.net, and the text of nets["cnn1"]."""
    keys = [one.slice for one in targets if isinstance(one, ast.Subscript)]
    return frozenset(last_name(one) for one in targets) | _texts(keys)


def _texts(nodes: Sequence[ast.expr]) -> frozenset[str]:
    return frozenset(one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _looped(inside: _Inside) -> Iterator[tuple[str, Sequence[ast.expr]]]:
    """The variables of a loop over what is written out, with their values: for n in (1, 2)."""
    node = inside.node
    for one in [node] if isinstance(node, ast.For) else getattr(node, "generators", []):
        found = rounds(one.target, unfolded(one.iter, inside.given, {}))
        yield from ((name, values) for name, values in found if values)


def _ways(inside: _Inside) -> Iterator[Way]:
    """A call as it is, or once for each round of the loop whose variable it is given."""
    call, known = inside.node, inside.known
    assert isinstance(call, ast.Call), "so it was found"
    maker = last_name(call.func)
    names = {one.id for each in (*call.args, *call.keywords) for one in walked(each) if isinstance(one, ast.Name)}
    turns = next((len(known[one]) for one in names if one in known), 0)
    together = {name: values for name, values in known.items() if len(values) == turns}
    for turn in range(turns or 1):
        held = {name: values[turn] for name, values in together.items()}
        written = tuple(_written(spread(call, {**inside.given, **held}, {}) if names else call))
        texts = frozenset(one for _, one in written if isinstance(one, str)) | _texts([*held.values()])
        counted = frozenset(f"{maker}{one}" for _, one in written if type(one) is int)
        yield Way(maker, written, inside.called | texts | counted)


def _written(call: ast.Call) -> Iterator[tuple[int | str, Plain]]:
    given: list[tuple[int | str, ast.expr]] = [*enumerate(call.args)]
    given += [(one.arg, one.value) for one in call.keywords if one.arg]
    for place, node in given:
        if (value := _plain(node)) is not STRANGE:
            yield place, value  # type: ignore[misc]  # it is plain


def _plain(node: ast.expr) -> Plain | object:
    """What is written out, lists as tuples; STRANGE where something else stands."""
    try:
        return _frozen(ast.literal_eval(node))
    except (ValueError, TypeError, RecursionError):
        return STRANGE


def _frozen(value: object) -> Plain | object:
    if isinstance(value, list | tuple):
        inside = tuple(map(_frozen, value))
        return inside if STRANGE not in inside else STRANGE
    return value if isinstance(value, bool | int | float | str | None) else STRANGE
