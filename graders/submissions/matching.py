"""Which definition an expected name means, found by names and by what stands in the source; one rule after another.

Each rule is tried for every name before the next rule is tried for any, so that a sure match is never taken by a guess.
A definition stands for one name; only what returns several values at once stands for several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from graders.assignment import Name
from graders.submissions.calling import calling, does_it, method_calling
from graders.submissions.inventory import Definition
from graders.submissions.kin import outermost
from graders.submissions.likeness import folded, numbered_alike, same_words, saying, shortened, words
from graders.submissions.making import methods_making, put_together
from graders.submissions.matcher import Match, Matcher, Rule
from graders.submissions.serving import serving
from graders.submissions.signature import meanings

# What may be taken for something else once it was asked.
WEAK = ("shortened", "contains", "by what it calls", "by what it takes", "done in a program")
# What such a function is about is what it shows, keeps or tries, and not what its name says besides.
OTHER = frozenset(
    "plot print show save display test trace tracer affiche afficher draw log write ecrire run main demo".split()
)

# What is told to an object for later, and done by nobody yet: set_noise_function is no noise.
SETTER = re.compile(r"set(?=[_A-Z])")


def _named(how: str, kinds: Sequence[str], like: Callable[[str, Sequence[str]], bool]) -> Rule:
    """A rule on the name alone, for definitions of these kinds."""

    def rule(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
        aliases = (name, *spec.aliases)
        found = [one for one in matcher.free(spec) if one.kind in kinds and like(one.said, aliases)]
        if "global" not in kinds:
            # What is called by a more usual name comes first: a Softmax before a LogSoftmax.
            known = [folded(alias) for alias in aliases]
            found.sort(key=lambda one: known.index(folded(one.said)) if folded(one.said) in known else len(known))
            # A network is a class before it is what a function called pinn may make.
            found.sort(key=lambda one: bool(spec.base) and spec.base not in one.bases)
        found = [one for one in found if how not in WEAK or does_it(matcher, one, spec)]
        # Scaler.fit is no training, neither beside Trainer.fit nor where what trains is called otherwise.
        found = [
            one for one in found if one.kind != "method" or does_it(matcher, one, spec) or matcher.is_about(one, spec)
        ]
        found.sort(key=lambda one: one.kind == "method" and not does_it(matcher, one, spec))
        return (Match(one, how) for one in found if how in SURE or matcher.can_be_called(one, spec))

    return rule


def _global(how: str, like: Callable[[str, Sequence[str]], bool]) -> Rule:
    """A rule on the name alone, for variables that are expected as such; one that is spelt so comes first: B is not b."""
    named = _named(how, ("global",), like)

    def rule(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
        found = named(matcher, name, spec) if spec.kind == "global" else ()
        yield from sorted(found, key=lambda match: match.definition.said not in (name, *spec.aliases))

    return rule


def _owned(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """A method whose class and name together say it, and say no other name better: InversePINN.train."""
    for one in matcher.free(spec) if spec.kind == "function" else ():
        if one.kind == "method" and one.last == one.said and not words(one.last) & OTHER:
            said = {each: saying(one.name, (each, *other.aliases)) for each, other in matcher.names.items()}
            best = said.pop(name)
            if best > max([1, *said.values()]) and matcher.can_be_called(one, spec):
                yield Match(one, "method")


def _imported(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """A name of a library; what a file of the submission defines is found there. What need not be there is nobody's if not
    the student's."""
    own = {one.name for one in matcher.defined if one.kind != "import"}
    for match in () if spec.optional else _named("imported", ("import",), _alias)(matcher, name, spec):
        if match.definition.name not in own:
            yield match


