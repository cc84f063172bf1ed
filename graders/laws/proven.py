"""A structure is a claim until its pass was computed again: what is said where that refutes it, and where it cannot be done."""

from __future__ import annotations

from graders.language import say
from graders.laws.replay import proof
from graders.laws.trace import Pass
from graders.verdict import Verdict, failed


def refuted(seen: Pass) -> Verdict | None:
    """The verdict where the trace, computed again, does not give the outputs."""
    if proof(seen) != "refuted":
        return None
    flag = say("The operations that were traced do not give the outputs of the network: a person should look.")
    verdict = failed("trace-does-not-explain-outputs", say("What the network computes could not be established."))
    return verdict.model_copy(update={"flags": (flag,)})


def claimed(verdict: Verdict, *passes: Pass) -> Verdict:
    """The same verdict; where it gives points for a pass that cannot be computed again, a person is told."""
    if not verdict.credit or all(proof(one) != "unknown" for one in passes):
        return verdict
    flag = say("An operation of the network cannot be computed again, so its structure is only a claim.")
    return verdict.model_copy(update={"flags": (*verdict.flags, flag)})
