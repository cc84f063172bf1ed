"""What was never reached for want of a package, or because code of ours failed, is no mistake: a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.laws.failure import DIAGNOSES, told
from graders.observe.observation import Failure
from graders.verdict import Status, Verdict

LOST = (Status.ERROR, Status.MISSING)
EXCUSES = ("absent", "ours")


def excused(verdicts: Mapping[str, Verdict], problems: Sequence[Failure]) -> Mapping[str, Verdict]:
    """The verdicts; those of what did not come about after such a stop are pending, and say why."""
    excuses = [one for one in problems if one.kind in EXCUSES]
    if not excuses:
        return verdicts
    return {id: _pending(one, excuses[0]) if _lost(one) else one for id, one in verdicts.items()}


def _lost(verdict: Verdict) -> bool:
    return verdict.status in LOST and verdict.diagnosis != "not-written"


def _pending(verdict: Verdict, excuse: Failure) -> Verdict:
    feedback = tuple(dict.fromkeys((*verdict.feedback, told(excuse))))
    return Verdict(
        status=Status.PENDING, credit=0, diagnosis=DIAGNOSES[excuse.kind], feedback=feedback, flags=verdict.flags
    )
