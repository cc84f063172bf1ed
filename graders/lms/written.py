"""What an export wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.language import Message


@dataclass(frozen=True)
class Written:
    """The files, how many marks are in them, and what a teacher should know and do."""

    files: Sequence[Path]
    count: int
    notes: Sequence[Message]
    steps: Sequence[Message]
