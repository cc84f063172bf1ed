"""What was read of a submission, and a bound name in it. Needs no torch, since the judge speaks of them too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True)
class Work:
    """What was read of the submission: where its files lie, in which folder of theirs it runs, what each file defined."""

    root: str
    folder: str
    namespaces: Mapping[str, Mapping[str, object]]


class Subject(TypedDict):
    """A bound name: its file, its path inside the module, the expected parameter that goes with each of its own."""

    file: str
    name: str
    order: list[tuple[str, str]]
