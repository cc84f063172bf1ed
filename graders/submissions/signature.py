"""What the parameters of a student's function mean: by their names, else by their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.submissions.inventory import Parameter
from graders.submissions.likeness import begins_one, folded, holds_one

Order = tuple[tuple[str, str], ...]


def whole(expected: str) -> str:
    """The expected parameter that this is, or is a part of: loader.0 are the examples of the loader."""
    return expected.partition(".")[0]


def meanings(expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """For each folded name, what it means.

    One word may mean several things in an assignment: what this function is expected to take wins, then the first. Two words
    mean the same the other way round, unless they mean something else: dl_val is val_dl.
    """
    key = tuple(expected), id(aliases)
    if key not in _known:
        _known[key] = aliases, _meanings(expected, aliases)
    return _known[key][1]


# What an assignment calls its parameters is one object, kept here so that no other takes its identity: that is quicker to find
# than its content, and every definition is asked about every name.
_known: dict[tuple[tuple[str, ...], int], tuple[object, Mapping[str, str]]] = {}


def _meanings(expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    ordered = sorted(aliases.items(), key=lambda item: item[0] in expected)
    found = {folded(alias): name for name, known in ordered for alias in (*known, name)}
    turned = {_turned(alias): name for name, known in ordered for alias in (*known, name)}
    return turned | found | {folded(name): name for name in expected}


def _turned(name: str) -> str:
    parts = name.split("_")
    return folded("".join(reversed(parts)) if len(parts) == 2 else name)


def arranged(taken: Sequence[Parameter], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Order:
    """(the student's parameter, the expected one it means): by name, else by position where no name is known.

    A parameter with a default whose name is not known is left to its default, unless it alone is not known and stands where the
    only meaning that is left does. Those that are required and not known are what stands there, else what is left.
    """
    known, exact = meanings(expected, aliases), _exactly(expected, aliases)
    alike = _alike([one.name for one in taken], exact)
    named = {one.name: (exact if one.name in alike else known).get(_spelt(one, alike)) for one in taken}
    named |= _second(taken, expected, named, exact)
    named |= _elsewhere(taken, expected, aliases, named)
    named |= {one.name: _likely(one, expected, aliases, named) for one in taken if not named[one.name] and _open(one)}
    named |= _in_place(taken, expected, named)
    left = [meaning for meaning in expected if meaning not in named.values()]
    strange = [one.name for one in taken if one.required and not named[one.name]]
    other = [one.name for one in taken if one.required and named[one.name] not in expected]
    if len(strange) == len(left) and any(named.values()):
        named |= dict(zip(strange, left, strict=True))
    elif len(other) == len(left) == 1:
        named[other[0]] = left[0]
    elif not strange and len(left) == 1:
        named |= _only_one(taken, expected, named, left[0])
    if all(named[one.name] for one in taken if one.required) and any(named.values()):
        return tuple((name, meaning) for name, meaning in named.items() if meaning)
    return by_place(taken, expected)


def _in_place(
    taken: Sequence[Parameter], expected: Sequence[str], named: Mapping[str, str | None]
) -> dict[str, str | None]:
    """train(model, L, v=None): what stands where it is expected, behind what does too, where some name is known. A single
    letter says little: what it means elsewhere, or that it is not known."""
    found: dict[str, str | None] = {}
    for one, meaning in zip(taken, expected, strict=False):
        strange = named[one.name] is None or (named[one.name] not in expected and len(one.name) == 1)
        if named[one.name] == meaning:
            continue
        asked = one.required or (one.default == "None" and len(one.name) == 1)
        if not strange or meaning in named.values() or one.keyword_only or not asked:
            break
        found[one.name] = meaning
    return found if {*expected} & {*named.values()} else {}


def without_guesses(
    order: Order, taken: Sequence[Parameter], extras: Sequence[str], aliases: Mapping[str, Sequence[str]]
) -> Order:
    """The order, but for those with a default whose name is not known that were taken for one of these extras."""
    known, found = meanings(extras, aliases), taken_by(order, taken)
    guessed = {meaning for meaning, one in found.items() if not one.required and folded(one.name) not in known}
    return tuple((name, meaning) for name, meaning in order if meaning not in guessed or meaning not in extras)


def taken_by(order: Order, taken: Sequence[Parameter]) -> Mapping[str, Parameter]:
    """For each meaning the parameter that takes it, by its name or, where names say nothing, by its place."""
    required = [one for one in taken if one.required]
    placed = dict(enumerate(taken if len(required) <= len(order) else required))
    named = {one.name: one for one in taken}
    found = {meaning: named.get(name) if name else placed.get(place) for place, (name, meaning) in enumerate(order)}
    return {meaning: one for meaning, one in found.items() if one}


def _second(
    taken: Sequence[Parameter], expected: Sequence[str], named: Mapping[str, str | None], exact: Mapping[str, str]
) -> dict[str, str | None]:
    """Linear(n, d), where both may be the width before: one of two that mean the same is not known, where as many meanings are
    left for them."""
    left = [meaning for meaning in expected if meaning not in named.values()]
    first: dict[str, str] = {}
    for one in sorted(taken, key=lambda one: one.name not in exact):
        first.setdefault(named[one.name] or "", one.name)
    spare = [one.name for one in taken if one.required and named[one.name] and first[named[one.name] or ""] != one.name]
    unknown_ = [one.name for one in taken if one.required and not named[one.name]]
    return dict.fromkeys(spare) if len(spare) + len(unknown_) == len(left) else {}


def _elsewhere(
    taken: Sequence[Parameter],
    expected: Sequence[str],
    aliases: Mapping[str, Sequence[str]],
    named: Mapping[str, str | None],
) -> dict[str, str | None]:
    """What is called as something is that only another function is expected to take, and that is called so here: fit(module)."""
    left = [meaning for meaning in expected if meaning not in named.values()]
    strange = [
        (one.name, named[one.name]) for one in taken if one.required and named[one.name] not in (None, *expected)
    ]
    found = [(name, meaning) for name, other in strange for meaning in left if meaning in aliases.get(other or "", ())]
    return (
        dict(found) if len({name for name, _ in found}) == len({meaning for _, meaning in found}) == len(found) else {}
    )


def _likely(
    one: Parameter, expected: Sequence[str], aliases: Mapping[str, Sequence[str]], named: Mapping[str, str | None]
) -> str | None:
    """The one meaning that is left of which a parameter's name is the beginning, or which it holds: ite, net2, loss_class. What
    has a default means so only by a beginning: loss=cross_entropy."""
    left = {meaning: (meaning, *aliases.get(meaning, ())) for meaning in expected if meaning not in named.values()}
    for like in (begins_one, holds_one) if one.required else (begins_one,):
        found = [meaning for meaning, known in left.items() if like(one.name, known)]
        if len(found) == 1:
            return found[0]
    return None


def _open(one: Parameter) -> bool:
    """Whether it is to be given, or its default is a thing with a name, such as a function."""
    return one.required or (
        one.default.replace(".", "").isidentifier() and one.default not in ("None", "True", "False")
    )


def _only_one(
    taken: Sequence[Parameter], expected: Sequence[str], named: Mapping[str, str | None], left: str
) -> dict[str, str]:
    """FCN(entree, x, profondeur, sortie): x stands where the width does; lr=1e-3 is what it says."""
    strange = [one.name for one in taken if one.required or named[one.name] != one.name]
    spare = [
        place
        for place, one in enumerate(taken)
        if one.name in strange and named[one.name] not in expected and not one.keyword_only
    ]
    return {taken[spare[0]].name: left} if spare == [expected.index(left)] and len(taken) == len(expected) else {}


def _alike(names: Sequence[str], exact: Mapping[str, str]) -> set[str]:
    """Those that only their spelling tells apart: from one another, or, of letters, from another meaning: D pixels are no code
    of dimension d."""
    twice = {name for name in names if sum(folded(name) == folded(other) for other in names) > 1}
    known = [name for name in names if len(name) == 1 and name in exact]
    return twice | {name for name in known if exact.get(name.swapcase(), exact[name]) != exact[name]}


def _spelt(one: Parameter, alike: set[str]) -> str:
    """A name by which its meaning is looked up: D is not d where both are there."""
    return one.name if one.name in alike else folded(one.name)


def _exactly(expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """For each name as it is spelt, what it means among what is expected."""
    found = {alias: name for name in expected for alias in aliases.get(name, ())}
    return found | {name: name for name in expected}


def by_place(taken: Sequence[Parameter], expected: Sequence[str]) -> Order:
    """The parameters in their order mean the expected ones in theirs."""
    required = [one for one in taken if one.required]
    placed = taken if len(required) <= len(expected) else required
    pairs = [
        (one, meaning) for one, meaning in zip(placed, expected, strict=False) if one.required or not one.keyword_only
    ]
    return tuple((one.name if one.keyword_only else "", meaning) for one, meaning in pairs)


def unknown(taken: Sequence[Parameter], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> list[str]:
    """The required parameters that mean nothing that is known."""
    known = meanings(expected, aliases)
    return [
        one.name
        for one in taken
        if one.required and folded(one.name) not in known and not _likely(one, expected, aliases, {})
    ]
