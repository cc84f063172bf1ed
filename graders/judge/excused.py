"""What was never reached because the program stopped for want of a package is no mistake: a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.laws.failure import wanting
from graders.observe.observation import Failure
from graders.verdict import Status, Verdict

LOST = (Status.ERROR, Status.MISSING)


def excused(verdicts: Mapping[str, Verdict], problems: Sequence[Failure]) -> Mapping[str, Verdict]:
    """The verdicts; those of what did not come about after such a stop are pending, and say why."""
    packages = [one.type for one in problems if one.kind == "absent"]
    if not packages:
        return verdicts
    return {id: _pending(one, packages[0]) if _lost(one) else one for id, one in verdicts.items()}


def _lost(verdict: Verdict) -> bool:
    return verdict.status in LOST and verdict.diagnosis != "not-written"


def _pending(verdict: Verdict, package: str) -> Verdict:
    feedback = (*verdict.feedback, wanting(package))
    return Verdict(status=Status.PENDING, credit=0, diagnosis="environment", feedback=feedback, flags=verdict.flags)
