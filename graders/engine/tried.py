"""What is said of definitions under a name that they could bear: kept like verdicts, since asking many of them is slow."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graders.engine.kept import Kept, Stored, of_binding
from graders.submissions.binding import Binding
from graders.suite.suite import Suite
from graders.verdict import Verdict

Said = Mapping[str, Verdict]


class Tried:
    """All that was said of one submission, in verdicts without words: nobody is told them."""

    def __init__(self, stored: Stored | None = None) -> None:
        """Nothing is said yet; what is `stored` and still holds need not be said again."""
        self.stored, self.said = stored, dict[str, Said]()

    def of(self, name: str, binding: Binding, suite: Suite, judged: Callable[[Suite], Said]) -> Said:
        """What the criteria of a name say of the definition that the binding has for it."""
        key = f"{name} {of_binding(binding)}"
        if key not in self.said:
            old = self.stored.tried(key) if self.stored else Kept()
            new = judged(old.left_of(suite))
            self.said[key] = {**old.verdicts, **{id: _bare(one) for id, one in new.items()}}
        return self.said[key]


def _bare(verdict: Verdict) -> Verdict:
    return verdict.model_copy(update={"feedback": (), "flags": ()})