def _given_a_value(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """A variable that holds a function, or an object that is called."""
    called = {one.name.removesuffix(".__call__") for one in matcher.defined if one.name.endswith(".__call__")}
    foreign = {one.name for one in matcher.defined if one.kind == "import"} if spec.optional else set[str]()
    silent = {one.name for one in matcher.defined if one.kind == "class" and not one.bases} - called
    for match in _named("given a value", ("global",), _alias)(matcher, name, spec):
        one = match.definition
        made = next((each for each in matcher.free(spec) if each.kind == "class" and each.name == one.made_by), None)
        own = any(each.kind == "class" and each.name == one.made_by for each in matcher.defined)
        if spec.kind == "class" and (made or own):
            # What another class made is an object, and makes none.
            yield from [Match(made, match.how)] if made else []
        elif spec.costly and own:
            # pinn = FCN() is what was trained, and trains nothing.
            continue
        elif spec.kind != "function" or not (one.result or one.made_by in silent | foreign):
            yield match


def _exactly(name: str, aliases: Sequence[str]) -> bool:
    return name == aliases[0]


def _alias(name: str, aliases: Sequence[str]) -> bool:
    return folded(name) in {folded(alias) for alias in aliases}


def _contains(name: str, aliases: Sequence[str]) -> bool:
    """Whether it has all words of an alias, and others: standardize_spectrograms."""
    mine = words(name)
    # A class does nothing by itself, whatever its name says: CrossEntropyLogSoftmax logs nothing.
    shows = not name[:1].isupper() and bool(mine & OTHER)
    sets = bool(SETTER.match(name.rsplit(".", 1)[-1]))
    return not shows and any(
        words(alias) < mine and numbered_alike(name, alias) and not (sets and "set" not in words(alias))
        for alias in aliases
    )


def _part(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """A value among several that a function returns at once, by its key or its variable."""
    aliases = (name, *spec.aliases)
    for one in matcher.free(spec) if spec.kind == "function" and not spec.costly else ():
        for place, part in enumerate(one.returns.names):
            alike = part and (_alias(part, aliases) or same_words(part, aliases) or shortened(part, aliases))
            if alike and matcher.can_be_called(one, spec):
                yield Match(one, "part", part if one.returns.keyed else place)


def _only_of_its_base(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """The only class on this base that no other one uses."""
    outer = outermost(matcher.defined, spec.base)
    free = [one for one in matcher.free(spec) if one in outer]
    if len({one.name for one in free}) == 1 and _lonely(matcher, spec):
        yield Match(free[0], f"the only torch.nn.{spec.base}" if spec.base == "Module" else "the only one of its kind")


def _lonely(matcher: Matcher, spec: Name) -> bool:
    """Whether no other name that is still looked for is a class on the same base."""
    return sum(one.base == spec.base and name not in matcher.found for name, one in matcher.names.items()) == 1


SURE = ("exact", "alias")


def _by_parameters(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """The only function that takes, by their names, all that is expected, where no other name is expected to."""
    rivals = [
        one for other, one in matcher.names.items() if other not in matcher.found and one.parameters == spec.parameters
    ]
    known, wanted = meanings(spec.parameters, matcher.aliases), {*spec.parameters}
    able = [
        one
        for one in matcher.free(spec)
        if one.kind == "function" and wanted <= {known.get(folded(each.name)) for each in one.parameters}
    ]
    able = [one for one in able if not words(one.last) & OTHER and (spec.kind != "class" or _makes(matcher, one))]
    able = [one for one in able if not spec.optional or matcher.can_be_called(one, spec)]
    if len(rivals) == 1 and len(wanted) > 1 and len({one.name for one in able}) == 1:
        yield Match(able[0], "by what it takes")


def _beside(matcher: Matcher, name: str, spec: Name) -> Iterator[Match]:
    """A class on the base of what stands for another name, whose own name says something of this one."""
    sister = matcher.found.get(spec.beside)
    if sister is None:
        return
    for one in matcher.free(spec):
        alike = one.kind == "class" and {*one.bases} & {*sister.definition.bases}
        if alike and any(word in folded(one.name) for word in spec.said):
            yield Match(one, "contains")


def _makes(matcher: Matcher, one: Definition) -> bool:
    """Whether a function makes objects of what is known to be a class."""
    return bool(
        one.calls & {match.definition.last for match in matcher.found.values() if match.definition.kind == "class"}
    )


FUNCTIONS, OWN = ("function", "class"), ("function", "class", "method")
RULES: tuple[Rule, ...] = (
    _named("exact", FUNCTIONS, _exactly),
    _named("alias", FUNCTIONS, _alias),
    serving,
    _global("exact", _exactly),
    _global("alias", _alias),
    _global("words", same_words),
    _named("method", ("method",), _alias),
    methods_making,
    _named("words", OWN, same_words),
    _named("shortened", OWN, shortened),
    _owned,
    _part,
    _only_of_its_base,
    calling,
    _named("contains", OWN, _contains),
    method_calling,
    _by_parameters,
    _imported,
    _given_a_value,
    partial(put_together, says=_contains, lonely=_lonely),
    _beside,
)
