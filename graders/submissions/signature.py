"""What the parameters of a student's function mean: by their names, else by their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.submissions.inventory import Parameter
from graders.submissions.likeness import folded

Order = tuple[tuple[str, str], ...]


def meanings(expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """For each folded name, what it means.

    One word may mean several things in an assignment: what this function is expected to take wins, then the first.
    """
    ordered = sorted(aliases.items(), key=lambda item: item[0] in expected)
    return {folded(alias): name for name, known in ordered for alias in (*known, name)} | {
        folded(name): name for name in expected
    }


def arranged(taken: Sequence[Parameter], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> Order:
    """(the student's parameter, the expected one it means): by name, else by position where no name is known.

    A parameter with a default whose name is not known is left to its default.
    """
    known = meanings(expected, aliases)
    named = [(one, known.get(folded(one.name))) for one in taken]
    if all(meaning for one, meaning in named if one.required) and any(meaning for _, meaning in named):
        return tuple((one.name, meaning) for one, meaning in named if meaning)
    required = [one for one in taken if one.required]
    by_place = taken if len(required) <= len(expected) else required
    return tuple(("", meaning) for one, meaning in zip(by_place, expected, strict=False) if not one.keyword_only)


def unknown(taken: Sequence[Parameter], expected: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> list[str]:
    """The required parameters that mean nothing that is known."""
    known = meanings(expected, aliases)
    return [one.name for one in taken if one.required and folded(one.name) not in known]
