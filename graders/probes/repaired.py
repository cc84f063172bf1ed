"""A bound function in whose place one of ours stands, for a submission that is asked, and for a program that runs once more."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import cast

from graders.probes.differential import network, nudged, operator
from graders.probes.guard import Function
from graders.probes.subject import found, replaced
from graders.probes.wire import Value
from graders.probes.work import Order, Subject, Work

REPAIR = "__repair__"
Ours = Mapping[str, Value]


def journal(old: Callable[..., object], order: Order, usual: Mapping[str, float]) -> Callable[..., object]:
    """The same training, which returns a list of falling losses where it returned nothing."""

    @wraps(old)
    def ours(*args: object, **kwargs: object) -> object:
        result = old(*args, **kwargs)
        return [1 / (1 + n) for n in range(int(usual["count"]))] if result is None else result

    return ours


KINDS: Mapping[str, Callable[..., object]] = {
    "operator": operator,
    "network": network,
    "nudged": nudged,
    "journal": journal,
}


def put(work: Work, subject: Subject, by: str, usual: Mapping[str, float]) -> None:
    """Put ours wherever the submission names its own."""
    old = found(subject, work)
    replaced(work, subject, old, KINDS[by](old, subject["order"], usual))


class Repair:
    """A change of a program: what it imports is ours from the beginning, what it defines is from its definition on.

    Each of `ours` is {"subject", "by", "usual"}.
    """

    def __init__(self, work: Work, file: str, ours: Sequence[Ours]) -> None:
        """Replace what other files define."""
        self.work, self.file = work, file
        self.own = [one for one in ours if _subject(one)["file"] == file]
        for one in ours:
            if one not in self.own:
                self._put(work, one)

    def __call__(self, tree: ast.Module) -> ast.Module:
        """The same statements; behind each that defines one of these names it is replaced."""
        body = [each for one in tree.body for each in (one, *self._after(one))]
        return ast.Module(body, tree.type_ignores)

    def _after(self, statement: ast.stmt) -> list[ast.stmt]:
        if not isinstance(statement, Function | ast.ClassDef):
            return []
        places = [place for place, one in enumerate(self.own) if _first(one) == statement.name]
        return [ast.copy_location(ast.parse(f"{REPAIR}({place})").body[0], statement) for place in places]

    def within(self, namespace: dict[str, object]) -> None:
        """The namespace that the program runs in."""
        work = replace(self.work, namespaces={self.file: namespace})
        namespace[REPAIR] = lambda place: self._put(work, self.own[place])

    def _put(self, work: Work, one: Ours) -> None:
        put(work, _subject(one), cast("str", one["by"]), cast("Mapping[str, float]", one["usual"]))


def _subject(one: Ours) -> Subject:
    return cast("Subject", one["subject"])


def _first(one: Ours) -> str:
    return _subject(one)["name"].partition(".")[0]
