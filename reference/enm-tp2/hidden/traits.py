"""What the cases have in common that a function answers wrong: one trait, or two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from graders.language import Message
from graders.laws.failure import told
from graders.observe.observation import Failure
from graders.verdict import Verdict, failed, partial

from .asking import Case

Trait = tuple[Callable[[Case], bool], float, Message]
"""Whether a case has it, the share of the points where nothing else is wrong, and what is said."""


def by_trait(
    traits: Mapping[str, Trait], given: Sequence[Case], found: Sequence[object], fits: Sequence[bool]
) -> Verdict | None:
    """The verdict where exactly the cases with a trait, or with one of two, were answered wrong, and others right."""
    lost = next((one for one in found if isinstance(one, Failure)), None)
    for names in _some(traits) if any(fits) else ():
        if [not any(traits[name][0](case) for name in names) for case in given] == [*fits]:
            share = max(0.0, 1 - sum(1 - traits[name][1] for name in names))
            said = [*(traits[name][2] for name in names), *([told(lost)] if lost else [])]
            return partial(share, names[0], *said) if share else failed(names[0], *said)
    return None


def _some(traits: Mapping[str, Trait]) -> Iterator[tuple[str, ...]]:
    yield from ((name,) for name in traits)
    yield from combinations(traits, 2)
