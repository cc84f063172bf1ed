"""What a class is called by where the class that it is made from says how: class Accuracy(Metric), Metric.__call__. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graders.submissions.inventory import Definition

CALL = "__call__"


def with_calls(defined: Sequence[Definition]) -> list[Definition]:
    """The definitions of a file, and __call__ of each class that has it from another one of the file."""
    classes = {one.name: one for one in defined if one.kind == "class"}
    calls = {one.name.removesuffix(f".{CALL}"): one for one in defined if one.kind == "method" and one.last == CALL}
    found: list[Definition] = []
    for one in defined:
        found.append(one)
        if one.kind == "class" and classes[one.name] is one and one.name not in calls:
            above = next((each for each in _above(one, classes) if each.name in calls), None)
            found += [_inherited(one, above, calls[above.name])] if above else []
    return found


def _above(one: Definition, classes: dict[str, Definition]) -> Iterator[Definition]:
    """The classes of the file that it is made from, nearest first."""
    waiting, seen = [*one.bases], {one.name}
    while waiting:
        name = waiting.pop(0)
        if name in classes and name not in seen:
            seen.add(name)
            waiting += classes[name].bases
            yield classes[name]


def _inherited(one: Definition, above: Definition, call: Definition) -> Definition:
    maker = None if call.maker is None else one.parameters or above.parameters
    return replace(call, name=f"{one.name}.{CALL}", line=one.line, maker=maker)
