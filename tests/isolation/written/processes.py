"""3.2, 18 and 19; 3.3, 20: signals, handles, memory, limits of processes outside, and of the one that started us."""
# expect: pass
import os

from attempts import WHERE, got
from isolated_attacks import reach_processes, signal_everybody

OURS = (os.getpid(), 0, 1)


def attack():
    pids = [pid for pid in WHERE["pids"] if pid not in OURS]
    reached = reach_processes(pids)
    # In a namespace of its own, a number that is somebody's outside is nobody's, or ours.
    got(reached={way: whats for way, whats in reached.items() if "done" in whats[: len(pids)]})


attack()
signal_everybody()


def square(x):
    attack()
    return x * x
