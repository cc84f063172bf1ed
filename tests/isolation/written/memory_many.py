"""3.4, 27: memory in many processes. Only a group of the kernel adds it up; where there is none, their number is limited."""
# expect: pass | error memory | timeout timeout
import os
import time


def square(x):
    children = []
    for _ in range(4):
        try:
            children.append(os.fork())
        except OSError:
            break
        if not children[-1]:
            taken = bytearray(120 * 2**20)
            taken[::4096] = b"x" * len(taken[::4096])
            time.sleep(0.3)
            os._exit(0)
    for child in children:
        os.waitpid(child, 0)
    return x * x
