"""The program's own data, and what it learned from it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graders.observe.observation import Failure
from graders.observe.outcome import Outcome

from .judging import Replay
from .lessons import Lesson

MOST_OWN = 5_000
KINDS: Sequence[list[float]] = ([-1.0, 1.0], [0.0, 1.0])


def own_lesson(program: Outcome) -> tuple[Lesson, float] | None:
    """The points and the labels that the variables hold, and the lower label."""
    x, y = _points(program.named("X")), program.named("y")
    if x is None or not isinstance(y, np.ndarray) or len(x) != y.size or len(x) > MOST_OWN:
        return None
    kinds = sorted({float(one) for one in np.unique(y.astype(float))})
    if kinds not in KINDS:
        return None
    return Lesson(x, np.where(y.reshape(-1).astype(float) > 0, 1.0, -1.0), 1.0, 1), kinds[0]


def _points(x: object) -> np.ndarray | None:
    """Points in rows, of columns as well, without a column of ones."""
    if not isinstance(x, np.ndarray) or x.ndim != 2 or x.dtype.kind not in "biuf":
        return None
    x = x.T if x.shape[0] in (2, 3) and x.shape[1] > 3 else x
    ones = [place for place in (0, -1) if x.shape[1] == 3 and np.all(x[:, place] == 1)]
    x = np.delete(x, ones[0], axis=1) if ones else x
    return x.astype(float) if x.shape[1] == 2 else None


def own_replay(program: Outcome | Failure) -> tuple[Replay, ...]:
    """The program as it is, where a rule explains what it learned from its own data."""
    own = None if isinstance(program, Failure) else own_lesson(program)
    if own is None or isinstance(program, Failure):
        return ()
    replay = Replay(*own, program)
    return (replay,) if replay.explained() else ()
