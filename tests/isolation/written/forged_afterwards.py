"""3.1, 07 to 09: at the end, at the end of its objects, in hooks, in threads, in a process that outlives it."""
# expect: fail doubled
# told: It doubles.
import atexit
import os
import sys
import threading
import time
import weakref

FRAME = b"\x00\x00\x00\x02" + bytes(8) + b"{}"


def again(*_):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, FRAME)
        except OSError:
            pass


class Last:
    __del__ = again


atexit.register(again)
sys.excepthook = sys.unraisablehook = again
LAST, KEPT = Last(), []


def later():
    time.sleep(0.3)
    again()


def square(x):
    KEPT.append(weakref.finalize(LAST, again))
    threading.Thread(target=later, daemon=True).start()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(0.5)
            again()
        os._exit(0)
    return 2 * x
