"""What a submission left when it ran: variables, printed text, figures, image files."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from graders.observe.figures import Figure, Figures, Pixels
from graders.probes.wire import Array


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
    """What running left. `variables` are those of each file, and of each function that a program called, by "file function".
    `durations` are the seconds of functions that took long; `given` the variables that had a value of
    ours, `ours` these values by expected name; `names` what may stand for each expected name;
    `parts` what else was looked at."""

    journal: list[Chunk]
    variables: dict[str, dict[str, object]]
    figures: Figures
    images: Annotated[list[Image], Field(max_length=12)]
    returned: list[Returned] = []
    durations: list[tuple[str, float]] = []
    given: list[str] = []
    pixels: list[Pixels | None] = []
    ours: dict[str, object] = {}
    names: dict[str, list[str]] = {}
    parts: dict[str, object] = {}

    @property
    def printed(self) -> str:
        """Everything that was printed."""
        return "\n".join(chunk.printed for chunk in self.journal)

    @property
    def drawn(self) -> list[tuple[Figure, Array]]:
        """The figures with their pixels, where they could be drawn."""
        return [(one, shown) for one, shown in zip(self.figures, self.pixels, strict=False) if shown is not None]

    def named(self, expected: str) -> object | None:
        """The value of what stands for an expected name; None where nothing does."""
        values = self.values()
        return next((values[name] for name in self.names.get(expected, ()) if name in values), None)

    def without(self, expected: str) -> Outcome:
        """The same, but for what a function held that stands for an expected name."""
        names = {f" {name}" for name in self.names.get(expected, ())}
        kept = {there: one for there, one in self.variables.items() if there[there.rfind(" ") :] not in names}
        return self.model_copy(update={"variables": kept})

    def values(self) -> dict[str, object]:
        """Every variable by name; those of the first file win."""
        merged: dict[str, object] = {}
        for there in self.variables.values():
            merged = {**there, **merged}
        return merged
