"""3.1, 47: stops every clock that a program can see."""
# expect: timeout timeout
# told: It did not come to an end within the time limit.
import signal
import time

for name in ("time", "monotonic", "perf_counter", "process_time"):
    setattr(time, name, lambda: 0.0)
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)


def square(x):
    while True:
        pass
