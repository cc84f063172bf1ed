"""What all files of a submission define, each read with the decorators of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.submissions.decorated import functions
from graders.submissions.inherited import with_calls
from graders.submissions.inventory import Definition, definitions
from graders.submissions.source import Source


def defined_in(read: Sequence[Source]) -> Mapping[str, Sequence[Definition]]:
    """By file, in order."""
    elsewhere = functions(read)
    return {source.file: with_calls(list(definitions(source, elsewhere))) for source in read}
