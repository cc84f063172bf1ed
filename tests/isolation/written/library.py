"""3.3, 46: machine code in a file of its own. Nothing but namespaces refuses it; the other walls stand around it all the same."""
# expect at full: pass
# expect at partial: pass
import math

from attempts import WHERE, got
from isolated_attacks import load_library

if WHERE["level"] == "full":
    got(loaded=load_library(math.__file__) == "done")


def square(x):
    return x * x
