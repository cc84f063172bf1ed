"""3.4, 24: as many processes as there can be, and each of them stays."""
# expect: timeout timeout | error raised | error crashed
import os


def square(x):
    while True:
        try:
            os.fork()
        except OSError:
            pass
