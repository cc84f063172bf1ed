"""The method by which an object of the student's gets its values before another one is asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.submissions.bound import Feeder
from graders.submissions.inventory import Definition
from graders.submissions.signature import arranged, unknown

Aliases = Mapping[str, Sequence[str]]


def feeder(
    method: Definition, defined: Sequence[Definition], expected: Sequence[str], aliases: Aliases, fed: set[str]
) -> Feeder | None:
    """The method of the same class that takes what neither the method nor the constructor does: update, or fit."""
    for one in _beside(method, defined, expected, aliases):
        order = arranged(one.parameters, expected, aliases)
        if not fed and {*expected} <= {meaning for _, meaning in order}:
            return Feeder(one.last, order)
        if one.last == "fit" and one.parameters and expected[-1] not in fed:
            return Feeder(one.last, ((one.parameters[0].name, expected[-1]),))
    return None


def _beside(
    method: Definition, defined: Sequence[Definition], expected: Sequence[str], aliases: Aliases
) -> Sequence[Definition]:
    """The other methods of its class; those whose parameters are known come first, helpers such as _ratio(a, b) last."""
    owner = method.name.removesuffix(method.last)
    others = [one for one in defined if one.kind == "method" and one.file == method.file and one != method]
    strange = {one: len(unknown(one.parameters, expected, aliases)) for one in others}
    mine = (one for one in others if one.name.startswith(owner))
    return sorted(mine, key=lambda one: (one.last.startswith("_"), strange[one]))
