"""A student's definition that stands for an expected name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from graders.probes.work import BuiltSubject, Fed, Made, Said, Subject
from graders.submissions.built import Part
from graders.submissions.chosen import Choice, agreed
from graders.submissions.inventory import Definition
from graders.submissions.packing import Pack
from graders.submissions.signature import Order, taken_by, whole
from graders.submissions.ways import Given

Key = tuple[str, str, str | int | None]


@dataclass(frozen=True)
class Feeder:
    """A method by which an object gets its values before another one is asked: metrics.update(y_true, y_pred)."""

    name: str
    order: Order


@dataclass(frozen=True)
class Built:
    """The part of a program that makes an object, the expected parameter that says how wide its data is, and (name, file) of the
    student's own classes."""

    part: Part
    width: str
    known: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> BuiltSubject:
        """What a request says about it."""
        one = self.part
        known = list(self.known)
        return BuiltSubject(code=one.code, variable=one.variable, data=list(one.data), width=self.width, known=known)


@dataclass(frozen=True)
class Bound:
    """How a definition was recognised, and how it is called: see `graders.probes.work.Subject`."""

    definition: Definition
    how: str
    order: Order
    maker: Order | None = None
    feeder: Feeder | None = None
    take: str | int | None = None
    scope: str | None = None
    once: bool = False
    packs: tuple[Pack, ...] = ()
    beside: tuple[str, ...] = ()
    built: Built | None = None
    lifted: str = ""
    choices: tuple[Choice, ...] = ()
    makers_choices: tuple[Choice, ...] = ()
    maker_of_given: str = ""
    given: Given = ()
    made: Made | None = field(default=None, hash=False)

    def about(self, other: Bound | None) -> Bound:
        """The same, asked as the program asks it about what this other definition makes."""
        return replace(self, maker_of_given=other.definition.last) if other else self

    @property
    def subject(self) -> Subject:
        """What a request says about it: the student's parameter and the expected one that it takes."""
        subject = Subject(file=self.definition.file, name=self.definition.name, order=list(self.order))
        if self.maker is not None:
            subject["maker"] = list(self.maker)
        if self.feeder is not None:
            subject["fed"] = Fed(name=self.feeder.name, order=list(self.feeder.order))
        if self.take is not None:
            subject["take"] = self.take
        if self.scope is not None:
            subject["scope"] = self.scope
        subject.update(self._besides)
        return subject

    @property
    def _besides(self) -> Subject:
        """What is said of few."""
        told = {
            "once": self.once,
            "beside": list(self.beside),
            "built": self.built and self.built.subject,
            "lifted": self.lifted or self.definition.inside,
            "own": self._own,
            "makers_own": agreed(self.makers_choices, self.maker_of_given),
            "packs": {one.meaning: one.packed for one in self.packs},
            "made": self.made,
        }
        return cast("Subject", {name: one for name, one in told.items() if one})

    @property
    def _own(self) -> dict[str, Said]:
        """What the program says to it for parameters that are no business of ours."""
        written = {name: Said(value=list(one) if isinstance(one, tuple) else one) for name, one in self.given}
        return {**agreed(self.choices, self.maker_of_given), **written}

    @property
    def key(self) -> Key:
        """What it is, however it is called."""
        return self.definition.file, self.definition.name, self.take

    @property
    def place(self) -> str:
        """Where it stands, as the report says it."""
        part = "" if self.take is None else f"[{self.take!r}]"
        given = f"({', '.join(f'{name}={value!r}' for name, value in self.given)})" if self.given else ""
        return f"{self.definition.file}:{self.definition.name}{given}{part}"

    def wants(self, expected: str, value: object) -> bool:
        """Whether a value is worth sending: objects of ours are made only for who takes them."""
        return expected in self.taken or not isinstance(value, Mapping)

    @cached_property
    def taken(self) -> frozenset[str]:
        """The expected parameters that it takes, in whatever way."""
        orders = [self.order, self.maker or (), self.feeder.order if self.feeder else ()]
        orders += [one.order for one in self.packs]
        return frozenset(whole(expected) for order in orders for _, expected in order if expected)

    def has_default(self, expected: str) -> bool:
        """Whether the student's signature has a default of its own for this expected parameter, or needs none."""
        if self.scope is not None or any(one.has_default(expected) for one in self.packs):
            return True
        orders = (self.order, self.definition.parameters), (self.maker or (), self.definition.maker or ())
        found = (taken_by(order, taken).get(expected) for order, taken in orders)
        return any(one is not None and not one.required for one in found)
