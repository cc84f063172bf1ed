"""A suite: criteria by id, each with the probes it reads and the function that judges. Declared on an object."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TypeVar, cast, overload

from graders.assignment import Assignment, DeclarationError
from graders.observe.probe import Probe
from graders.report.pictures import GALLERY, Picture
from graders.verdict import Verdict

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
D = TypeVar("D")
Judge = Callable[..., Verdict]
Painter = Callable[..., Sequence[Picture]]
Some = Probe[object] | tuple[Probe[object], ...]


@dataclass(frozen=True, eq=False)
class Criterion:
    """What is looked at, and who judges it."""

    id: str
    probes: tuple[Probe[object], ...]
    judge: Judge
    declared_in: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class Painting:
    """Pictures shown with a criterion, made from observations."""

    id: str
    probes: tuple[Probe[object], ...]
    paint: Painter
    declared_in: tuple[Path, ...] = ()


@dataclass(frozen=True, eq=False)
class Suite:
    """All criteria of an assignment, in the order of their declaration."""

    assignment: str
    criteria: dict[str, Criterion] = field(default_factory=dict)
    paintings: list[Painting] = field(default_factory=list)

    @overload
    def criterion(
        self, id: str, *, observe: Probe[A]
    ) -> Callable[[Callable[[A], Verdict]], Callable[[A], Verdict]]: ...
    @overload
    def criterion(
        self, id: str, *, observe: tuple[Probe[A], Probe[B]]
    ) -> Callable[[Callable[[A, B], Verdict]], Callable[[A, B], Verdict]]: ...
    @overload
    def criterion(
        self, id: str, *, observe: tuple[Probe[A], Probe[B], Probe[C]]
    ) -> Callable[[Callable[[A, B, C], Verdict]], Callable[[A, B, C], Verdict]]: ...
    @overload
    def criterion(
        self, id: str, *, observe: tuple[Probe[A], Probe[B], Probe[C], Probe[D]]
    ) -> Callable[[Callable[[A, B, C, D], Verdict]], Callable[[A, B, C, D], Verdict]]: ...
    def criterion(self, id: str, *, observe: object) -> Callable[[Judge], Judge]:
        """Declare a criterion: the function judges what the probes saw, and is called only if they all saw something."""
        if id in self.criteria:
            raise DeclarationError(f"{self.assignment}: criterion {id} is declared twice")
        files = _declaring()

        def declare(judge: Judge) -> Judge:
            self.criteria[id] = Criterion(id, _tuple(observe), judge, files)
            return judge

        return declare

    @overload
    def picture(
        self, id: str, *, observe: Probe[A]
    ) -> Callable[[Callable[[A], Sequence[Picture]]], Callable[[A], Sequence[Picture]]]: ...
    @overload
    def picture(
        self, id: str, *, observe: tuple[Probe[A], Probe[B]]
    ) -> Callable[[Callable[[A, B], Sequence[Picture]]], Callable[[A, B], Sequence[Picture]]]: ...
    def picture(self, id: str, *, observe: object) -> Callable[[Painter], Painter]:
        """Declare pictures that are shown with a criterion."""
        files = _declaring()

        def declare(paint: Painter) -> Painter:
            self.paintings.append(Painting(id, _tuple(observe), paint, files))
            return paint

        return declare

    def gallery(self, *, observe: object) -> Callable[[Painter], Painter]:
        """Declare pictures of the student's own, shown in a section of the report."""
        return cast("Callable[[Painter], Painter]", self.picture(GALLERY, observe=observe))  # type: ignore[call-overload]

    def probes(self) -> list[Probe[object]]:
        """Every probe once, in the order of first use."""
        read = [*(one.probes for one in self.criteria.values()), *(one.probes for one in self.paintings)]
        return list(dict.fromkeys(probe for probes in read for probe in probes))


def _declaring() -> tuple[Path, ...]:
    """The files whose code is declaring: from the function that does it to the module that runs it."""
    frames: list[FrameType] = []
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back if frame.f_code.co_name != "<module>" else None
    return tuple(dict.fromkeys(Path(one.f_code.co_filename) for one in frames))


def _tuple(observe: object) -> tuple[Probe[object], ...]:
    return cast("tuple[Probe[object], ...]", observe if isinstance(observe, tuple) else (observe,))


def check(suite: Suite, assignment: Assignment, *, whole: bool = True) -> Suite:
    """DeclarationError unless the suite judges what the rubric asks a machine to judge: all of it, or only such lines."""
    wanted = {line.id for line in assignment.rubric if not line.manual}
    wrong = suite.criteria.keys() ^ wanted if whole else suite.criteria.keys() - wanted
    if suite.assignment != assignment.id or wrong:
        raise DeclarationError(f"{assignment.id}: suite and rubric differ in {', '.join(sorted(wrong)) or 'their id'}")
    return suite
