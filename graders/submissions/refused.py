"""What stands in a cell, or in a part of a script, that Python refuses: it is not there, and yet somebody wrote it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graders.assignment import Name
from graders.submissions.bound import Bound
from graders.submissions.likeness import folded
from graders.submissions.source import Source

DEFINES = re.compile(r"(?m)^\s*(?:(?:async\s+)?def|class)\s+(\w+)|^(\w+)\s*=(?!=)")


@dataclass(frozen=True)
class Refused:
    """Where Python stops reading, and what it says; of a notebook with the number of the cell."""

    source: str
    cell: int
    line: int
    why: str

    @property
    def place(self) -> str:
        """The file, with the cell."""
        return f"{self.source}[{self.cell}]" if self.cell else self.source


def refused(
    read: Sequence[Source], names: Mapping[str, Bound | None], specs: Mapping[str, Name]
) -> Mapping[str, Refused]:
    """Of the names that nothing that can be read stands for, those that stand in what cannot be."""
    there = {name: one for source in read for name, one in _defined(source)}
    modules = {one.module for one in read}
    found = {
        name: next((there[word] for word in map(folded, (name, *specs[name].aliases)) if word in there), None)
        for name, bound in names.items()
        if bound is None or (bound.definition.kind == "import" and modules.intersection(bound.definition.bases))
    }
    return {name: one for name, one in found.items() if one}


def _defined(source: Source) -> Iterator[tuple[str, Refused]]:
    """The names that each chunk that Python refuses would define."""
    for cell, (chunk, tree) in enumerate(zip(source.chunks, source.trees, strict=True), start=1):
        problem = None if tree else _problem(chunk)
        if problem:
            place = Refused(source.file, cell if source.cells else 0, problem.lineno or 1, problem.msg)
            yield from ((folded(one[1] or one[2]), place) for one in DEFINES.finditer(chunk))


def _problem(chunk: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(chunk)
    except SyntaxError as problem:
        return problem
    except (ValueError, RecursionError, MemoryError):
        return None
    return None
