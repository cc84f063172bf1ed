"""What a teacher said of an export."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wishes:
    """Also what a person still has to read; also over other marks; and, where marks have a workflow, for students to see."""

    provisional: bool = False
    replace: bool = False
    release: bool = False
