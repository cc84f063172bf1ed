"""3.4, 21 to 23: sleeps for ever and cannot be interrupted."""
# expect at none: timeout timeout
# expect: timeout timeout
# told: It did not come to an end within the time limit.
import signal
import time

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)


def square(x):
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
