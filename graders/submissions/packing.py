"""A parameter that holds several: an object of settings, of a class of the student's own, train(config: Config)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.submissions.inventory import Definition, Parameter
from graders.submissions.likeness import folded
from graders.submissions.signature import Order, arranged, meanings

LEAST_LETTERS = 3


@dataclass(frozen=True)
class Pack:
    """The class, and the expected parameters that its constructor takes."""

    parameter: str
    kind: Definition
    order: Order

    @property
    def meaning(self) -> str:
        """What stands for it among expected parameters."""
        return f"{self.kind.name}()"

    def has_default(self, expected: str) -> bool:
        """Whether the class has a default of its own for this."""
        optional = {one.name for one in self.kind.parameters if not one.required}
        return any(meaning == expected and name in optional for name, meaning in self.order)


def packs(
    taken: Sequence[Parameter],
    defined: Sequence[Definition],
    expected: Sequence[str],
    aliases: Mapping[str, Sequence[str]],
) -> Iterator[Pack]:
    """The parameters that mean nothing expected, and are of a class all of whose required parameters do."""
    known = {alias: name for alias, name in meanings(expected, aliases).items() if name in expected}
    for one in taken:
        kind = next((other for other in defined if _is_of(one, other)), None) if folded(one.name) not in known else None
        if kind is None:
            continue
        order = tuple((each.name, known[folded(each.name)]) for each in kind.parameters if folded(each.name) in known)
        if order and {each.name for each in kind.parameters if each.required} <= {name for name, _ in order}:
            yield Pack(one.name, kind, order)


def ordered(
    taken: Sequence[Parameter], held: Sequence[Pack], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> Order:
    """What each parameter means; what a pack holds is given by it alone."""
    inside = {meaning for one in held for _, meaning in one.order}
    packed = {one.parameter: one.meaning for one in held}
    apart = [one for one in taken if one.name not in packed]
    order = arranged(apart, [name for name in expected if name not in inside], aliases)
    return (*order, *((one.name, packed[one.name]) for one in taken if one.name in packed))


def _is_of(one: Parameter, kind: Definition) -> bool:
    """Whether the source says so; where it says nothing, whether the class has the parameter's name in its own."""
    if kind.kind != "class":
        return False
    like = len(one.name) >= LEAST_LETTERS and folded(one.name) in folded(kind.name)
    return kind.name == one.of if one.of else like
