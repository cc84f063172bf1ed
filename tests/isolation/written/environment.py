"""3.2, 38: environments and arguments of every process, and what the kernel says of this one."""
# expect at none: error raised
# expect: pass
import os
from pathlib import Path

from attempts import WHERE, got, holds, names


def attack():
    found = [name for name, value in os.environb.items() if holds(name + value)]
    for pid in {*map(str, (*range(1, 100), *WHERE["pids"])), *names("/proc"), "self", "thread-self"}:
        for name in ("environ", "cmdline", "status", "mountinfo", "maps", "limits", "cgroup", "auxv"):
            try:
                if holds(Path(f"/proc/{pid}/{name}").read_bytes()):
                    found.append(f"{pid}/{name}")
            except OSError:
                pass
    got(found=found)


attack()


def square(x):
    attack()
    return x * x
