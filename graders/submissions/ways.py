"""What a program makes of its own, and how: ConvNet(1), CNN("cnn2"), each with the names that it goes by there. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.submissions.called import last_name
from graders.submissions.inventory import Parameter
from graders.submissions.source import Source

Plain = bool | int | float | str | None | tuple["Plain", ...]
Given = tuple[tuple[str, Plain], ...]
Known = Mapping[str, Sequence[Plain]]
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
    found, left = list[Way](), [_Inside(one, frozenset(), {}) for one in reversed(trees)]
    # Nothing that a file holds is too deep for this.
    while left:
        inside = left.pop()
        found += _ways(inside) if isinstance(inside.node, ast.Call) else ()
        left += reversed([*_below(inside)])
    return tuple(found)


@dataclass(frozen=True)
class _Inside:
    """A node with the names that what it makes goes by, and the values of the variables of the loops around it."""

    node: ast.AST
    called: frozenset[str]
    known: Known


def _below(inside: _Inside) -> Iterator[_Inside]:
    """What stands in it, with the names that it is given there: by a variable, a key, or a text beside it."""
    node, called = inside.node, inside.called
    known = {**inside.known, **looped} if (looped := dict(_looped(node))) else inside.known
    if isinstance(node, ast.Assign):
        yield from (_Inside(value, called | names, known) for names, value in _assigned(node))
    elif isinstance(node, ast.Dict):
        keyed = zip(node.keys, node.values, strict=True)
        yield from (_Inside(value, called | _texts([key] if key else []), known) for key, value in keyed)
    else:
        if isinstance(node, ast.Tuple | ast.List):
            called |= _texts(node.elts)
        elif isinstance(node, ast.keyword):
            called |= {node.arg or ""}
        yield from (_Inside(child, called, known) for child in ast.iter_child_nodes(node))


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


def _looped(node: ast.AST) -> Iterator[tuple[str, Sequence[Plain]]]:
    """The variable of a loop over what is written out, with its values: for n in (1, 2)."""
    loops = [node] if isinstance(node, ast.For) else getattr(node, "generators", [])
    for one in loops:
        values = _plain(one.iter)
        if isinstance(one.target, ast.Name) and isinstance(values, tuple):
            yield one.target.id, values


def _ways(inside: _Inside) -> Iterator[Way]:
    """A call as it is, or once for each value of the variable of a loop that it is given."""
    call, known = inside.node, inside.known
    assert isinstance(call, ast.Call), "so it was found"
    maker = last_name(call.func)
    given = (*call.args, *(one.value for one in call.keywords))
    variable = next((one.id for one in given if isinstance(one, ast.Name) and one.id in known), "")
    for value in known[variable] if variable else (None,):
        written = tuple(_written(call, {variable: value}))
        texts = frozenset(one for _, one in written if isinstance(one, str))
        counted = frozenset(f"{maker}{one}" for _, one in written if type(one) is int)
        yield Way(maker, written, inside.called | texts | counted)


def _written(call: ast.Call, held: Mapping[str, Plain]) -> Iterator[tuple[int | str, Plain]]:
    given: list[tuple[int | str, ast.expr]] = [*enumerate(call.args)]
    given += [(one.arg, one.value) for one in call.keywords if one.arg]
    for place, node in given:
        value = held[node.id] if isinstance(node, ast.Name) and node.id in held else _plain(node)
        if value is not STRANGE:
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
