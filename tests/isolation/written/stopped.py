"""3.4, 21: stops itself."""
# expect: timeout timeout
import os
import signal


def square(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x * x
