"""Who handed in, the files, their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graders.language import Message


@dataclass(frozen=True, eq=False)
class Submission:
    """`files` maps a path with forward slashes to its bytes; `notes` say what was left out and why; `said` is the teacher's
    word on what stands for an expected name."""

    name: str
    files: Mapping[str, bytes]
    notes: tuple[Message, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The same for the same files, whoever hands them in."""
        total = hashlib.sha256()
        for path in sorted(self.files):
            total.update(f"{path}\0{hashlib.sha256(self.files[path]).hexdigest()}\n".encode())
        return f"sha256:{total.hexdigest()}"
