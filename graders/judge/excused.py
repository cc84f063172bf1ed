"""What was never reached for want of a package, or because code of ours failed, is no mistake: a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graders.laws.failure import DIAGNOSES, SOUGHT, told
from graders.observe.observation import Failure
from graders.verdict import Status, Verdict

LOST = (Status.ERROR, Status.MISSING)
EXCUSES = ("absent", "ours")
# What follows from a statement that did not run: a name, a module or a file that it would have made.
FOLLOWS = (
    "NameError",
    "UnboundLocalError",
    "ImportError",
    "ModuleNotFoundError",
    "FileNotFoundError",
)


def excused(verdicts: Mapping[str, Verdict], problems: Sequence[Failure]) -> Mapping[str, Verdict]:
    """The verdicts; those of what did not come about after such a stop are pending, and say why."""
    excuses = [one for one in problems if one.kind in EXCUSES]
    if not excuses:
        return verdicts
    excuse = next((one for one in excuses if one.kind == "ours"), excuses[0])
    return {id: _pending(one, excuse) if _lost(one, excuse) else one for id, one in verdicts.items()}


def _lost(verdict: Verdict, excuse: Failure) -> bool:
    if verdict.status not in LOST or verdict.diagnosis == "not-written":
        return False
    return excuse.kind == "ours" or _followed(verdict)


def _followed(verdict: Verdict) -> bool:
    """Whether it may have come about with a package; what no line defines, or fails by itself, would not have."""
    sought = any(one.text in SOUGHT for one in verdict.feedback)
    raised = [str(one.values["type"]) for one in verdict.feedback if "type" in one.values]
    return not sought and all(one in FOLLOWS for one in raised)


def _pending(verdict: Verdict, excuse: Failure) -> Verdict:
    feedback = (*(one for one in verdict.feedback if one != told(excuse)), told(excuse))
    return Verdict(
        status=Status.PENDING, credit=0, diagnosis=DIAGNOSES[excuse.kind], feedback=feedback, flags=verdict.flags
    )
