"""Classes that are made from one another."""

from __future__ import annotations

from collections.abc import Sequence

from graders.submissions.inventory import Definition

# What else a class may be made from.
KIN = {"Module": ("Sequential", "LightningModule")}


def outermost(defined: Sequence[Definition], base: str) -> list[Definition]:
    """The classes on this base, of the library's or of the student's own, that no other of them uses or is made from."""
    bases = {base, *KIN.get(base, ())} if base else set[str]()
    while more := {one.name for one in defined if one.kind == "class" and {*one.bases} & bases} - bases:
        bases |= more
    kin = [one for one in defined if one.kind == "class" and one.name in bases]
    inner = {name for one in kin for name in (*one.calls, *one.bases) if name != one.name}
    return [one for one in kin if one.name not in inner]
