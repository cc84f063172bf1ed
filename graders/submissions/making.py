"""Which methods an expected name means, by what they make: each one of several things, such as the loaders of each set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from graders.assignment import Name
from graders.submissions.inventory import Definition
from graders.submissions.likeness import folded, hinted, same_words, words
from graders.submissions.matcher import Match, Matcher


def methods_making(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """Methods of one class that make, each, one of the several things that are to be made."""
    said = {word for alias in (name, *spec.aliases) for word in words(alias)}
    free = sorted(matcher.free(spec) if len(spec.makes) > 1 else (), key=lambda one: -len(words(one.name) & said))
    for first in free:
        owner = first.name.removesuffix(first.last)
        kin = [one for one in matcher.free(spec) if one.kind == "method" and one.name.startswith(owner)]
        found = [_called(kin, matcher.called(make)) for make in spec.makes]
        if first.kind == "method" and all(found) and found[0][0] is first:
            yield Match(first, "methods", beside=tuple(one[0].last for one in found[1:]))


def _called(kin: Sequence[Definition], names: Sequence[str]) -> list[Definition]:
    """Those that go by one of these names; else those that say the same words."""
    known = {folded(name) for name in names}
    return [one for one in kin if folded(one.last) in known] or [one for one in kin if same_words(one.last, names)]


def put_together(
    matcher: Matcher,
    name: str,
    spec: Name,
    *,
    says: Callable[[str, Sequence[str]], bool],
    lonely: Callable[[Matcher, Name], bool],
) -> Iterator[Match]:
    """A network that a program puts together out of layers, mlp_final = nn.Sequential(…): the last one whose name says it, else
    the only one; else one whose name begins a word of this and of nothing else, model_reg."""
    own = {one.name for one in matcher.defined if one.kind == "class"}
    able = matcher.free(spec) if spec.kind == "class" and spec.base == "Module" and "Sequential" not in own else ()
    found = [one for one in able if one.kind == "global" and one.made_by == "Sequential"]
    said = [one for one in found if says(one.name, (name, *spec.aliases))]
    if said or (len({one.name for one in found}) == 1 and lonely(matcher, spec)):
        yield Match((said or found)[0], "put together")
    sisters = {other: one.aliases for other, one in matcher.names.items() if one.base == spec.base}
    yield from (
        Match(one, "put together")
        for one in found
        if [other for other, aliases in sisters.items() if hinted(one.name, (other, *aliases))] == [name]
    )
