"""A class on several processes. Which one holds which submission is known, so whoever dies costs that one alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from graders.engine.hand import DIED, Hand, NoPlace, Trouble, Work, told
from graders.engine.record import Class

if TYPE_CHECKING:
    from graders.engine.grading import Outcome

__all__ = ["Trouble", "Work", "outcomes"]

POLL_SECONDS = 5


def outcomes(settings: Class, level: str, works: Sequence[Work], jobs: int) -> Iterator[tuple[Work, Outcome | Trouble]]:
    """Grade all of it, each as it ends; one over which a process died is tried again. OSError: reports have no place."""
    hands = [Hand(settings, level, slot) for slot in range(max(1, min(jobs, len(works))))]
    try:
        yield from _spread(hands, deque(works))
    finally:
        for hand in hands:
            hand.close()


def _spread(hands: Sequence[Hand], left: deque[Work]) -> Iterator[tuple[Work, Outcome | Trouble]]:
    again: set[Work] = set()
    while left or any(hand.work for hand in hands):
        for hand in hands:
            if left and not hand.work:
                hand.give(left.popleft())
        for work, answer in _answers(hands):
            if isinstance(answer, NoPlace):
                raise told(answer.number, work.out)
            if isinstance(answer, Trouble) and answer.reason == DIED and work not in again:
                again.add(work)
                left.append(work)
            else:
                yield work, answer


def _answers(hands: Sequence[Hand]) -> list[tuple[Work, Outcome | Trouble | NoPlace]]:
    """What became of submissions, after waiting a while for one."""
    held = [(hand, hand.work) for hand in hands if hand.work]
    wait([hand.pipe for hand, _ in held], POLL_SECONDS)
    return [(work, answer) for hand, work in held if (answer := hand.answer(work))]
