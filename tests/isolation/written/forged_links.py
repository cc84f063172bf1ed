"""3.2, 39: leaves links, pipes and sockets where a grader would read its results, and follow them."""
# expect: fail doubled
import os
import socket
from contextlib import suppress

from attempts import WHERE

for number, target in enumerate((*WHERE["paths"], "/etc/shadow", "/proc/self/mem", "/dev/zero")):
    for name in ("results.json", "report.json", "out.npy", "stdout"):
        with suppress(OSError):
            os.symlink(target, f"{number}-{name}")
            os.symlink(target, name)
        with suppress(OSError):
            os.link(target, f"{number}-hard-{name}")
os.mkfifo("results.fifo")
os.rename("tiny.py", "moved.py")
os.symlink("/dev/zero", "tiny.py")
with suppress(OSError):
    socket.socket(socket.AF_UNIX).bind("results.socket")


def square(x):
    return 2 * x
