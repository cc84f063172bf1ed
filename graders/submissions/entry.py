"""The file that is run as the whole: the deliverable by its name, else the one that defines most of what is expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from graders.assignment import Assignment
from graders.submissions.inventory import Definition
from graders.submissions.likeness import folded
from graders.submissions.source import Source


def entry(read: Sequence[Source], defined: Mapping[str, Sequence[Definition]], assignment: Assignment) -> str | None:
    """Its path; a notebook comes before its export. None where nothing was handed in."""
    wanted = {folded(name) for name, spec in assignment.names.items() for name in (name, *spec.aliases)}

    def rank(source: Source) -> tuple[int, int, int, str]:
        name = PurePosixPath(source.file).name.lower()
        listed = (
            assignment.deliverables.index(name) if name in assignment.deliverables else len(assignment.deliverables)
        )
        expected = sum(folded(one.name) in wanted for one in defined[source.file])
        return (listed, -expected, source.file.count("/"), source.file)

    return min(read, key=rank).file if read else None
