"""What isolation this machine gives, found by doing it in children that are thrown away.

Reading settings is not enough: some systems let a process make a user namespace and refuse what it is for. Importable
on every system; on others than Linux the answer is "none".
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graders.sandbox.isolation import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Which layers work here, and, for those that do not, why.

    `landlock` is the number of its ABI. `readable` matters without namespaces only: whether the interpreter can be
    read by the user that the student's code runs as.
    """

    namespaces: bool = False
    proc: bool = False
    landlock: int = 0
    seccomp: bool = False
    readable: bool = False
    cgroup: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """How far a submission can be isolated here."""
        if self.namespaces and self.seccomp:
            return "full"
        # From this ABI on Landlock keeps signals inside, and can stand alone.
        return "partial" if self.landlock >= 6 and self.seccomp and self.readable else "none"


def probe() -> Layers:
    """Try every layer, each in a child."""
    if sys.platform != "linux":
        return Layers(reasons=(f"isolation needs Linux, and this is {sys.platform}",))
    from graders.sandbox import attempts

    tried = attempts.all_layers()
    return Layers(
        namespaces=tried["namespaces"].works,
        proc=tried["namespaces"].said == attempts.PROC,
        landlock=int(tried["landlock"].said) if tried["landlock"].works else 0,
        seccomp=tried["seccomp"].works,
        readable="readable" not in tried or tried["readable"].works,
        cgroup=tried["cgroup"].works,
        reasons=tuple(f"{layer}: {outcome.said}" for layer, outcome in tried.items() if not outcome.works),
    )
