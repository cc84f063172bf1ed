"""Ask what a submission left when it ran: variables, printed text, figures, image files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from graders.observe.context import Context
from graders.observe.figures import Figure, Figures, Pixels
from graders.observe.observation import Failure, Observation
from graders.observe.probe import Reader
from graders.observe.request import Request
from graders.probes.wire import Array, Value
from graders.submissions.source import trees


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Chunk(_Told):
    """A cell, counted from 1, or a script (0). `statements` are (first line, last line, seconds) of those that took time."""

    file: str
    cell: int
    printed: str
    seconds: float
    raised: dict[str, object] | None
    statements: list[tuple[int, int, float]]


def _bytes(value: object) -> NDArray[np.uint8] | None:
    if value is not None and not (isinstance(value, np.ndarray) and value.dtype == np.uint8 and value.ndim == 1):
        raise ValueError("a file is an array of bytes")
    return value


class Image(_Told):
    """An image file; `written` by the run that was looked at. The content of a file that is too large is None."""

    name: str
    written: bool
    size: int
    content: Annotated[NDArray[np.uint8] | None, BeforeValidator(_bytes)]


class Returned(_Told):
    """What a watched function returned, and its arguments as they were at its end."""

    name: str
    value: object
    given: dict[str, object]


class Outcome(_Told):
    """What running left. `given` are the variables that had a value of ours, `ours` these values by expected name."""

    journal: list[Chunk]
    variables: dict[str, dict[str, object]]
    figures: Figures
    images: Annotated[list[Image], Field(max_length=12)]
    returned: list[Returned] = []
    given: list[str] = []
    pixels: list[Pixels | None] = []
    ours: dict[str, object] = {}

    @property
    def printed(self) -> str:
        """Everything that was printed."""
        return "\n".join(chunk.printed for chunk in self.journal)

    @property
    def drawn(self) -> list[tuple[Figure, Array]]:
        """The figures with their pixels, where they could be drawn."""
        return [(one, shown) for one, shown in zip(self.figures, self.pixels, strict=False) if shown is not None]

    def values(self) -> dict[str, object]:
        """Every variable by name; those of the first file win."""
        merged: dict[str, object] = {}
        for there in self.variables.values():
            merged = {**there, **merged}
        return merged


@dataclass(frozen=True, eq=False)
class Reading:
    """A probe: what reading the files left, for these expected names (with what stands for them) and all small values."""

    names: Sequence[str] = ()
    group: str = "reading"

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """What was left, and its figures as pixels."""
        if seen or context.binding.entry is None:
            return ()
        wanted: Value = list(found_names(context, self.names))
        return (
            Request("reading", {"wanted": wanted}, self.group, 20),
            Request("drawn", {}, self.group + " drawn", 30),
        )

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """What was left; figures that could not be drawn have no pixels."""
        if not seen:
            return Failure("missing", type="*.py, *.ipynb", message="*.py, *.ipynb")
        told = _OUTCOME.read(seen[0])
        pixels = _PIXELS.read(seen[1])
        if isinstance(told, Failure):
            return told
        return told.model_copy(update={"pixels": [] if isinstance(pixels, Failure) else pixels})


@dataclass(frozen=True, eq=False)
class Rerun:
    """A probe: what the deliverable leaves when it is run as a program, with values of ours where `given` draws them.

    `given` maps expected names of variables, each with its aliases in the assignment, to values; `watched` are expected
    names of functions whose results are told.
    """

    names: Sequence[str] = ()
    watched: Sequence[str] = ()
    given: Callable[[np.random.Generator], Mapping[str, Value]] | None = None
    label: str = "rerun"
    seconds: float = 60

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """One run, in a copy of the files as they were handed in."""
        entry = context.binding.entry
        if seen or entry is None:
            return ()
        values = context.once(self.label, self.given) if self.given else {}
        arguments: dict[str, Value] = {
            "file": entry,
            "wanted": list(found_names(context, self.names)),
            "watched": list(found_names(context, self.watched)),
            "given": [{"names": list(context.binding.looked_for[name]), "value": one} for name, one in values.items()],
            "pixels": self.given is None,
        }
        return (Request("rerun", arguments, self.label, self.seconds, fresh=self.label),)

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """What was left."""
        told = _OUTCOME.read(seen[0]) if seen else Failure("missing", type="*.py, *.ipynb", message="*.py, *.ipynb")
        if isinstance(told, Failure):
            return told
        return told.model_copy(update={"ours": context.once(self.label, self.given) if self.given else {}})


def found_names(context: Context, names: Sequence[str]) -> list[str]:
    """The student's names for these expected ones: what is bound to them, then every alias."""
    bound = [one.definition.last for name in names if (one := context.bound(name))]
    known = [alias for name in names for alias in context.binding.looked_for.get(name, (name,))]
    return list(dict.fromkeys([*bound, *known]))


def has_program(context: Context) -> bool:
    """Whether something of the deliverable runs only as a program: behind its main guard."""
    files = [source for source in context.binding.sources if source.file == context.binding.entry]
    return any("__name__" in chunk for source in files for chunk in source.chunks if trees(source))


_OUTCOME = Reader(Outcome)
_PIXELS = Reader(list[Pixels | None])
