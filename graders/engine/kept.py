"""Verdicts that need not be given again: what decides them is as it was, and so is what they were given on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import cast

from graders.engine.evidence import Evidence
from graders.engine.record import Record, is_whole, read_pictures
from graders.probes.wire import Value, encode
from graders.submissions.binding import Binding
from graders.suite.suite import Suite
from graders.verdict import Verdict


@dataclass(frozen=True)
class Kept:
    """Verdicts and drawn pictures by criterion."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    pictures: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()

    def left_of(self, suite: Suite) -> Suite:
        """What is to be judged and drawn."""
        criteria = {id: one for id, one in suite.criteria.items() if id not in self.ids}
        return replace(suite, criteria=criteria, paintings=[one for one in suite.paintings if one.id not in self.ids])


@dataclass(frozen=True)
class Stored:
    """What is there of a submission: the folder of its report, what was seen, and the record if it is of the same.

    `decided_by`: what decides each verdict now.
    """

    out: Path
    evidence: Evidence
    before: Record | None
    decided_by: Mapping[str, str]

    def kept(self, bound: str) -> Kept:
        """What stays for this binding."""
        if self.before is None or self.before.bound != bound:
            return Kept()
        pictures = {id: drawn for id, drawn in read_pictures(self.out).items() if id in self._unchanged}
        return Kept(self._of(self.before.verdicts), pictures, self._unchanged)

    def tried(self, key: str) -> Kept:
        """What stays of what was said of a definition, under a name that it could have borne."""
        if self.before is None or key not in self.before.tried:
            return Kept()
        return Kept(self._of(self.before.tried[key]), ids=self._unchanged)

    @cached_property
    def _unchanged(self) -> frozenset[str]:
        before = self.before.decided_by if self.before else {}
        return frozenset(id for id, digest in self.decided_by.items() if before.get(id) == digest)

    def _of(self, verdicts: Mapping[str, Verdict]) -> Mapping[str, Verdict]:
        return {id: one for id, one in verdicts.items() if id in self._unchanged}


def stored(
    out: Path, record: Record | None, observed_from: str, language: str, decided_by: Mapping[str, str]
) -> Stored:
    """The record stays only where the same was seen, and told in the same language, and its files are all there."""
    same = record and (record.observed_from, record.language) == (observed_from, language) and is_whole(out, record)
    return Stored(out, Evidence(out / "evidence.zip", observed_from), record if same else None, decided_by)


def of_binding(binding: Binding) -> str:
    """A digest of what stands for each name and how it is called, and of the files that are read."""
    subjects = {name: cast("Value", bound.subject) if bound else None for name, bound in binding.names.items()}
    files = [binding.entry, *(source.file for source in binding.sources)]
    return hashlib.sha256(encode({"names": subjects, "files": files})).hexdigest()
