"""More that a plan may say to objects whose class it did not write; see `graders.probes.speech`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from graders.observe.talk import How, Names, Ref, Talk, listed, value_of
from graders.probes.wire import Value
from graders.submissions.signature import meanings


@dataclass(frozen=True)
class Speech:
    """The words of an assignment: what else students call each parameter."""

    aliases: Mapping[str, Sequence[str]]
    _meanings: dict[tuple[str, ...], dict[str, Value]] = field(default_factory=dict)

    def ask(self, talk: Talk, of: object, names: Names, /, *, how: How | None = None, **values: object) -> Ref:
        """Call the first of these methods that the object has, with each value that its signature takes."""
        given = {name: value_of(one) for name, one in values.items()}
        known = self._known(tuple(values))
        said: dict[str, Value] = {"of": value_of(of), "names": listed(names), "values": given, "known": known}
        return talk.add({"do": "ask", **said}, how)

    def _known(self, expected: tuple[str, ...]) -> dict[str, Value]:
        """What each word means among these; a training asks for the same ones thousands of times."""
        if expected not in self._meanings:
            found = meanings(expected, self.aliases)
            self._meanings[expected] = {word: one for word, one in found.items() if one in expected}
        return self._meanings[expected]


def thing(talk: Talk, name: str) -> Ref:
    """The function or class itself that is bound to an expected name."""
    bound = talk.context.bound(name)
    if bound is None:
        talk.missing.append(name)
    return talk.add({"do": "thing", "subject": cast("Value", bound.subject) if bound else None}, How(quiet=True))


def copy(talk: Talk, of: object) -> Ref:
    """A deep copy of an object, or of several in a list."""
    return talk.add({"do": "copy", "of": value_of(of)}, How(quiet=True))


def drain(talk: Talk, of: object) -> Ref:
    """Every item of an iterator; anything else as it is."""
    return talk.add({"do": "drain", "of": value_of(of)}, How(quiet=True))


def repeat(talk: Talk, times: int, steps: Callable[[Talk], object]) -> Ref:
    """The steps that a function adds, several times, until one fails; whether none did."""
    return talk.add({"do": "repeat", "times": times, "steps": talk.inside(steps)})


def overhear(talk: Talk, kinds: Sequence[Ref], names: Sequence[str]) -> Ref:
    """A list that fills with the calls of these methods of these classes: copy it in the end."""
    return talk.add({"do": "overhear", "of": value_of(list(kinds)), "names": listed(names)}, How(quiet=True))
