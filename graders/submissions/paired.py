"""Which parameters hold examples and labels in one: train(model, train_set), where X, y = train_set, or where train_set["X"] is
read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graders.submissions.inventory import Definition
from graders.submissions.likeness import WORD, folded
from graders.submissions.signature import Order, meanings

# What two places hold, in this order, whatever that is called where they are taken apart.
USUAL = ("X", "y")
# Whose data it is where nothing says so.
TAUGHT = "train"


class Held(NamedTuple):
    """What a parameter holds: by what each part is taken out of it, and what it means; `by` "places", "items" or "names"."""

    order: Order
    by: str


class _Use(NamedTuple):
    """How something is taken apart: by which keys, and what each part is called there."""

    holder: str
    keys: tuple[str, ...]
    parts: tuple[str, ...]
    by: str


def paired(made: Definition, expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Mapping[str, Held]:
    """What each such parameter holds; all its parts are expected, and given by nothing else."""
    known = {name: meaning for name, meaning in meanings(expected, aliases).items() if meaning in expected}
    required = [one.name for one in (*made.parameters, *(made.maker or ())) if one.required]
    own = {name: known[folded(name)] for name in required if folded(name) in known}
    uses = [one for one in _uses(made) if one.holder in required]
    # val_set beside train_set is what another function takes apart.
    uses += [one._replace(holder=name) for one in uses for name in required if name not in own]
    found: dict[str, Held] = {}
    for one in uses:
        meant = _meant(one, known)
        given = {*(meaning for other in found.values() for _, meaning in other.order)}
        given |= {meaning for name, meaning in own.items() if name != one.holder}
        whole = len({*meant} - given) == len(one.keys)
        # What means something by its name means that, unless this is one of its parts, or these are many: W1, b1, W2, b2 = p.
        other = own.get(one.holder, meant[0] if meant else "") not in meant and not _is_many(one)
        if whole and not other and one.holder not in found:
            found[one.holder] = Held(tuple(zip(one.keys, meant, strict=True)), one.by)
    return found


def _is_many(use: _Use) -> bool:
    return use.by == "places" and len(use.parts) > len(USUAL)


def _uses(made: Definition) -> Iterator[_Use]:
    yield from (_Use(one.holder, one.places, one.parts, "places") for one in made.unpacks)
    for holder in dict.fromkeys(one.holder for one in made.reads):
        mine = [one for one in made.reads if one.holder == holder]
        if len(mine) > 1 and len({one.item for one in mine}) == 1:
            keys = tuple(one.key for one in mine)
            yield _Use(holder, keys, keys, "items" if mine[0].item else "names")


def _meant(use: _Use, known: Mapping[str, str]) -> list[str]:
    """What each part means: X of val_set is X_val, else what it is called there."""
    usual = USUAL if use.by == "places" and len(use.parts) == len(USUAL) else use.parts
    pairs = zip(use.parts, usual, strict=True)
    found = (_first([*_of(use.holder, part), part, *_of(use.holder, other), other], known) for part, other in pairs)
    return [one for one in found if one]


def _of(holder: str, part: str) -> list[str]:
    return [f"{part}_{word}" for word in (*WORD.findall(holder), TAUGHT)] if part else []


def _first(names: Sequence[str], known: Mapping[str, str]) -> str:
    return next((known[folded(name)] for name in names if folded(name) in known), "")
