"""How far submissions are isolated here, and the refusal to run untrusted work without it."""

from __future__ import annotations

from graders.commands.usage import UsageError
from graders.language import say
from graders.sandbox.layers import probe


def level(*, no_isolation: bool) -> str:
    """The level this machine gives; UsageError where it gives none and nobody said to go on without."""
    if no_isolation:
        return "none"
    layers = probe()
    if layers.level == "none":
        reasons = "".join(f"\n  {reason}" for reason in layers.reasons)
        raise UsageError(
            say(
                "This machine cannot isolate submissions, so untrusted work is not run on it:{reasons}\n"
                "Grade on Linux with user namespaces, or say --no-isolation if you trust every submission. "
                "`grade.py doctor` tells more.",
                reasons=reasons,
            )
        )
    return layers.level
