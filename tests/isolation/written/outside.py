"""3.3, 40 and 70: every way to change a file, a folder, a library and the interpreter outside."""
# expect: pass
import json
import os

from attempts import WHERE, got
from isolated_attacks import touch_outside


def attack():
    targets = [*WHERE["files"], json.__file__, os.__file__]
    tried = {path: touch_outside(path, os.path.dirname(path)) for path in targets}
    # Some of it is pretended, or lands in our own folder under that name: whoever looks from outside sees that it was not done.
    harmless = {"mode", "times", "write", "make", "make folder"}
    got(changed={path: [way for way, what in ways.items() if what == "done" and way not in harmless] for path, ways in tried.items()
                 if any(what == "done" and way not in harmless for way, what in ways.items())})


attack()


def square(x):
    attack()
    return x * x
