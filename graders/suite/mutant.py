"""A wrong way to do it, as a small edit of the reference."""

from __future__ import annotations

from dataclasses import dataclass


class MutantDoesNotApplyError(Exception):
    """An edit's old text is not in the reference exactly once: our mistake, not a student's."""


@dataclass(frozen=True)
class Mutant:
    """`costs` maps each criterion that must be lost to the diagnosis that must be given, or to several: "one|other"."""

    name: str
    costs: dict[str, str]
    edits: tuple[tuple[str, str], ...]

    def applied_to(self, reference: str) -> str:
        """The wrong submission's text."""
        for old, new in self.edits:
            if reference.count(old) != 1:
                raise MutantDoesNotApplyError(f"{self.name}: {reference.count(old)} places hold {old!r}, not one")
            reference = reference.replace(old, new)
        return reference
