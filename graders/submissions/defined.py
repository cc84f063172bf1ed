"""What all files of a submission define, each read with the decorators of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graders.submissions.decorated import functions
from graders.submissions.inherited import with_calls
from graders.submissions.inside import insides
from graders.submissions.inventory import Definition, defined, definitions
from graders.submissions.source import Source


def defined_in(read: Sequence[Source]) -> Mapping[str, Sequence[Definition]]:
    """By file, in order; what a main() defines comes first, as what is defined last counts."""
    elsewhere = functions(read)
    return {source.file: with_calls([*_inside(source), *definitions(source, elsewhere)]) for source in read}


def _inside(source: Source) -> Iterator[Definition]:
    """What is defined in functions that a program calls as a whole: of variables, the networks alone."""
    for statements, code in insides([one for chunk in source.trees for one in chunk]):
        for one in (each for statement in statements for each in defined(statement, source.file)):
            if one.kind != "import" and (one.kind != "global" or one.made_by == "Sequential"):
                yield replace(one, inside=code)
