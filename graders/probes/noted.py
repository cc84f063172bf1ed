"""What a submission needed of its surroundings and did not find as it was: told in the report."""

from __future__ import annotations

from typing import Literal

# missing: a package of which nothing came; stand-in: a package of ours in its place; version: what a library has dropped;
# data: files that were asked for elsewhere; asked: places where a person was to type something;
# epochs: numbers of epochs that were made small, for the reading alone; card: a graphics card; replaced: what we look with, and
# a program put its own in the place of.
Kind = Literal["missing", "stand-in", "version", "data", "asked", "epochs", "card", "replaced"]
MOST = 100

_notes: dict[tuple[Kind, str], None] = {}


def note(kind: Kind, name: str) -> None:
    """Keep this, once."""
    if len(_notes) < MOST:
        _notes[kind, name[:200]] = None


def notes() -> list[list[str]]:
    """[[kind, name], …], in the order in which they were met."""
    return [list(one) for one in _notes]
