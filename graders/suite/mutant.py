"""A wrong way to do it, as a small edit of the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graders.submissions.notebook import changed, code


class MutantDoesNotApplyError(Exception):
    """An edit's old text is not in the reference exactly once: our mistake, not a student's."""


@dataclass(frozen=True)
class Mutant:
    """`costs` maps each criterion that must be lost to the diagnosis that must be given, or to several: "one|other"; `of` is the
    right way that is edited, the reference where it is empty."""

    name: str
    costs: dict[str, str]
    edits: tuple[tuple[str, str], ...]
    of: str = ""

    def applied_to(self, reference: Mapping[str, str]) -> dict[str, str]:
        """The wrong submission's files. An edit stands in one file, of a notebook in one cell."""
        files = dict(reference)
        for old, new in self.edits:
            counts = {name: sum(part.count(old) for part in code(name, text)) for name, text in files.items()}
            if sum(counts.values()) != 1:
                raise MutantDoesNotApplyError(f"{self.name}: {sum(counts.values())} places hold {old!r}, not one")
            (name,) = (one for one, count in counts.items() if count)
            files[name] = changed(name, files[name], lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
        return files
