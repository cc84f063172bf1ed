"""One class that serves as several networks, each made with arguments of its own: cnn1 = ConvNet(1), cnn2 = ConvNet(2). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graders.assignment import Name
from graders.submissions.inventory import Definition
from graders.submissions.kin import outermost
from graders.submissions.likeness import THINGS, folded, numbers, words
from graders.submissions.matcher import Match, Matcher
from graders.submissions.ways import Given

SERVES = "made for it"


def serving(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """The class that the program makes both this network and another one of, by what it is given for this one."""
    if spec.kind != "class" or not spec.base:
        return
    taken = [match.definition for match in matcher.found.values() if match.how != SERVES]
    for one in outermost(matcher.defined, spec.base):
        served = _served(matcher, one, spec.base) if one not in taken else {}
        if name in served and len({*served.values()}) > 1:
            yield Match(one, SERVES, given=served[name])


def _served(matcher: Matcher, one: Definition, base: str) -> Mapping[str, Given]:
    """Each network that the program calls what it makes of this class, with what it gives it then."""
    free = [name for name, match in matcher.found.items() if match.definition is one]
    able = {
        name: (name, *spec.aliases)
        for name, spec in matcher.names.items()
        if spec.base == base and (name in free or name not in matcher.found)
    }
    # Where one network alone is left, nothing else is made of the class.
    own = [way for way in matcher.ways() if way.maker == one.last] if len(able) > 1 else []
    served: dict[str, Given] = {}
    for way in own:
        meant = [name for name, aliases in able.items() if any(_says(said, aliases) for said in way.called)]
        if len(meant) == 1:
            served[meant[0]] = way.given(one.parameters)
    return served | _other(served, [way.given(one.parameters) for way in own], [*able])


def _says(said: str, aliases: Sequence[str]) -> bool:
    """Whether a variable, a key or a text names it: by an alias, or by the words of one with its number: modele_cnn2, model2."""
    if folded(said) in {folded(alias) for alias in aliases}:
        return True
    return bool(numbers(said)) and any(
        numbers(said) == numbers(alias) and (words(alias) <= words(said) or words(said) <= THINGS) for alias in aliases
    )


def _other(served: Mapping[str, Given], made: Sequence[Given], able: Sequence[str]) -> dict[str, Given]:
    """Of two that differ by their number alone, and that are made in two ways, the one that nothing names."""
    left = [given for given in dict.fromkeys(made) if given not in served.values()]
    sisters = [name for name in able if any(words(name) == words(one) for one in served)]
    others = [name for name in sisters if name not in served]
    return {others[0]: left[0]} if len(served) == len(left) == len(others) == 1 else {}
