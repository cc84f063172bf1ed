"""Verdicts that need not be given again: what decides them is as it was, and so is what they were given on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    """What is there of a submission: the folder of its report, what was seen, and the record if it is of the same."""

    out: Path
    evidence: Evidence
    before: Record | None

    def kept(self, bound: str, decided_by: Mapping[str, str]) -> Kept:
        """What stays for this binding, of what decides each verdict now."""
        if self.before is None or self.before.bound != bound:
            return Kept()
        ids = frozenset(id for id, digest in decided_by.items() if self.before.decided_by.get(id) == digest)
        pictures = {id: drawn for id, drawn in read_pictures(self.out).items() if id in ids}
        return Kept({id: one for id, one in self.before.verdicts.items() if id in ids}, pictures, ids)


def stored(out: Path, record: Record | None, observed_from: str, language: str) -> Stored:
    """The record stays only where the same was seen, and told in the same language, and its files are all there."""
    same = record and (record.observed_from, record.language) == (observed_from, language) and is_whole(out, record)
    return Stored(out, Evidence(out / "evidence.zip", observed_from), record if same else None)


def of_binding(binding: Binding) -> str:
    """A digest of what stands for each name and how it is called, and of the files that are read."""
    subjects = {name: cast("Value", bound.subject) if bound else None for name, bound in binding.names.items()}
    files = [binding.entry, *(source.file for source in binding.sources)]
    return hashlib.sha256(encode({"names": subjects, "files": files})).hexdigest()
