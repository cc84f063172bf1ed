"""How much memory a process of the judge may map: what a submission claims is computed again, whatever it claims.

A soft limit, which a child inherits and may lift again; where a system has none, there is none.
"""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform != "win32":
    import resource


def limit(most: int | None = None) -> None:
    """Let this process map so many bytes; as many as there are where nothing is said."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (hard if most is None else most, hard))
