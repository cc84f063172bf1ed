"""`python -m benchmarks.waited [ROUNDS]`: how much longer an honest submission takes because others are hostile.

Two processes of the pool, in turn on the same machine in the same seconds: one grades honest submissions alone, the other
gets every so manieth a hostile one. Whatever else the machine does slows both, so their ratio stands.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from benchmarks.hostile import CALLED, HOSTILE, SHARE, course, write
from graders.engine.grading import Outcome
from graders.engine.hand import Hand, Work
from graders.engine.record import Class
from graders.sandbox.layers import probe

MOST_TIMES = 1.1
# The first ones start the template.
FIRST = 3


@dataclass
class Turn:
    """One process of the pool, and how many it has graded."""

    folder: Path
    hand: Hand
    graded: int = 0

    def grade(self, kind: str) -> float:
        """The seconds from giving a submission to its report."""
        self.graded += 1
        name = f"s{self.graded:04d} {kind}"
        work = Work(name, write(self.folder / "class" / name, kind, self.graded), self.folder / "out" / name)
        started = time.perf_counter()
        self.hand.give(work)
        while not (answer := self.hand.answer(work)):
            wait([self.hand.pipe], 1)
        assert isinstance(answer, Outcome), f"{name}: {answer}"
        return time.perf_counter() - started


def pairs(folder: Path, rounds: int) -> Iterator[tuple[str, float, float]]:
    """After which kind, how long an honest one takes alone, and how long among hostile ones."""
    settings, level = Class(submissions="", assignment="tiny", seed=0, language="en"), probe().level
    alone, among = (Turn(folder / str(slot), Hand(settings, level, slot)) for slot in (50, 60))
    try:
        for turn in [alone, among] * FIRST:
            turn.grade("honest")
        for kind in [*HOSTILE, *CALLED] * rounds:
            among.grade(kind)
            yield from (
                (kind if not place else "honest", *_pair(alone, among, place)) for place in range(round(1 / SHARE) - 1)
            )
    finally:
        alone.hand.close()
        among.hand.close()


def _pair(alone: Turn, among: Turn, place: int) -> tuple[float, float]:
    """One of each; what a hostile one leaves to be done is met by the next among them, and then by either."""
    turns = [among, alone] if place == 0 or random.random() < 0.5 else [alone, among]
    seconds = {turn.folder: turn.grade("honest") for turn in turns}
    return seconds[alone.folder], seconds[among.folder]


def show(found: list[tuple[str, float, float]]) -> float:
    """Print both; how many times as long one takes among hostile ones."""
    rows = {"all": found, "next after a hostile one": [one for one in found if one[0] != "honest"]}
    for words, some in rows.items():
        alone, among = [one[1] for one in some], [one[2] for one in some]
        for name, middle in (("median", statistics.median), ("mean", statistics.fmean)):
            print(f"  {words:25} {1000 * middle(alone):5.0f} ms alone {1000 * middle(among):5.0f} ms among hostile ones"
                  f" ({name}), {middle(among) / middle(alone):.2f} times")  # fmt: skip
    return statistics.median(one[2] for one in found) / statistics.median(one[1] for one in found)


def main(rounds: int = 1) -> int:
    """Print figures; 1 where honest ones wait too long."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRADERS_ROOT"] = str(course(Path(folder)))
        found = list(pairs(Path(folder), rounds))
    print(f"{len(found)} honest submissions, in turn with as many where all are honest")
    return int(show(found) > MOST_TIMES)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 1))
