"""One submission at a time, where all that a user runs shares one limit on processes.

Without a user namespace and without root's rights, the kernel counts the processes of a submission with those of every
other one of the same user: one that forks without end would take from its neighbours, in this grading or another. A
control group counts for itself. The claim is a name in the kernel, which goes with the process that holds it.
"""

from __future__ import annotations

import os
import socket
import time

from graders.sandbox import identity
from graders.sandbox.cgroup import Group

PAUSE = 0.01


def shared(level: str) -> bool:
    """Whether submissions of this level are counted together, unless a control group counts them."""
    return level == "partial" and not identity.choose(0, namespaces=False).privileged


def taken(level: str, group: Group) -> socket.socket | None:
    """The turn of a submission, to be closed when nothing of it is left; None where it needs none."""
    if group.folders or not shared(level):
        return None
    turn = socket.socket(socket.AF_UNIX)
    while True:
        try:
            turn.bind(f"\0graders turn {os.geteuid()}")
        except OSError:
            time.sleep(PAUSE)
        else:
            return turn
