"""What a plan is made from: the binding of one submission, and a seed for the hidden inputs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast
from zlib import crc32

import numpy as np

from graders.observe.observation import NOT_WRITTEN, Failure
from graders.submissions.binding import Binding
from graders.submissions.bound import Bound
from graders.submissions.likeness import folded

T = TypeVar("T")
# How many other names a student is told: the assignment has the usual ones first, and docs/names.md says where all of them are.
TOLD = 2


@dataclass(frozen=True)
class Context:
    """Everything that requests depend on."""

    binding: Binding
    seed: int
    drawn: dict[str, object] = field(default_factory=dict)
    _known: dict[Hashable, object] = field(default_factory=dict)

    def of(self, binding: Binding) -> Context:
        """The same hidden inputs, for another binding."""
        return Context(binding, self.seed, self.drawn)

    def once(self, label: str, make: Callable[[np.random.Generator], T]) -> T:
        """What `make` draws from the generator of this label: the same object each time, drawn once for a class."""
        if label not in self.drawn:
            self.drawn[label] = make(self.rng(label))
        return cast("T", self.drawn[label])

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, found once for each key. An identity in it is of something that lives as long as this."""
        if key not in self._known:
            self._known[key] = make()
        return cast("T", self._known[key])

    def rng(self, label: str) -> np.random.Generator:
        """The generator of one probe: adding another probe moves none of its inputs."""
        return np.random.default_rng([self.seed, crc32(label.encode())])

    def bound(self, name: str) -> Bound | None:
        """The student's definition of an expected name; none that is not written yet."""
        found = self.binding.names.get(name)
        return None if found is None or found.definition.unwritten or name in self.binding.refused else found

    def missing(self, *names: str) -> Failure | None:
        """The failure of a probe that needs a name nobody defined, or wrote."""
        absent = [name for name in names if self.bound(name) is None]
        if not absent:
            return None
        if cut := self.binding.refused.get(absent[0]):
            return Failure("missing", type=absent[0], message=cut.why, file=cut.place, line=cut.line)
        if found := self.binding.names.get(absent[0]):
            one = found.definition
            file = f"{one.file}[{one.cell}]" if one.cell else one.file
            return Failure("raised", NOT_WRITTEN, file=file, line=one.unwritten)
        return Failure("missing", type=absent[0], message=", ".join(usual(self.binding.looked_for[absent[0]])))


def usual(names: Sequence[str]) -> list[str]:
    """Of an expected name and the others that are taken for it, the first others that differ by more than their spelling."""
    spelt = {folded(one): one for one in reversed(names)}
    return [one for one in names[1:] if spelt[folded(one)] == one][:TOLD]
