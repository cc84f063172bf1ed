"""What a training is told beside the meanings of its parameters: what the program tells it, and loaders under keys. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graders.submissions.bound import Bound
from graders.submissions.chosen import Choice, choices
from graders.submissions.inventory import Definition, Parameter
from graders.submissions.signature import Order, taken_by
from graders.submissions.source import Source

# What several loaders are expected as, in one.
SEVERAL = "loaders"


def as_it_is_called(read: Sequence[Source], bound: Bound) -> Bound:
    """The same, told what the program tells it where that is no business of ours."""
    one, packed = bound.definition, {each.parameter for each in bound.packs}

    def said(name: str, order: Order, taken: Sequence[Parameter]) -> tuple[Choice, ...]:
        known = {each.name for each in taken_by(order, taken).values()}
        return choices(read, name, taken, known | packed)

    owner = one.name.removesuffix(f".{one.last}").rpartition(".")[2]
    makers = said(owner, bound.maker or (), one.maker or ()) if one.kind == "method" else ()
    return replace(bound, choices=said(one.last, bound.order, one.parameters), makers_choices=makers)


def under_keys(one: Definition, expected: Sequence[str]) -> tuple[list[Parameter], Order]:
    """The parameters without the one of which texts are the keys, donnees of donnees["train"], and what that one means."""
    taken = [each.name for each in one.parameters] if SEVERAL in expected else []
    found = next((read.holder for read in one.reads if read.item and read.holder in taken), "")
    return [each for each in one.parameters if each.name != found], ((found, SEVERAL),) if found else ()


def parts(names: Sequence[str], loader: str) -> Order:
    """Examples and labels of a loader."""
    return tuple(zip(names, (f"{loader}.0", f"{loader}.1"), strict=True))
