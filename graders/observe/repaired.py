"""Ask what programs that ended in an exception leave with ours in place of what may be its cause: an error is paid once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graders.observe.context import Context
from graders.observe.observation import Failure, Observation
from graders.observe.outcome import Outcome
from graders.observe.ran import Ran, Rerun, joined, outcomes, rerun, standing_in
from graders.observe.request import Request

MOST_AGAIN = 3


@dataclass(frozen=True, eq=False)
class Repaired:
    """A probe: the programs once more, where one of them ended in an exception, with ours for what may be its cause."""

    ran: Ran | Rerun
    how: Rerun

    def ask(self, context: Context, seen: Sequence[Observation]) -> Sequence[Request]:
        """What the programs left; then those that failed, again."""
        first = self.ran.ask(context, ())
        if len(seen) < len(first):
            return first[len(seen) :]
        return self._again(context, seen) if len(seen) == len(first) and standing_in(context, self.how) else ()

    def _again(self, context: Context, seen: Sequence[Observation]) -> list[Request]:
        left = self.ran.read(context, seen)
        journal = [] if isinstance(left, Failure) else left.journal
        failed = dict.fromkeys(one.file for one in journal if one.raised and one.raised.get("kind") != "timeout")
        return [rerun(context, file, self.how) for file in [*failed][:MOST_AGAIN]]

    def read(self, context: Context, seen: Sequence[Observation]) -> Outcome | Failure:
        """What they left then; missing where nothing failed."""
        again = outcomes(seen[len(self.ran.ask(context, ())) :])
        return joined(again[0], again[1:]) if again else Failure("missing")
