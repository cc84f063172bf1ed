"""What was seen may have a form that no probe gives: whoever owns a process owns what it says.

Then it is read or judged with an exception, as it is by a bug of ours, and nobody can tell which of both it was. It costs
what was asked with it and nothing else, gives no point, and a person is told where it happened.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from graders.observe.observation import Failure

T = TypeVar("T")


def guarded(step: Callable[[], T]) -> T | Failure:
    """What a step gives, or that it failed. What a disk refuses is no matter of what was seen."""
    try:
        return step()
    except OSError:
        raise
    except Exception as problem:  # noqa: BLE001  # told, to the student as no mistake and to a person as ours or forged
        last = traceback.extract_tb(problem.__traceback__)[-1]
        return Failure("ours", type(problem).__name__, f"{Path(last.filename).name}, {last.lineno}")
