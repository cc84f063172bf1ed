"""3.4, 58: a stack without a bottom, in Python and below it."""
# expect: error crashed | error raised | timeout timeout
import sys


def square(x):
    sys.setrecursionlimit(10**8)
    nested = []
    for _ in range(10**6):
        nested = [nested]
    return repr(nested) and square(x)
